package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const phoneAgent = "Mozilla/5.0 (Linux; Android 14) Chrome/140 Mobile"

// TestSeenAndNear: the front page shows a browser what it looked at and what is new where it searched, and others nothing of that.
func TestSeenAndNear(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	seller := site.as(t, "Ioana")
	address, id := seller.publish(t, bicycleForm())
	seller.with("User-Agent", phoneAgent).get(t, address).status(t, http.StatusOK)
	if seller.cookies[seenCookie] != "" {
		t.Error("an own listing counts as seen")
	}

	visitor := site.visitor().with("User-Agent", phoneAgent)
	visitor.get(t, "/").doc(t).HasNot(t, ".home__seen, .home__near")
	for range 2 { // the second one is a kept page
		visitor.get(t, address).status(t, http.StatusOK)
	}
	if got := visitor.cookies[seenCookie]; got != id {
		t.Errorf("seen %q, want %q", got, id)
	}
	visitor.get(t, "/anunturi/?judet=CJ").status(t, http.StatusOK)
	home := visitor.get(t, "/").status(t, http.StatusOK).doc(t)
	home.Has(t, ".home__seen .card", "1.250 lei")
	home.Has(t, ".home__near .card", "1.250 lei")
	home.Has(t, ".home__near a[href='/anunturi/?judet=CJ']", "Cluj")
	site.visitor().get(t, "/").doc(t).HasNot(t, ".home__seen, .home__near")

	robot := site.visitor().with("User-Agent", "Googlebot/2.1")
	robot.get(t, address).status(t, http.StatusOK)
	if len(robot.cookies) > 0 {
		t.Errorf("a machine got %v", robot.cookies)
	}

	for _, forged := range []string{"x", "..", strings.Repeat("1.", 500), id + ".999999999999999999999.-1.0.999", "' OR 1"} {
		visitor.cookies[seenCookie] = forged
		visitor.cookies[countyCookie] = forged
		visitor.get(t, "/").status(t, http.StatusOK).doc(t).HasNot(t, ".home__near")
	}
	seller.post(t, "/anunt/"+id+"/sterge/", nil).status(t, http.StatusSeeOther)
	visitor.cookies[seenCookie], visitor.cookies[countyCookie] = id, "CJ"
	visitor.get(t, "/").doc(t).HasNot(t, ".home__seen, .home__near")
	visitor.post(t, "/auth/clerk/logout/", nil).status(t, http.StatusSeeOther)
	if visitor.cookies[seenCookie]+visitor.cookies[countyCookie] != "" {
		t.Error("signing out leaves what was looked at")
	}
}

// TestNearTheProfile: the place of the profile comes before the county searched last.
func TestNearTheProfile(t *testing.T) {
	t.Parallel()
	site := newTestSite(t)
	site.as(t, "Ioana").publish(t, bicycleForm())
	ana := site.as(t, "Ana")
	ana.get(t, "/").status(t, http.StatusOK).doc(t).HasNot(t, ".home__near")
	ana.post(t, "/profil/editare/", url.Values{"nume": {"Ana"}, "judet": {"CJ"}, "localitate": {"Turda"}}).status(t, http.StatusSeeOther)
	ana.cookies[countyCookie] = "TL"
	ana.get(t, "/").doc(t).Has(t, ".home__near h2 + a", "Turda")
}
