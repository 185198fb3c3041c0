package bulk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"piata.ro/models"
)

func openStore(t testing.TB) *models.Store {
	t.Helper()
	store, err := models.Open(t.Context(), models.Options{DataDir: t.TempDir(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// savePhoto takes everything that begins like a picture.
func savePhoto(_ context.Context, r io.Reader) (models.Photo, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return models.Photo{}, err
	}
	if !bytes.HasPrefix(data, []byte("picture")) {
		return models.Photo{}, errors.New("not a readable picture")
	}
	return models.Photo{Hash: fmt.Sprintf("%032x", len(data)), Width: 800, Height: 600}, nil
}

// run imports the file for one owner and returns the lines that were refused with their reasons.
func run(t *testing.T, store *models.Store, file, dir string) (Result, map[int]string) {
	t.Helper()
	reasons := map[int]string{}
	result, err := Import(t.Context(), store, strings.NewReader(file), Options{Owner: "dealer@example.com", BaseDir: dir, SavePhoto: savePhoto,
		Report: func(line int, reason string) { reasons[line] = reason }})
	if err != nil {
		t.Fatal(err)
	}
	return result, reasons
}

const goodRow = "Dacia Logan,Mașină bună de oraș,\"3.500,50\",EUR,autoturisme,CJ,Turda,folosit,\n"

func TestImport(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	result, reasons := run(t, store, header+
		goodRow+
		"Canapea,\"Verde,\nextensibilă\",850,lei,mobila,București,Sector 3,nou,\n"+
		"x,Scurt,abc,RON,autoturisme,CJ,Turda,,\n"+
		"Telefon bun,,100,RON,nu-exista,CJ,Turda,,\n"+
		"Telefon bun,,100,RON,telefoane,CJ,București,,\n"+
		"Telefon bun,,100,RON,telefoane,,,Ca nou,\n"+
		"Telefon bun,,gratis,,telefoane,cluj,cluj-napoca,Ca nou,\n", "")
	if diff := cmp.Diff(Result{Stored: 3, Bad: 4}, result); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for line, want := range map[int]string{5: "pret: Scrie prețul", 6: "categorie: Nu avem", 7: "localitate: Nu găsim", 8: "judet: Alege județul"} {
		if !strings.Contains(reasons[line], want) {
			t.Errorf("line %d: %q, want %q", line, reasons[line], want)
		}
	}
	if len(reasons) != 4 {
		t.Errorf("reasons for %v", reasons)
	}
	car, err := store.Listing(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if car.Price().String() != "3500.50 EUR" || car.Condition != models.ConditionUsed || car.Owner.Email != "dealer@example.com" || car.CountyCode != "CJ" {
		t.Errorf("stored %+v", car)
	}
	sofa, err := store.Listing(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if sofa.Description != "Verde,\nextensibilă" || sofa.Condition != models.ConditionNew || sofa.Price().Currency != models.RON {
		t.Errorf("stored %+v", sofa)
	}
}

func TestImportDetails(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	result, reasons := run(t, store, "titlu;descriere;pret;categorie;judet;localitate;atribut_an;atribut_culoarea;vin\n"+
		"Dacia Logan;Bună;3500;autoturisme;CJ;Turda;2015;;X\n"+
		"Dacia Duster;Bună;3500;autoturisme;CJ;Turda;2015;roșu;X\n", "")
	if diff := cmp.Diff(Result{Stored: 1, Bad: 1}, result); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(reasons[1], "vin") || !strings.Contains(reasons[3], "atribut_culoarea") {
		t.Errorf("reasons %v", reasons)
	}
	l, err := store.Listing(t.Context(), 1)
	if err != nil || len(l.Attributes) != 1 || *l.Attributes[0].NumberValue != 2015 {
		t.Errorf("attributes %+v, %v", l.Attributes, err)
	}
}

func TestImportAgainMakesNothingTwice(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	first, _ := run(t, store, header+goodRow+goodRow, "")
	again, _ := run(t, store, header+goodRow+goodRow+strings.Replace(goodRow, "bună de oraș", "de munte", 1), "")
	if diff := cmp.Diff([]Result{{Stored: 2}, {Stored: 1, Skipped: 2}}, []Result{first, again}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestImportForSomebodyKnown(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	user, err := store.EnsureUser(t.Context(), models.Identity{ClerkID: "user_1", Email: "Dealer@Example.com", FirstName: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	run(t, store, header+goodRow, "")
	l, err := store.Listing(t.Context(), 1)
	if err != nil || l.OwnerID != user.ID {
		t.Errorf("owner %d, %v, want %d", l.OwnerID, err, user.ID)
	}
}

func TestImportRefusesOwner(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	for _, owner := range []string{"", "Ana", "Ana <ana@example.com>"} {
		if _, err := Import(t.Context(), store, strings.NewReader(header), Options{Owner: owner}); err == nil {
			t.Errorf("owner %q is accepted", owner)
		}
	}
}

func TestImportPhotos(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{"a.jpg": "picture a", "b.jpg": "picture bb", "bad.jpg": "text", "big.jpg": "picture" + strings.Repeat("x", maxPhotoBytes)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/ok", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "picture from afar") })
	mux.Handle("/away", http.RedirectHandler("/ok", http.StatusFound))
	mux.Handle("/file", http.RedirectHandler("file:///etc/passwd", http.StatusFound))
	mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusFound))
	mux.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		chunk := bytes.Repeat([]byte("picture "), 8192)
		for range 20 << 20 / len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	store, stored := openStore(t), int64(0)
	for _, tt := range []struct {
		name, photos string
		want         string // reason, or "" for a good row
		count        int
	}{
		{"files in order", "b.jpg a.jpg", "", 2},
		{"absolute path", filepath.Join(dir, "a.jpg"), "", 1},
		{"addresses", server.URL + "/ok  " + server.URL + "/away", "", 2},
		{"none", "", "", 0},
		{"no such file", "a.jpg c.jpg", "„c.jpg” nu a putut fi folosită: fișierul nu există", 0},
		{"a folder", ".", "nu este un fișier", 0},
		{"no picture", "bad.jpg", "not a readable picture", 0},
		{"too big", "big.jpg", "peste 15 MB", 0},
		{"too many", strings.Repeat("a.jpg ", 13), "cel mult 12", 0},
		{"missing address", server.URL + "/none", "serverul a răspuns 404", 0},
		{"endless answer", server.URL + "/endless", "peste 15 MB", 0},
		{"another scheme", "file:///etc/passwd", "http:// sau https://", 0},
		{"redirect to another scheme", server.URL + "/file", "redirects", 0},
		{"redirects without end", server.URL + "/loop", "redirects", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			result, reasons := run(t, store, header+tt.name+strings.Replace(goodRow, ",\n", ","+tt.photos+"\n", 1), dir)
			stored += int64(result.Stored)
			if tt.want != "" {
				if result.Bad != 1 || result.Stored != 0 || !strings.Contains(reasons[2], tt.want) {
					t.Errorf("%+v, %q, want %q", result, reasons[2], tt.want)
				}
				return
			}
			l, err := store.Listing(t.Context(), stored)
			if err != nil || len(l.Photos) != tt.count {
				t.Fatalf("%+v with %v; %d photos, %v, want %d", result, reasons, len(l.Photos), err, tt.count)
			}
			if tt.name == "files in order" && l.CoverHash != fmt.Sprintf("%032x", len("picture bb")) {
				t.Errorf("cover %s, want b.jpg", l.CoverHash)
			}
		})
	}
}

func TestImportStopsWhenCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	store, rows := openStore(t), 0
	result, err := Import(ctx, store, strings.NewReader(header+strings.Repeat(strings.Replace(goodRow, ",\n", ",http://example.invalid/a.jpg\n", 1), 50)),
		Options{Owner: "dealer@example.com", Report: func(int, string) {
			if rows++; rows == 1 {
				cancel()
			}
		}, SavePhoto: savePhoto})
	if !errors.Is(err, context.Canceled) || rows > 1 {
		t.Errorf("%+v, %v after %d reports, want a cancelled import", result, err, rows)
	}
}

func TestImportManyRows(t *testing.T) {
	t.Parallel()
	var file strings.Builder
	file.WriteString(header)
	for i := range 10_000 {
		if i%100 == 50 {
			fmt.Fprintf(&file, "Piesă %d,fără preț,,RON,piese-moto,BV,Brașov,,\n", i)
			continue
		}
		fmt.Fprintf(&file, "Piesă %d,Bună,%d,RON,piese-moto,BV,Brașov,folosit,\n", i, i+1)
	}
	start := time.Now()
	result, reasons := run(t, openStore(t), file.String(), "")
	if diff := cmp.Diff(Result{Stored: 9900, Bad: 100}, result); diff != "" || len(reasons) != 100 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if took := time.Since(start); took > 2*time.Minute {
		t.Errorf("10,000 rows took %v", took)
	} else {
		t.Logf("10,000 rows in %v", took)
	}
}
