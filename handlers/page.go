package handlers

import (
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/urls"
)

// Page is what every full page shares; page structs embed it.
type Page struct {
	Title       string      // of the document, without the site's name, e.g. "Biciclete în Cluj"
	Description string      // for machines, one sentence
	Canonical   string      // absolute address
	FeedURL     string      // Atom feed of the page; "" for none
	Image       string      // absolute address of the picture that stands for the page where it is shared
	ImageAlt    string      // what it shows
	Graph       any         // what the page says about itself in JSON-LD; nil for nothing
	NoIndex     bool        // machines should not list the page
	Path        string      // local path with query, to come back after signing in
	Tab         string      // active item of the phone's bottom bar: acasa, cauta, adauga, mesaje, favorite, cont
	Viewer      *ViewerInfo // nil when signed out
	SearchBox   SearchBox   // the search form in the header
	Flash       string      // what was just done; "" for nothing
	LocalMode   bool        // shows the banner of local mode
	Actor       string      // Clerk's id of who impersonates the viewer; "" for nobody
	SignInURL   string      // sign-in that comes back to Path
	RequestID   string      // shown on error pages
	Clerk       *Clerk      // nil on pages without Clerk's scripts

	HasAssistant bool // shows the way to it
	Streams      bool // loads the script that reads server-sent events
}

// ViewerInfo is what the frame shows of the person who looks.
type ViewerInfo struct {
	Name    string // "Ioana P."
	Initial string // "I"

	Unread    string // messages, "3"; "" for none
	StreamURL string // where the page hears of messages; "" for nowhere
}

// SearchBox is the search form in the header; its values repeat the present search.
type SearchBox struct {
	Query    string        // what
	Counties template.HTML // options of where
}

// Option is one choice of a select or a group of checkboxes.
type Option struct {
	Value    string
	Label    string
	Count    string // "212" beside the label; "" when unknown
	Selected bool
}

// OptionGroup is a labelled group of options, e.g. a top category with its subcategories.
type OptionGroup struct {
	Label   string
	Options []Option
}

// Link is an anchor with its text.
type Link struct {
	Href  string
	Label string
}

// PhotoView is a picture ready for an img element.
type PhotoView struct {
	Src    string // 800 wide
	Srcset string // "… 400w, … 800w, … 1600w"
	Large  string // widest variant, for the full view
	Width  int    // of the widest variant, sets the aspect ratio
	Height int
	Alt    string
}

// CardView is one listing in a grid. Nothing in it depends on the viewer but Saved, nothing on the clock.
type CardView struct {
	ID       int64
	Href     string
	Title    string
	Price    string // "1.250 lei", "Gratis"
	OldPrice string // before the last drop; "" for none
	Drop     string // "−7 %"; "" for none
	Place    string // "Cluj-Napoca"
	Time     string // absolute, "23 nov., 14:20"
	TimeISO  string // RFC 3339, for the script that makes it relative
	Photo    *PhotoView
	Icon     string // Lucide name of the category, shown where there is no photo
	Photos   string // "4", shown on the photo when there are several; "" otherwise
	Reserved bool
	Saved    bool
	SaveURL  string // POST target of the heart
}

// Favorite is the heart on the card.
func (c CardView) Favorite() FavoriteButton {
	return FavoriteButton{SaveURL: c.SaveURL, Saved: c.Saved, Title: c.Title}
}

// FavoriteButton is the heart; the fragment of a toggle.
type FavoriteButton struct {
	SaveURL string
	Saved   bool
	Title   string // of the listing, for the accessible name
	Large   bool   // with its label, on the listing's page
}

// CardList is a run of rendered cards and the way to more; the fragment of "Mai multe anunțuri".
type CardList struct {
	Cards   template.HTML // joined partials/listing_card
	NextURL string        // "" at the end
}

// CategoryTile is a category with its number of listings.
type CategoryTile struct {
	Href  string
	Name  string
	Icon  string
	Count string // "1.204"
	Subs  []CategoryTile
}

// newPage fills the frame of a page for the request.
func (s *Server) newPage(c *fiber.Ctx, title string) Page {
	p := s.newFrame(c, title)
	if p.Viewer != nil && !isFragment(c) {
		s.recount(c, &p)
	}
	return p
}

// newFrame is newPage without what the database knows.
func (s *Server) newFrame(c *fiber.Ctx, title string) Page {
	p := Page{
		Title: title, Image: s.absolute(urls.PreviewMarket), ImageAlt: "Piața.ro: anunțuri din toată țara", Path: localPath(c), LocalMode: s.cfg.Local(), RequestID: requestIDOf(c), HasAssistant: s.assistant != nil,
		SearchBox: SearchBox{Counties: s.countyOptions("")},
	}
	p.SignInURL = s.signInURL(p.Path)
	if v := viewerOf(c); v != nil {
		name := v.PublicName()
		p.Actor = v.Actor
		p.Viewer = &ViewerInfo{Name: name, Initial: initial(name)}
	}
	if p.Viewer != nil && !isFragment(c) {
		p.Clerk = s.useClerk(c)
	}
	p.Flash = takeFlash(c)
	return p
}

// initial is the letter of an avatar.
func initial(name string) string {
	for _, r := range name {
		return strings.ToUpper(string(r))
	}
	return "?"
}

// absolute turns a local path into an address for the outside.
func (s *Server) absolute(path string) string { return s.cfg.AppURL + path }
