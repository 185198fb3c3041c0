package handlers

import (
	"bytes"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What was understood of an address is understood again, and the database takes it.
func FuzzParseSearch(f *testing.F) {
	for _, query := range []string{
		"q=golf+7&pret_min=1.250,50&pret_max=2000&moneda=eur", "categorie=autoturisme&atribut_marca=Dacia&atribut_marca=BMW&atribut_km_max=100.000+km&atribut_an=2015",
		"judet=Cluj&localitate=Turda&raza=20&sort=aproape", "localitate=sector+3&judet=B&stare=NOU", "categorie=piese-autoturisme&atribut_cod_piesa=%25_%27&sort=ieftine&dupa=AAAA",
		"q=%00%ff&judet=%00&localitate=%ff&raza=-1&pret_min=gratis&pret_max=9e9&moneda=USD&stare=x&sort=x", "atribut_=&atribut_x=1&categorie=biciclete",
		"q=golf+7+diesel+sub+9000+euro+cluj+fara+avariate&sort=potrivire", "q=apartament+2+camere+max+70.000+euro+-garsoniera+-%22parter+inalt%22&judet=B", "q=%22a+b&citit=x&viu=da&exact=nu",
		"pret_min=10&pret_max=0&atribut_an_min=9&atribut_an_max=3", "vanzator=FIRMA&cu_poze=da&publicat=7z&atribut_marca=Dacia&aspect=lista", "q=schimb+masina+cu+teren+langa+brasov+pret+intre+5000+si+3000+lei",
	} {
		f.Add(query)
	}
	store := newTestSite(f).store
	f.Fuzz(func(t *testing.T, query string) {
		q, _ := url.ParseQuery(query) // what cannot be decoded is left out, as by queryValues
		q.Del(paramLive)              // what is being typed is read once it is sent
		ls := readWords(store.Catalog(), q)
		again := readWords(store.Catalog(), ls.values)
		if diff := cmp.Diff(ls.values, again.values); diff != "" || slices.ContainsFunc(again.notices, func(n string) bool { return !slices.Contains(ls.notices, n) }) {
			t.Errorf("%q is understood otherwise the second time: %v\n%s", query, again.notices, diff)
		}
		if _, _, err := store.Listings(t.Context(), ls.filter, ls.after, 1); err != nil {
			t.Errorf("%q: %v", query, err)
		}
		if _, err := store.CountListings(t.Context(), ls.filter); err != nil {
			t.Errorf("count %q: %v", query, err)
		}
	})
}

// A path that is taken for local stays on the site even where a browser drops or turns characters before it reads it.
func FuzzIsLocalPath(f *testing.F) {
	for _, target := range []string{"/", "/anunturi/?q=a%20b#c", "//evil.ro", "/\\evil.ro", "/\t/evil.ro", "/%2f/evil.ro", "/./../x", "https://evil.ro", "/a//b", "/?x=//evil.ro", "/\u2028x", "/%5cevil.ro"} {
		f.Add(target)
	}
	base, err := url.Parse(testOrigin)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, target string) {
		if !isLocalPath(target) {
			return
		}
		seen := strings.NewReplacer("\t", "", "\r", "", "\n", "", "\\", "/").Replace(strings.TrimFunc(target, func(r rune) bool { return r <= ' ' }))
		resolved, err := base.Parse(seen)
		if err != nil || resolved.Host != base.Host || resolved.Scheme != base.Scheme || strings.HasPrefix(seen, "//") {
			t.Errorf("%q leads to %v, %v", target, resolved, err)
		}
	})
}

func FuzzFormReader(f *testing.F) {
	part := func(disposition, body string) string {
		return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + body + "\r\n"
	}
	for _, body := range []string{
		part(`name="titlu"`, "Bicicletă") + part(`name="fotografii"; filename="a.jpg"`, "\xff\xd8\xff") + "--b--\r\n",
		part(`name="titlu"`, strings.Repeat("ș", maxFieldBytes)) + "--b--", part(`name="fotografii"; filename=""`, "") + "--b--",
		part(`filename*=utf-8''%c8`, "x"), part(`name=`, "x") + "--b--", "--b\r\n\r\n", "--b", "",
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		files := 0
		r := formReader{values: url.Values{}, onFile: func(_ string, file io.Reader) error {
			files++
			n, err := io.Copy(io.Discard, file)
			if n > int64(len(body)) {
				t.Errorf("a file of %d bytes in a body of %d", n, len(body))
			}
			return err
		}}
		rest := bytes.NewReader(body)
		if err := r.read(rest, "b"); err == nil && rest.Len() > 0 {
			t.Errorf("%d bytes are left for the next request", rest.Len())
		} else if errors.Is(err, io.EOF) {
			t.Error("the end of the body is no error, or io.ErrUnexpectedEOF")
		}
		fields, size := 0, 0
		for _, values := range r.values {
			for _, v := range values {
				fields, size = fields+1, size+len(v)
				if len(v) > maxFieldBytes {
					t.Errorf("a field of %d bytes", len(v))
				}
			}
		}
		if fields+files > maxFields || size > maxPlainForm {
			t.Errorf("%d fields of %d bytes and %d files", fields, size, files)
		}
	})
}
