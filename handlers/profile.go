package handlers

import (
	"html/template"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// ProfilePage is the viewer's own account.
type ProfilePage struct {
	Page
	Name        string
	Email       string
	Phone       string
	Place       string
	About       string
	Since       string
	PublicURL   string
	Listings    string // "3 anunțuri active"
	Favorites   string // "12 favorite"
	Searches    string // "3 anunțuri noi"; "" for none
	IsModerator bool
}

// EditProfilePage edits the viewer's own account.
type EditProfilePage struct {
	Page
	Values   map[string]string // nume, telefon, localitate, despre
	Error    map[string]string
	Errors   []FieldError
	Counties template.HTML // options
}

// PublicProfilePage is what everybody sees of a person.
type PublicProfilePage struct {
	Page
	ReportURL string // "" for the person
	Seller    SellerView
	List      CardList
	Empty     bool
}

// MyListingsPage is the owner's list by state.
type MyListingsPage struct {
	Page
	Tabs    []Option // value is the address
	Items   []MyListing
	NextURL string

	Endings *EndingMails // nil where the site sends no mails
}

// MyListing is one row of the owner's list.
type MyListing struct {
	Href  string
	Title string
	Price string
	Photo *PhotoView
	Icon  string
	Saves string // "3 persoane l-au salvat"
	Talk  string // "2 conversații, 7 mesaje"; "" for none
	Stats *Stats
	Owner OwnerPanel
}

func (s *Server) showProfile(c *fiber.Ctx) error {
	ctx, v := c.UserContext(), viewerOf(c)
	counts, err := s.store.CountOwnerListings(ctx, v.ID)
	if err != nil {
		return err
	}
	favorites, err := s.store.CountFavorites(ctx, v.ID)
	if err != nil {
		return err
	}
	unseen, err := s.store.CountUnseen(ctx, v.ID)
	if err != nil {
		return err
	}
	seller, err := s.seller(ctx, &v.User)
	if err != nil {
		return err
	}
	p := ProfilePage{
		Page: s.newPage(c, "Contul tău"), Name: v.PublicName(), Email: v.Email, Phone: text.FormatPhone(v.Phone), Place: seller.Place, About: v.About,
		Since: seller.Since, PublicURL: urls.PublicProfile(v.Username),
		IsModerator: v.IsModerator,
		Listings:    text.Count(counts[models.StatusActive], "anunț activ", "anunțuri active"),
		Favorites:   text.Count(favorites, "anunț salvat", "anunțuri salvate"),
	}
	if unseen > 0 {
		p.Searches = newListings(int(unseen))
	}
	p.Tab, p.NoIndex = "cont", true
	return s.page(c, http.StatusOK, "profile", p)
}

// Names and limits of the profile's fields.
const (
	fieldName  = "nume"
	fieldPhone = "telefon"
	fieldAbout = "despre"
	fieldKind  = "vanzator"

	nameMin, nameMax = 2, 50
	aboutMax         = 1000
)

func (s *Server) editProfile(c *fiber.Ctx) error {
	v := viewerOf(c)
	values := map[string]string{fieldName: v.Name, fieldPhone: text.FormatPhone(v.Phone), fieldAbout: v.About, fieldKind: string(models.SellerPrivate)}
	if v.Dealer {
		values[fieldKind] = string(models.SellerDealer)
	}
	if v.LocalitySiruta != nil {
		if l := s.store.Catalog().LocalityByCode(*v.LocalitySiruta); l != nil {
			values[models.FieldCounty], values[models.FieldLocality] = l.County.Code, l.Name
		}
	}
	if err := s.takeKeptProfile(c, values); err != nil {
		return err
	}
	return s.showProfileForm(c, http.StatusOK, values, nil)
}

func (s *Server) updateProfile(c *fiber.Ctx) error {
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	values := map[string]string{}
	for _, name := range profileFields {
		values[name] = form.Get(name)
	}
	profile, errs := parseProfile(s.store.Catalog(), values)
	if len(errs) > 0 {
		return s.showProfileForm(c, http.StatusUnprocessableEntity, values, errs)
	}
	if err := s.store.UpdateProfile(c.UserContext(), viewerID(c), profile); err != nil {
		return err
	}
	setFlash(c, "profil", photoTally{})
	return seeOther(c, urls.Profile)
}

// parseProfile checks what was typed. Every field may stay empty.
func parseProfile(catalog *models.Catalog, values map[string]string) (models.Profile, models.FieldErrors) {
	errs := models.FieldErrors{}
	p := models.Profile{Name: text.Line(values[fieldName]), About: text.Paragraphs(values[fieldAbout]), Dealer: values[fieldKind] == string(models.SellerDealer)}
	if n := text.Runes(p.Name); n != 0 && (n < nameMin || n > nameMax) {
		errs[fieldName] = "Numele are între 2 și 50 de caractere."
	}
	if text.Runes(p.About) > aboutMax {
		errs[fieldAbout] = "Textul are cel mult 1.000 de caractere."
	}
	if raw := text.Line(values[fieldPhone]); raw != "" {
		phone, ok := text.Phone(raw)
		if !ok {
			errs[fieldPhone] = "Scrie un număr din România, de exemplu 0722 123 456."
		}
		p.Phone = phone
	}
	if values[models.FieldCounty] != "" || values[models.FieldLocality] != "" {
		p.Locality = catalog.ParsePlace(values[models.FieldCounty], values[models.FieldLocality], errs)
	}
	return p, errs
}

func (s *Server) showProfileForm(c *fiber.Ctx, status int, values map[string]string, errs models.FieldErrors) error {
	p := EditProfilePage{Page: s.newPage(c, "Editează profilul"), Values: values, Error: errs, Counties: s.countyOptions(values[models.FieldCounty])}
	p.Tab, p.NoIndex = "cont", true
	for _, name := range []string{fieldName, fieldPhone, models.FieldCounty, models.FieldLocality, fieldAbout} {
		if message := errs[name]; message != "" {
			p.Errors = append(p.Errors, FieldError{Field: name, Message: message})
		}
	}
	return s.page(c, status, "edit_profile", p)
}

// showPublicProfile is a person's page with their active listings.
func (s *Server) showPublicProfile(c *fiber.Ctx) error {
	ctx := c.UserContext()
	u, err := s.store.UserByUsername(ctx, c.Params("username"))
	if err != nil {
		return err
	}
	rows, next, err := s.store.OwnerListings(ctx, u.ID, models.StatusActive, models.DecodeCursor(c.Query(paramCursor)), pageSize)
	if err != nil {
		return err
	}
	refs := make([]models.ListingRef, len(rows))
	for i := range rows {
		refs[i] = models.ListingRef{ID: rows[i].ID, Version: rows[i].Version}
	}
	p := PublicProfilePage{Page: s.newPage(c, u.PublicName()), Empty: len(rows) == 0}
	if p.List.Cards, err = s.renderCards(ctx, viewerID(c), refs); err != nil {
		return err
	}
	if !next.IsZero() {
		p.List.NextURL = urls.WithQuery(urls.PublicProfile(u.Username), url.Values{paramCursor: {next.Encode()}})
	}
	if isFragment(c) && c.Query(paramCursor) != "" {
		return s.fragment(c, http.StatusOK, "card_list", p.List)
	}
	if p.Seller, err = s.seller(ctx, &u); err != nil {
		return err
	}
	if u.ID != viewerID(c) {
		p.ReportURL = urls.ReportUser(u.Username)
	}
	p.Description = "Anunțuri puse de " + p.Seller.Name + " pe Piața.ro."
	p.Canonical = s.absolute(urls.PublicProfile(u.Username))
	return s.page(c, http.StatusOK, "public_profile", p)
}

// paramState chooses among the owner's listings by their state.
const paramState = "stare"

// myListingTabs are the states that the owner can look at, by the value of the parameter.
var myListingTabs = []struct {
	value  string
	label  string
	status models.Status
}{
	{"", "Active", models.StatusActive},
	{"vandute", "Vândute", models.StatusSold},
	{"expirate", "Expirate", models.StatusExpired},
}

func (s *Server) showMyListings(c *fiber.Ctx) error {
	ctx, viewer := c.UserContext(), viewerID(c)
	counts, err := s.store.CountOwnerListings(ctx, viewer)
	if err != nil {
		return err
	}
	p := MyListingsPage{Page: s.newPage(c, "Anunțurile mele")}
	p.Tab, p.NoIndex = "cont", true
	status, base := models.StatusActive, url.Values{}
	for _, tab := range myListingTabs {
		q := url.Values{}
		if tab.value != "" {
			q.Set(paramState, tab.value)
		}
		selected := c.Query(paramState) == tab.value
		if selected {
			status, base = tab.status, q
		}
		p.Tabs = append(p.Tabs, Option{Value: urls.WithQuery(urls.MyListings, q), Label: tab.label, Count: text.Number(counts[tab.status]), Selected: selected})
	}
	rows, next, err := s.store.OwnerListings(ctx, viewer, status, models.DecodeCursor(c.Query(paramCursor)), pageSize)
	if err != nil {
		return err
	}
	if p.Items, err = s.myListings(c, rows); err != nil {
		return err
	}
	if p.Endings, err = s.endingMails(c); err != nil {
		return err
	}
	if !next.IsZero() {
		base.Set(paramCursor, next.Encode())
		p.NextURL = urls.WithQuery(urls.MyListings, base)
	}
	return s.page(c, http.StatusOK, "my_listings", p)
}

func (s *Server) myListings(c *fiber.Ctx, rows []models.Listing) ([]MyListing, error) {
	ids := make([]int64, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	saves, err := s.store.SavesOf(c.UserContext(), ids)
	if err != nil {
		return nil, err
	}
	missing, err := s.store.MissingAttributesOf(c.UserContext(), rows)
	if err != nil {
		return nil, err
	}
	stats, err := s.statsOf(c.UserContext(), ids)
	if err != nil {
		return nil, err
	}
	reveals, err := s.store.PhoneRevealsOf(c.UserContext(), ids)
	if err != nil {
		return nil, err
	}
	talked, err := s.store.TalkedAbout(c.UserContext(), ids)
	if err != nil {
		return nil, err
	}
	notes, err := s.notesOf(c.UserContext(), rows)
	if err != nil {
		return nil, err
	}
	items := make([]MyListing, len(rows))
	for i := range rows {
		l := &rows[i]
		card := s.card(l, false)
		items[i] = MyListing{Href: card.Href, Title: l.Title, Price: card.Price, Photo: card.Photo, Icon: card.Icon, Owner: ownerPanel(l), Stats: stats[l.ID], Talk: talkedText(talked[l.ID])}
		items[i].Owner.Missing, items[i].Owner.Reveals, items[i].Owner.Note = missing[l.ID], revealsText(reveals[l.ID]), notes[l.ID]
		switch n := saves[l.ID]; n {
		case 0:
		case 1:
			items[i].Saves = "o persoană l-a salvat"
		default:
			items[i].Saves = text.Count(int64(n), "persoană", "persoane") + " l-au salvat"
		}
	}
	return items, nil
}

func talkedText(t models.Talked) string {
	if t.Conversations == 0 {
		return ""
	}
	return text.Count(int64(t.Conversations), "conversație", "conversații") + ", " + text.Count(int64(t.Messages), "mesaj", "mesaje")
}
