package handlers

import (
	"encoding/csv"
	"html/template"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"piata.ro/internal/assets"
	"piata.ro/internal/render"
)

// pageData has an empty value of what every page under views/pages is given.
func pageData() map[string]any {
	return map[string]any{
		"home": HomePage{}, "style": StylePage{}, "categories": CategoriesPage{}, "results": ResultsPage{}, "listing": ListingPage{},
		"listing_form": ListingFormPage{}, "my_listings": MyListingsPage{}, "profile": ProfilePage{},
		"edit_profile": EditProfilePage{}, "public_profile": PublicProfilePage{}, "favorites": FavoritesPage{}, "saved_searches": SavedSearchesPage{}, "saved_search": SavedSearchPage{}, "stop_alerts": StopPage{},
		"sign_in": SignInPage{}, "sign_out": SignOutPage{}, "delete_account": DeleteAccountPage{}, "security": SecurityPage{}, "error": ErrorPage{}, "terms": TextPage{},
		"privacy": TextPage{}, "contact": ContactPage{}, "contact_inbox": ContactInboxPage{}, "about": TextPage{}, "help": TextPage{},
		"chat": ChatPage{}, "offline": TextPage{}, "offline_draft": TextPage{},
		"inbox": InboxPage{}, "conversation": ConversationPage{},
		"report": ReportPage{}, "my_reports": MyReportsPage{}, "moderation": ModerationPage{}, "check_link": LinkPage{}, "leave_site": LinkPage{},
	}
}

// partialData has an empty value of what each fragment is given; the other partials are reached through pages.
func partialData() map[string]any {
	return map[string]any{
		"listing_card": CardView{}, "card_list": CardList{}, "results": ResultsPage{}, "details": DetailsForm{},
		"favorite_button": FavoriteButton{}, "save_search": SaveSearch{}, "photo_list": []FormPhoto{}, "owner_panel": OwnerPanel{}, "flash": "",
		"message": MessageView{}, "messages": MessageList{}, "text_form": TextForm{}, "offer_form": OfferForm{}, "meeting_form": MeetingForm{}, "inbox": InboxList{},
		"error": ErrorPage{}, "filters": ResultsPage{}, "breadcrumbs": []Link{}, "field_error": "", "phone": PhoneBox{},
	}
}

func testRenderer(t testing.TB) *render.Renderer {
	t.Helper()
	static, err := assets.New(os.DirFS("../static"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := render.New(os.DirFS("../views"), render.Funcs(static.URL))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryPageRenders(t *testing.T) {
	t.Parallel()
	r := testRenderer(t)
	files, err := os.ReadDir("../views/pages")
	if err != nil {
		t.Fatal(err)
	}
	data := pageData()
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".html")
		zero, ok := data[name]
		if !ok {
			t.Errorf("views/pages/%s has no entry in pageData", f.Name())
			continue
		}
		delete(data, name)
		for kind, v := range map[string]any{"zero": zero, "full": full(zero)} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				var page strings.Builder
				if err := r.Page(&page, "pages/"+name, v); err != nil {
					t.Fatal(err)
				}
				checkPage(t, page.String())
			})
		}
	}
	for name := range data {
		t.Errorf("views/pages/%s.html is missing", name)
	}
}

// checkPage holds what is true of every page, whatever its data.
func checkPage(t *testing.T, html string) {
	t.Helper()
	for _, want := range []string{`<html lang="ro">`, `class="skip"`, `<main id="continut"`, `</html>`} {
		if !strings.Contains(html, want) {
			t.Errorf("page lacks %s", want)
		}
	}
	if n := strings.Count(html, "<h1"); n != 1 {
		t.Errorf("page has %d h1", n)
	}
	// The content security policy refuses all of these, and ZgotmplZ is what html/template writes for an unsafe value.
	for _, bad := range []string{" style=", "<style", " onclick=", "hx-on", "javascript:", "ZgotmplZ", "<no value>"} {
		if strings.Contains(html, bad) {
			t.Errorf("page has %q", bad)
		}
	}
	if strings.ContainsAny(html, "\u015f\u0163\u015e\u0162") {
		t.Error("page has cedilla letters")
	}
}

func TestEveryFragmentRenders(t *testing.T) {
	t.Parallel()
	r := testRenderer(t)
	for name, zero := range partialData() {
		for kind, v := range map[string]any{"zero": zero, "full": full(zero)} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				if err := r.Partial(io.Discard, "partials/"+name, v); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// TestIconsAreInTheSprite reads the names from the templates and from the categories: a missing symbol draws nothing.
func TestIconsAreInTheSprite(t *testing.T) {
	t.Parallel()
	sprite, err := os.ReadFile("../static/img/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	err = fs.WalkDir(os.DirFS("../views"), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".html") {
			return err
		}
		text, err := os.ReadFile("../views/" + path)
		for _, m := range regexp.MustCompile(`icon "([^"]+)"`).FindAllSubmatch(text, -1) {
			names[string(m[1])] = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("../models/reference/categorii.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		names[row[3]] = "categorii.csv"
	}
	for name, where := range names {
		if !strings.Contains(string(sprite), `<symbol id="`+name+`"`) {
			t.Errorf("icon %q of %s is not in the sprite", name, where)
		}
	}
	code := goSources(t)
	for _, m := range regexp.MustCompile(`<symbol id="([^"]+)"`).FindAllStringSubmatch(string(sprite), -1) {
		if names[m[1]] == "" && !strings.Contains(code, `"`+m[1]+`"`) {
			t.Errorf("nothing draws the icon %q of the sprite", m[1])
		}
	}
}

// goSources is the code of the handlers, some of which choose an icon.
func goSources(t testing.TB) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			all.Write(text)
		}
	}
	return all.String()
}

// full returns a copy of zero in which every string, number, flag, slice, map and pointer is filled.
func full(zero any) any {
	v := reflect.New(reflect.TypeOf(zero)).Elem()
	fill(v)
	return v.Interface()
}

func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("Șină „nouă” <b>&")
		if v.Type() == reflect.TypeFor[template.HTML]() {
			v.SetString("<li>card</li>")
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 4, 4))
		if v.Type() == reflect.TypeFor[[]CategoryTile]() {
			return // a category tile holds tiles: one level is enough
		}
		for i := range v.Len() {
			fill(v.Index(i))
			if kind := v.Index(i); kind.Kind() == reflect.Struct && kind.FieldByName("Kind").IsValid() {
				kind.FieldByName("Kind").SetString([]string{"number", "select", "bool", "text"}[i%4])
			}
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"titlu", "descriere", "pret", "categorie", "judet", "localitate", "nume", "telefon", "despre", "fotografii", "moneda"} {
			v.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf("x"))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fillField(v.Type().Field(i).Name, v.Field(i))
		}
	}
}

// fillField knows the few fields whose text has a form of its own.
func fillField(name string, v reflect.Value) {
	switch name {
	case "Srcset":
		v.SetString("/foto/a-400.jpg 400w, /foto/a-800.jpg 800w")
	case "Href", "SaveURL", "NextURL", "Action":
		v.SetString("/anunturi/?q=a&dupa=b")
	default:
		fill(v)
	}
}

func BenchmarkResultsPage(b *testing.B) {
	r := testRenderer(b)
	card, err := r.HTML("partials/listing_card", full(CardView{}))
	if err != nil {
		b.Fatal(err)
	}
	page := full(ResultsPage{}).(ResultsPage)
	page.List.Cards = template.HTML(strings.Repeat(string(card), 24))
	b.ReportAllocs()
	for b.Loop() {
		if err := r.Page(io.Discard, "pages/results", page); err != nil {
			b.Fatal(err)
		}
	}
}
