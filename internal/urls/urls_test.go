package urls

import (
	"net/url"
	"strings"
	"testing"
)

// matches reports whether the router's pattern takes the path: parts that begin with a colon stand for anything but nothing.
func matches(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if variable := strings.HasPrefix(want[i], ":"); !variable && want[i] != got[i] || variable && got[i] == "" {
			return false
		}
	}
	return true
}

func TestBuildersFitPatterns(t *testing.T) {
	t.Parallel()
	tests := []struct{ pattern, path, want string }{
		{CategoryPattern, Category("autoturisme"), "/categorii/autoturisme/"},
		{ListingPattern, Listing("bicicleta-pegas", 42), "/anunt/bicicleta-pegas-42/"},
		{EditListingPattern, EditListing(42), "/anunt/42/editare/"},
		{SoldPattern, Sold(42), "/anunt/42/vandut/"},
		{ReservePattern, Reserve(42), "/anunt/42/rezervat/"},
		{RenewPattern, Renew(42), "/anunt/42/reinnoire/"},
		{DeletePattern, Delete(42), "/anunt/42/sterge/"},
		{ReportListingPattern, ReportListing(42), "/raportare/42/"},
		{ReportUserPattern, ReportUser("ana-pop"), "/raportare/utilizator/ana-pop/"},
		{ReportMessagePattern, ReportMessage(42), "/raportare/mesaj/42/"},
		{DecidePattern, Decide("listing", 42), "/moderare/listing/42/"},
		{UndoDecisionPattern, UndoDecision(42), "/moderare/hotarare/42/retrage/"},
		{RevealPhonePattern, RevealPhone(42), "/anunt/42/telefon/"},
		{MovePhonePattern, MovePhone(42), "/anunt/42/muta-telefon/"},
		{FavoritePattern, Favorite(42), "/favorite/toggle/42/"},
		{PublicProfilePattern, PublicProfile("ana-pop"), "/utilizator/ana-pop/"},
		{PhotoPattern, Photo("0a1b", 800), "/foto/0a1b-800.jpg"},
		{APIListingPattern, APIListing(42), "/api/v1/listings/42"},
		{APIFavoritePattern, APIFavorite(42), "/api/v1/favorites/42"},
		{SitemapSectionPattern, SitemapSection("anunturi-3.xml"), "/sitemap/anunturi-3.xml"},
	}
	for _, tt := range tests {
		if tt.path != tt.want {
			t.Errorf("built %q, want %q", tt.path, tt.want)
		}
		if !matches(tt.pattern, tt.path) {
			t.Errorf("%q is not taken by %q", tt.path, tt.pattern)
		}
	}
}

// Pages end in a slash; what machines ask for does not.
func TestLastSlash(t *testing.T) {
	t.Parallel()
	for _, page := range []string{Home, Categories, Results, Search, NewListing, NewListingAttr, Draft, Profile, EditProfile, MyListings, Favorites, Login, Signup,
		Callback, Logout, Terms, Privacy, Contact, About, Help, CheckLink, Leave, CategoryPattern, ListingPattern, EditListingPattern, SoldPattern, ReservePattern, RenewPattern,
		DeletePattern, FavoritePattern, PublicProfilePattern} {
		if !strings.HasPrefix(page, "/") || !strings.HasSuffix(page, "/") {
			t.Errorf("page %q", page)
		}
	}
	for _, path := range []string{Feed, Sitemap, Robots, Manifest, Health, Ready, APIListings, APICategories, APIMe, APIListingPattern, PhotoPattern, SitemapSectionPattern, DevSignIn} {
		if !strings.HasPrefix(path, "/") || strings.HasSuffix(path, "/") {
			t.Errorf("path for machines %q", path)
		}
	}
}

func TestQueries(t *testing.T) {
	t.Parallel()
	if got := SignIn(""); got != Login {
		t.Errorf("SignIn of nothing = %q", got)
	}
	back := "/anunt/x-1/?a=1&b=ș#c"
	u, err := url.Parse(SignIn(back))
	if err != nil || u.Path != Login || u.Query().Get("redirect_url") != back || len(u.Query()) != 1 || u.Fragment != "" {
		t.Errorf("SignIn(%q) = %q, %v", back, u, err)
	}
	if got := WithQuery(Results, nil); got != Results {
		t.Errorf("without query: %q", got)
	}
	if got, want := WithQuery(Results, url.Values{"q": {"mașină & co"}, "judet": {"CJ"}}), "/anunturi/?judet=CJ&q=ma%C8%99in%C4%83+%26+co"; got != want {
		t.Errorf("WithQuery = %q, want %q", got, want)
	}
}
