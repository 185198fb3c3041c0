package auth

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseCookies(t *testing.T) {
	t.Parallel()
	names := newCookieNames("SUF")
	tests := []struct {
		name, header string
		want         cookies
	}{
		{"empty", "", cookies{}},
		{"both sets", "__session=a; __session_SUF=b; __client_uat=1; __client_uat_SUF=2; __refresh_SUF=r",
			cookies{plain: cookieSet{session: "a", uat: "1"}, suffixed: cookieSet{session: "b", uat: "2"}, refresh: "r"}},
		{"first wins", "__session=a; __session=b", cookies{plain: cookieSet{session: "a"}}},
		{"first wins though empty", "__session=; __session=b", cookies{}},
		{"decoded", "__session=a%2Eb", cookies{plain: cookieSet{session: "a.b"}}},
		{"encoded semicolon is no cookie", "x=1%3B__session%3Devil; __client_uat=5", cookies{plain: cookieSet{uat: "5"}}},
		{"encoded semicolon in our value", "__session=x%3B__client_uat%3D7", cookies{plain: cookieSet{session: "x;__client_uat=7"}}},
		{"broken escape stays", "__session=a%zz", cookies{plain: cookieSet{session: "a%zz"}}},
		{"not UTF-8 stays", "__session=a%ff", cookies{plain: cookieSet{session: "a%ff"}}},
		{"plus is a plus", "__session=a+b", cookies{plain: cookieSet{session: "a+b"}}},
		{"equals inside", "__session=a=b", cookies{plain: cookieSet{session: "a=b"}}},
		{"unsuffixed refresh is ignored", "__refresh=r", cookies{}},
		{"other suffix is ignored", "__session_OTHER=x", cookies{}},
		{"handshake", "__clerk_handshake=h;__clerk_handshake_nonce=n;__clerk_redirect_count=2",
			cookies{handshake: "h", nonce: "n", redirectCount: "2"}},
		{"no equals", "__session; __client_uat=3", cookies{plain: cookieSet{uat: "3"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := parseCookies(tt.header, &names)
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(cookies{}, cookieSet{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUsesSuffixed(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	issued := func(iss string, iat float64) *facts {
		return &facts{iss: iss, hasIssuer: true, iat: number{value: iat, isPresent: true, isValid: true},
			exp: number{value: iat + 60, isPresent: true, isValid: true}}
	}
	ours, old := issued("ours", 1_800_000_000), issued("ours", 1_700_000_000)
	foreign := issued("theirs", 1_800_000_000)
	with := func(s, u, ss, su string) cookies {
		return cookies{plain: cookieSet{session: s, uat: u}, suffixed: cookieSet{session: ss, uat: su}}
	}
	tests := []struct {
		name            string
		cookies         cookies
		plain, suffixed *facts
		isDevelopment   bool
		want            bool
	}{
		{"1: undecodable", with("x", "1", "y", "1"), nil, ours, false, false},
		{"1: no issuer", with("x", "1", "y", "1"), &facts{}, ours, false, false},
		{"2: foreign issuer", with("x", "1", "", ""), foreign, nil, false, true},
		{"2: issuer is not a text", with("x", "1", "", ""), &facts{hasIssuer: true}, nil, false, true},
		{"3: no suffixed cookies", with("x", "1", "", ""), ours, nil, false, false},
		{"3: nothing at all", with("", "", "", ""), nil, nil, false, false},
		{"4: the plain one is newer", with("x", "1", "y", "1"), ours, old, false, false},
		{"4: plain uat absent is not 0", with("x", "", "y", "1"), ours, old, false, false},
		{"4 not: plain uat is 0", with("x", "0", "y", "1"), ours, old, false, true},
		{"5: suffixed is signed out", with("x", "1", "", "0"), old, nil, false, false},
		{"5 not: both signed out", with("", "0", "", "0"), nil, nil, false, true},
		{"6: development, suffixed expired", with("", "0", "y", "1"), nil, old, true, false},
		{"6 not: production", with("", "0", "y", "1"), nil, old, false, true},
		{"6 not: undecodable", with("", "0", "y", "1"), nil, nil, true, true},
		{"6 not: fresh", with("", "0", "y", "1"), nil, ours, true, true},
		{"7: suffixed uat absent", with("x", "0", "y", ""), old, ours, false, false},
		{"8: the same token twice", with("x", "1", "x", "1"), ours, ours, false, true},
		{"8: only suffixed", with("", "", "y", "1"), nil, ours, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := usesSuffixed(suffixInput{
				cookies: &tt.cookies, plain: tt.plain, suffixed: tt.suffixed,
				isIssuer: func(iss string) bool { return iss == "ours" }, isDevelopment: tt.isDevelopment, now: now,
			})
			if got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestLeadingInt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int64{
		"": 0, "0": 0, "12": 12, "12abc": 12, "abc": 0, "-5": 0, " 7": 7, "3.9": 3, "99999999999999999999": 999999999999999,
	} {
		if got := leadingInt(in); got != want {
			t.Errorf("leadingInt(%q) = %d, want %d", in, got, want)
		}
	}
}

func FuzzCookies(f *testing.F) {
	production, dev := newSite(f), newSite(f, development)
	f.Add("__session=a; __client_uat=1")
	f.Add("__session=%zz;;; =; __client_uat=9e9; __clerk_redirect_count=-1")
	f.Add("__clerk_handshake=x; __clerk_handshake_nonce=y; __refresh_" + production.instance.CookieSuffix + "=z")
	f.Add("__session=" + production.mint(f, map[string]any{"alg": "none"}, nil) + "; __client_uat=1")
	f.Fuzz(func(t *testing.T, header string) {
		for _, s := range []*site{production, dev} {
			got := s.Authenticate(context.Background(), pageLoad(header))
			if got.State == SignedIn {
				t.Fatalf("%q signed somebody in", header)
			}
			if (got.State == Handshake) != (got.Location != "") && got.Reason != ReasonSessionTokenMissing {
				t.Errorf("%q: state %s, location %q", header, got.State, got.Location)
			}
			if got.Location != "" && !strings.HasPrefix(got.Location, testOrigin+"/") {
				t.Errorf("%q leads to %q", header, got.Location)
			}
			for _, line := range append(got.SetCookies, got.Location) {
				if strings.ContainsAny(line, "\r\n") {
					t.Errorf("%q makes a line break: %q", header, line)
				}
			}
		}
	})
}
