package handlers

import "html/template"

// HomePage is the front page.
type HomePage struct {
	Page
	Total      string // "150 de anunțuri"
	Examples   []Link // searches to try
	Categories []CategoryTile
	Counties   []CountyShape // the map
	Newest     CardList
}

// CountyShape is a county on the map.
type CountyShape struct {
	Code  string
	Name  string
	Href  string
	Path  string // SVG path data
	Shade int    // 0–4 by number of listings (class map__county--N)
	Count string // "12 anunțuri"
}

// CategoriesPage is the tree of categories.
type CategoriesPage struct {
	Page
	Categories []CategoryTile
}

// ResultsPage lists what a search or a category found.
type ResultsPage struct {
	Page
	Breadcrumbs []Link
	Heading     string   // "Biciclete în Cluj"
	Count       string   // "peste 1.000 de anunțuri"
	Notices     []string // what of the address could not be understood
	Chips       []Chip
	Sorts       []Option
	ResultsPath string // path the filter form goes to
	Filters     FilterForm
	Subs        []CategoryTile // subcategories to go deeper into
	List        CardList
	Empty       bool
	EmptyLinks  []Link // wider searches to try when nothing was found
}

// Chip is an active filter and the address without it.
type Chip struct {
	Label     string
	RemoveURL string
}

// FilterForm is the form beside the results, a plain GET.
type FilterForm struct {
	Query      string
	Categories []OptionGroup
	Counties   []Option
	Locality   string
	Radii      []Option
	PriceMin   string
	PriceMax   string
	Currencies []Option
	Conditions []Option
	Sort       string
	Attributes []AttributeFilter
	ApplyLabel string // "Arată 212 anunțuri"
	ResetURL   string
}

// AttributeFilter is the filter for one attribute of the category.
type AttributeFilter struct {
	Name    string // form name, "atribut_marca"
	Label   string
	Unit    string // "km"
	Kind    string // number, select, bool, text
	Min     string // number
	Max     string
	Value   string // text; bool is "da" when on
	Options []Option
}

// ListingPage is one listing.
type ListingPage struct {
	Page
	ID          int64
	Breadcrumbs []Link
	Heading     string
	Price       string
	OldPrice    string
	Drop        string
	Converted   string // "≈ 58.500 lei", "" when the price is in lei
	Negotiable  bool
	State       string // "", reserved, sold, expired
	StateText   string // sentence for that state
	Photos      []PhotoView
	Attributes  []Row
	Description string // plain text with line breaks
	Place       string
	PlaceURL    string
	Published   string
	PublishedAt string // RFC 3339
	Seller      SellerView
	Favorite    FavoriteButton
	Similar     template.HTML // cards
	Owner       *OwnerPanel   // nil unless the viewer owns it
	Icon        string        // of the category, where there is no photo
}

// Row is a label with its value.
type Row struct{ Label, Value string }

// SellerView is the seller's card.
type SellerView struct {
	Name     string
	Initial  string
	Href     string
	Since    string // "pe Piața din noiembrie 2026"
	Listings string // "12 anunțuri"
	Place    string
	About    string
}

// OwnerPanel is what the owner may do with a listing; an empty URL hides the action.
type OwnerPanel struct {
	Status     string // "Activ", "Rezervat", "Vândut", "Expirat"
	Until      string // "până pe 23 dec."
	EditURL    string
	SoldURL    string
	ReserveURL string
	Reserved   bool // then the reserve action lifts the reservation
	RenewURL   string
	DeleteURL  string
	Missing    []string // required details not yet given, by label
}

// ListingFormPage posts or edits a listing.
type ListingFormPage struct {
	Page
	Heading     string
	Action      string // POST target
	SubmitLabel string // "Publică anunțul", "Salvează"
	SubmitKey   string // makes a double submit harmless; hidden field "cheie"
	Version     string // of the edited listing; hidden field "versiune"; "" when new
	Summary     string // sentence over the form when something is wrong
	Errors      []FieldError
	Error       map[string]string // by field name: categorie, titlu, descriere, pret, moneda, judet, localitate, stare, fotografii, atribut_<key>
	Values      map[string]string // as typed: titlu, descriere, pret, localitate
	Negotiable  bool              // checkbox "negociabil"
	Categories  []OptionGroup
	Counties    []Option
	Currencies  []Option
	Details     DetailsForm
	Photos      []FormPhoto
	PhotoNotes  []string // what was done with the photos, or wrong with one
	MaxPhotos   int
	DraftNote   string // "Ciorna ta, salvată la 14:20."
}

// DetailsForm is the part of the form that depends on the category; the fragment when the category changes.
type DetailsForm struct {
	ShowCondition bool // false when the category has its own attribute "stare"
	Conditions    []Option
	ConditionErr  string
	Fields        []AttributeField
}

// AttributeField is one attribute in the form.
type AttributeField struct {
	Name     string // "atribut_marca"
	Label    string
	Unit     string
	Kind     string // number, select, bool, text
	Value    string // as typed; "da" for a ticked bool
	Options  []Option
	Required bool
	Error    string
}

// FieldError is one line of the error summary, linking to its field.
type FieldError struct {
	Field   string // id of the field's element
	Message string
}

// FormPhoto is a photo already stored for this form.
type FormPhoto struct {
	ID    string
	Src   string // 400 wide
	Order int    // 1, 2, … ; field "ordine_<ID>"
}

// MyListingsPage is the owner's list by state.
type MyListingsPage struct {
	Page
	Tabs  []Option // value is the address
	Items []MyListing
}

// MyListing is one row of the owner's list.
type MyListing struct {
	Href  string
	Title string
	Price string
	Photo *PhotoView
	Icon  string
	Saves string // "3 persoane l-au salvat"
	Owner OwnerPanel
}

// ProfilePage is the viewer's own account.
type ProfilePage struct {
	Page
	Name      string
	Email     string
	Phone     string
	Place     string
	About     string
	Since     string
	PublicURL string
	Listings  string // "3 anunțuri active"
	Favorites string // "12 favorite"
}

// EditProfilePage edits the viewer's own account.
type EditProfilePage struct {
	Page
	Values   map[string]string // nume, telefon, localitate, despre
	Error    map[string]string
	Errors   []FieldError
	Counties []Option
}

// PublicProfilePage is what everybody sees of a person.
type PublicProfilePage struct {
	Page
	Seller SellerView
	List   CardList
	Empty  bool
}

// FavoritesPage lists what the viewer saved.
type FavoritesPage struct {
	Page
	List  CardList
	Empty bool
}

// SignInPage is the sign-in or sign-up page of local mode.
type SignInPage struct {
	Page
	Heading   string
	Action    string // POST target
	ReturnTo  string // hidden field "redirect_url"
	Other     Link   // to the other of the two pages
	Available bool   // false when sign-in needs Clerk's pages
}

// SignOutPage asks for confirmation.
type SignOutPage struct {
	Page
	Action string
}

// ErrorPage says what went wrong and what to do next.
type ErrorPage struct {
	Page
	Status  int
	Heading string
	Message string
	Query   string // words of the address, offered as a search on 404
}

// TextPage is a page of fixed text: terms, privacy, contact, about, help.
type TextPage struct {
	Page
}
