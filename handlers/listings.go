package handlers

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// similarCount is how many similar listings a page shows.
const similarCount = 4

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
	Text        []TextPart // the description, with line breaks
	Place       string
	PlaceURL    string
	Published   string
	PublishedAt string // RFC 3339
	Seller      SellerView
	Phone       PhoneBox
	ReportURL   string // "" for the owner
	Favorite    FavoriteButton
	Similar     template.HTML // cards
	Market      *MarketView   // nil without enough of the same kind
	Stats       *Stats        // nil unless the viewer owns it
	Owner       *OwnerPanel   // nil unless the viewer owns it
	Message     *MessageBox   // nil where there is nobody to write to
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
	Status       string // "Activ", "Rezervat", "Vândut", "Expirat"
	Until        string // "până pe 23 dec."
	Note         string // why a moderator hides it
	EditURL      string
	SoldURL      string
	ReserveURL   string
	Reserved     bool // then the reserve action lifts the reservation
	RenewURL     string
	DeleteURL    string
	MovePhoneURL string   // offered when a phone number stands in the texts
	Reveals      string   // "3 persoane au cerut telefonul"
	Missing      []string // required details not yet given, by label
}

// showListing is the public page of a listing. A wrong slug, or the old site's address without one, leads to the right address.
func (s *Server) showListing(c *fiber.Ctx) error {
	id, ok := listingRefID(c.Params("ref"))
	if !ok {
		return fiber.ErrNotFound
	}
	d, err := s.store.Listing(c.UserContext(), id)
	if err != nil {
		return err
	}
	if d.Status == models.StatusDeleted {
		return apperr.New(apperr.Gone, "")
	}
	hidden, note, err := s.hiddenFrom(c, &d)
	if err != nil {
		return err
	}
	if hidden {
		return errHidden
	}
	if canonical := urls.Listing(d.Slug, d.ID); c.Path() != canonical {
		return c.Redirect(canonical, http.StatusMovedPermanently)
	}
	p, err := s.listingPage(c, &d)
	if err != nil {
		return err
	}
	p.hide(&d, note)
	return s.page(c, http.StatusOK, "listing", p)
}

// listingRefID takes the number from the address of a listing: 17 from "dacia-logan-17" and from the old site's "17".
func listingRefID(ref string) (int64, bool) { return parseID(ref[strings.LastIndexByte(ref, '-')+1:]) }

func (s *Server) listingPage(c *fiber.Ctx, d *models.ListingDetail) (ListingPage, error) {
	ctx, viewer := c.UserContext(), viewerID(c)
	saved, err := s.store.FavoriteIDs(ctx, viewer, []int64{d.ID})
	if err != nil {
		return ListingPage{}, err
	}
	category := s.store.Catalog().CategoryByID(d.CategoryID)
	p := ListingPage{
		Page: s.newPage(c, d.Title), ID: d.ID, Heading: d.Title, Price: priceText(d.Price()), Converted: inLei(d.Price(), s.store.Catalog().Rate), Negotiable: d.Negotiable,
		Text: s.guarded(d.Description), Published: text.DateTime(d.PublishedAt), PublishedAt: d.PublishedAt.Format(time.RFC3339),
		Favorite: FavoriteButton{SaveURL: urls.Favorite(d.ID), Saved: saved[d.ID], Title: d.Title, Large: true},
	}
	p.OldPrice, p.Drop = priceDrop(&d.Listing)
	p.State, p.StateText = listingState(&d.Listing)
	s.placeAndKind(&p, d, category)
	for _, photo := range d.Photos {
		p.Photos = append(p.Photos, *photoView(photo.Hash, photo.Width, photo.Height, d.Title))
	}
	if p.Seller, err = s.seller(ctx, &d.Owner); err != nil {
		return ListingPage{}, err
	}
	p.Phone = phoneBox(c, &p.Page, d)
	if viewer != d.OwnerID {
		p.ReportURL = urls.ReportListing(d.ID)
	}
	if p.Similar, err = s.similar(ctx, d, category, viewer); err != nil {
		return ListingPage{}, err
	}
	if p.Message, err = s.messageBox(c, &d.Listing); err != nil {
		return ListingPage{}, err
	}
	if viewer == d.OwnerID && viewer != 0 {
		panel := ownerPanel(&d.Listing)
		if category != nil {
			panel.Missing = models.MissingAttributes(category, d.Attributes)
		}
		if err := s.addReveals(ctx, &panel, d); err != nil {
			return ListingPage{}, err
		}
		p.Owner = &panel
		if p.Stats, err = s.ownStats(c, d.ID); err != nil {
			return ListingPage{}, err
		}
	}
	if d.Status == models.StatusActive {
		if p.Market, err = s.market(ctx, d, category); err != nil {
			return ListingPage{}, err
		}
	}
	s.listingMeta(&p, d, category)
	return p, nil
}

// listingMeta fills what machines read.
func (s *Server) listingMeta(p *ListingPage, d *models.ListingDetail, category *models.Category) {
	p.Description = text.Truncate(strings.Join(strings.Fields(p.Price+" · "+p.Place+". "+d.Description), " "), 160)
	p.Canonical = s.absolute(urls.Listing(d.Slug, d.ID))
	p.NoIndex = d.Status != models.StatusActive
	p.Image = s.absolute(urls.Preview(d.ID, d.Version))
	p.ImageAlt = p.Heading + ", " + p.Price
	p.Graph = graph(s.crumbsLD(p.Breadcrumbs, p.Heading), s.describeListing(p, d, category))
}

func (s *Server) placeAndKind(p *ListingPage, d *models.ListingDetail, category *models.Category) {
	catalog := s.store.Catalog()
	if l := catalog.LocalityByCode(d.LocalitySiruta); l != nil {
		p.Place = l.Full()
		p.PlaceURL = urls.WithQuery(urls.Results, url.Values{paramCounty: {l.County.Code}, paramLocality: {l.Name}})
	}
	if category != nil {
		p.Icon, p.Breadcrumbs = category.Icon, breadcrumbs(category)
		p.Attributes = attributeRows(category, d)
	}
}

// attributeRows lists the details in the category's order.
func attributeRows(category *models.Category, d *models.ListingDetail) []Row {
	var rows []Row
	if d.Condition != "" && !category.OwnCondition() {
		rows = append(rows, Row{"Stare", conditionLabels[d.Condition]})
	}
	for _, a := range category.Attributes {
		for _, v := range d.Attributes {
			if v.Key == a.Key {
				rows = append(rows, Row{a.Label, attributeText(a, v)})
			}
		}
	}
	return rows
}

func attributeText(a models.Attribute, v models.AttributeValue) string {
	switch {
	case a.Kind == models.KindBool:
		return "Da"
	case a.Secret():
		return masked(v.TextValue)
	case v.NumberValue == nil:
		return strings.TrimSpace(v.TextValue + " " + a.Unit)
	case a.Year():
		return strings.ReplaceAll(text.Decimal(*v.NumberValue), ".", "")
	}
	return text.Measure(*v.NumberValue, a.Unit)
}

// masked hides all but the last characters of a serial number.
func masked(v string) string {
	r := []rune(v)
	keep := min(4, len(r)/2)
	return strings.Repeat("•", len(r)-keep) + string(r[len(r)-keep:])
}

// inLei shows what a price in euro is about, at the rate that is set.
func inLei(m *models.Money, rate models.Rate) string {
	if m == nil || m.Currency != models.EUR || m.Minor == 0 {
		return ""
	}
	return "≈ " + text.Number(m.InBani(rate)/100) + " lei"
}

func listingState(l *models.Listing) (state, sentence string) {
	switch {
	case l.Status == models.StatusSold:
		return "sold", "Anunțul acesta e vândut. Mai jos sunt altele la fel."
	case l.Status == models.StatusExpired:
		return "expired", "Anunțul acesta a expirat. Mai jos sunt altele la fel."
	case l.Reserved:
		return "reserved", "E rezervat pentru cineva. Îl poți salva, poate se răzgândește."
	}
	return "", ""
}

// similar finds listings of the same category, in the same county first.
func (s *Server) similar(ctx context.Context, d *models.ListingDetail, category *models.Category, viewer int64) (template.HTML, error) {
	if category == nil {
		return "", nil
	}
	f := models.ListingFilter{Category: category, County: s.store.Catalog().County(d.CountyCode), ExceptID: d.ID}
	refs, _, err := s.store.Listings(ctx, f, models.Cursor{}, similarCount)
	if err != nil {
		return "", err
	}
	if len(refs) < similarCount {
		f.County = nil
		if refs, _, err = s.store.Listings(ctx, f, models.Cursor{}, similarCount); err != nil {
			return "", err
		}
	}
	return s.renderCards(ctx, viewer, refs)
}

// seller is what the public sees of the owner.
func (s *Server) seller(ctx context.Context, u *models.User) (SellerView, error) {
	counts, err := s.store.CountOwnerListings(ctx, u.ID)
	if err != nil {
		return SellerView{}, err
	}
	name := u.PublicName()
	v := SellerView{Name: name, Initial: initial(name), Href: urls.PublicProfile(u.Username), About: u.About,
		Since: "pe Piața din " + text.Month(u.CreatedAt), Listings: text.Count(counts[models.StatusActive], "anunț", "anunțuri")}
	if u.Dealer {
		v.Since = "firmă, " + v.Since
	}
	if u.LocalitySiruta != nil {
		if l := s.store.Catalog().LocalityByCode(*u.LocalitySiruta); l != nil {
			v.Place = l.Full()
		}
	}
	return v, nil
}

// ownerPanel offers what the state allows.
func ownerPanel(l *models.Listing) OwnerPanel {
	p := OwnerPanel{RenewURL: urls.Renew(l.ID), DeleteURL: urls.Delete(l.ID), Reserved: l.Reserved}
	switch l.Status {
	case models.StatusSold:
		p.Status = "Vândut"
	case models.StatusExpired:
		p.Status = "Expirat"
		p.EditURL, p.SoldURL = urls.EditListing(l.ID), urls.Sold(l.ID)
	default:
		p.Status = map[bool]string{true: "Rezervat", false: "Activ"}[l.Reserved]
		p.Until = "până pe " + text.Date(l.ExpiresAt)
		p.EditURL, p.SoldURL, p.ReserveURL = urls.EditListing(l.ID), urls.Sold(l.ID), urls.Reserve(l.ID)
	}
	if l.BlockedBy != nil {
		p.forbid()
	}
	return p
}

// markSold, reserveListing, renewListing and deleteListing change the state of the viewer's own listing.
func (s *Server) markSold(c *fiber.Ctx) error {
	return s.changeListing(c, "vandut", s.store.MarkSold)
}

func (s *Server) renewListing(c *fiber.Ctx) error {
	return s.changeListing(c, "reinnoit", s.store.Renew)
}

func (s *Server) reserveListing(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	d, err := s.store.OwnListing(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	flash := map[bool]string{true: "nerezervat", false: "rezervat"}[d.Reserved]
	return s.changeListing(c, flash, func(ctx context.Context, ownerID, id int64) (models.Listing, error) {
		return s.store.SetReserved(ctx, ownerID, id, !d.Reserved)
	})
}

func (s *Server) changeListing(c *fiber.Ctx, flash string, change func(ctx context.Context, ownerID, id int64) (models.Listing, error)) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	l, err := change(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	setFlash(c, flash, photoTally{})
	return seeOther(c, s.backOr(c, urls.Listing(l.Slug, l.ID)))
}

func (s *Server) deleteListing(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if err := s.store.DeleteListing(c.UserContext(), viewerID(c), id); err != nil {
		return err
	}
	setFlash(c, "sters", photoTally{})
	return seeOther(c, urls.MyListings)
}
