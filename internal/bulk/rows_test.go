package bulk

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const header = "titlu,descriere,pret,moneda,categorie,judet,localitate,stare,fotografii\n"

// read returns the titles by line, and "!" for a record that cannot be read.
func read(t testing.TB, file string) map[int]string {
	t.Helper()
	rows, err := newRowReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	got := map[int]string{}
	for {
		row, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return got
		case errors.Is(err, errMalformed):
			got[row.line] = "!"
		case err != nil:
			t.Fatal(err)
		default:
			got[row.line] = row.fields["titlu"]
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	const short = "titlu,pret,descriere,categorie,judet,localitate\n"
	for _, tt := range []struct {
		name, file string
		want       map[int]string
	}{
		{"only a header", short, map[int]string{}},
		{"no line end at the end", short + "a,1,x,c,j,l", map[int]string{2: "a"}},
		{"mark of byte order", "\uFEFF" + short + "a,1,x,c,j,l\n", map[int]string{2: "a"}},
		{"line ends of Windows", strings.ReplaceAll(short+"a,1,x,c,j,l\nb,1,x,c,j,l\n", "\n", "\r\n"), map[int]string{2: "a", 3: "b"}},
		{"semicolons", strings.ReplaceAll(short+"a,1,x,c,j,l\n", ",", ";"), map[int]string{2: "a"}},
		{"tabs", strings.ReplaceAll(short+"a,1,x,c,j,l\n", ",", "\t"), map[int]string{2: "a"}},
		{"diacritics and capitals in the header", "Titlu;Preț;Descriere;CATEGORIE;Județ;Localitate\na;1;x;c;j;l\n", map[int]string{2: "a"}},
		{"empty lines", short + "\n\na,1,x,c,j,l\n\n", map[int]string{4: "a"}},
		{"description of several lines", short + "a,1,\"x\n\ny, \"\"z\"\"\",c,j,l\nb,1,x,c,j,l\n", map[int]string{2: "a", 5: "b"}},
		{"quotation mark never closed", short + "a,1,\"x,c,j,l\nb,1,x,c,j,l\nc,1,x,c,j,l\n", map[int]string{2: "!", 3: "b", 4: "c"}},
		{"inches", short + "Monitor 27\" curbat,1,x,c,j,l\nb,1,\"x\ny\",c,j,l\n", map[int]string{2: "Monitor 27\" curbat", 3: "b"}},
		{"too many columns", short + "a,1,x,c,j,l,m\nb,1,x,c,j,l,,\n", map[int]string{2: "!", 3: "b"}},
		{"too few columns", short + "a\nb,1,x\n", map[int]string{2: "!", 3: "b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, read(t, tt.file)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHugeRecordIsGivenUp(t *testing.T) {
	t.Parallel()
	got := read(t, header+"\""+strings.Repeat("x", 3*maxRecordBytes)+"\n"+"b,descriere,1,RON,c,j,l,,\n")
	if diff := cmp.Diff(map[int]string{2: "!", 3: "b"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHeader(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, want string }{
		{"empty file", "", "the first line must name the columns"},
		{"one missing", "titlu,descriere,moneda,categorie,judet,localitate\n", `column "pret" is missing`},
		{"another missing", "pret,descriere,categorie,judet,localitate\n", `column "titlu" is missing`},
		{"no header", "Logan,bun,100,RON,autoturisme,CJ,Turda,,\n", `column "titlu" is missing`},
		{"twice", strings.Replace(header, "moneda", "titlu", 1), `column "titlu" stands twice`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := newRowReader(strings.NewReader(tt.file)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func FuzzRows(f *testing.F) {
	f.Add(header + "a,\"b\nc\",1,RON,autoturisme,CJ,Turda,,a.jpg\n")
	f.Add("\uFEFF" + strings.ReplaceAll(header, ",", ";") + "a;\"b;1\r\n\"\"\n\n\"\n")
	f.Add(header + "\"\"\"\n\"\n\"a\"b\",\n")
	f.Fuzz(func(t *testing.T, file string) {
		rows, err := newRowReader(strings.NewReader(file))
		if err != nil {
			return
		}
		lines, last := strings.Count(file, "\n")+1, 1
		for {
			row, err := rows.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if row.line <= last || row.line > lines {
				t.Fatalf("line %d after %d of %d", row.line, last, lines)
			}
			last = row.line
			if err != nil && !errors.Is(err, errMalformed) {
				t.Fatal(err)
			}
		}
	})
}
