package models

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"piata.ro/internal/apperr"
)

// catalogOnly is the reference data without a database, with made-up category numbers.
func catalogOnly(t testing.TB) *Catalog {
	t.Helper()
	c, _, err := parseReference(referenceFiles)
	if err != nil {
		t.Fatal(err)
	}
	id := int64(0)
	for _, top := range c.Top {
		for _, cat := range append([]*Category{top}, top.Subs...) {
			id++
			cat.ID = id
			c.categoryByID[id] = cat
		}
	}
	return c
}

func TestParseListingFields(t *testing.T) {
	t.Parallel()
	c := catalogOnly(t)
	tests := []struct {
		name   string
		change func(*ListingInput)
		want   []string // fields with an error
	}{
		{"as it is", func(*ListingInput) {}, nil},
		{"nothing", func(in *ListingInput) { *in = ListingInput{} }, []string{"categorie", "titlu", "descriere", "judet"}},

		{"title of 4", func(in *ListingInput) { in.Title = "Masă" }, []string{"titlu"}},
		{"title of 5", func(in *ListingInput) { in.Title = "Ștaif" }, nil},
		{"title of 80 letters with diacritics", func(in *ListingInput) { in.Title = strings.Repeat("ș", 80) }, nil},
		{"title of 81", func(in *ListingInput) { in.Title = strings.Repeat("ș", 81) }, []string{"titlu"}},
		{"title of spaces", func(in *ListingInput) { in.Title = " \t\n\u00a0\u200b " }, []string{"titlu"}},
		{"title of 4 between spaces", func(in *ListingInput) { in.Title = "   Masă   " }, []string{"titlu"}},
		{"title with invalid UTF-8", func(in *ListingInput) { in.Title = "Bicicletă \xff\xfe bună" }, []string{"titlu"}},
		{"title with NUL", func(in *ListingInput) { in.Title = "Bicicletă\x00 bună" }, nil},
		{"title of 10 MB", func(in *ListingInput) { in.Title = strings.Repeat("a", 10<<20) }, []string{"titlu"}},

		{"description of 19", func(in *ListingInput) { in.Description = strings.Repeat("ă", 19) }, []string{"descriere"}},
		{"description of 20", func(in *ListingInput) { in.Description = strings.Repeat("ă", 20) }, nil},
		{"description of 9000", func(in *ListingInput) { in.Description = strings.Repeat("ă", 9000) }, nil},
		{"description of 9001", func(in *ListingInput) { in.Description = strings.Repeat("ă", 9001) }, []string{"descriere"}},
		{"description of 10 MB", func(in *ListingInput) { in.Description = strings.Repeat("a b", 10<<20/3) }, []string{"descriere"}},
		{"description with invalid UTF-8", func(in *ListingInput) { in.Description += "\xc3\x28" }, []string{"descriere"}},
		{"import without description", func(in *ListingInput) { in.Import, in.Description = true, "" }, nil},
		{"import with too long a description", func(in *ListingInput) { in.Import, in.Description = true, strings.Repeat("ă", 9001) }, []string{"descriere"}},

		{"no category", func(in *ListingInput) { in.Category = " " }, []string{"categorie"}},
		{"unknown category", func(in *ListingInput) { in.Category = "nave-spatiale" }, []string{"categorie"}},
		{"category by name", func(in *ListingInput) { in.Category = "Biciclete" }, []string{"categorie"}},
		{"odd bytes for a category", func(in *ListingInput) { in.Category = "\x00\xff'--" }, []string{"categorie"}},

		{"no county", func(in *ListingInput) { in.County = "" }, []string{"judet"}},
		{"unknown county", func(in *ListingInput) { in.County = "XX" }, []string{"judet"}},
		{"no place", func(in *ListingInput) { in.Locality = "" }, []string{"localitate"}},
		{"unknown place", func(in *ListingInput) { in.Locality = "Atlantida" }, []string{"localitate"}},
		{"place of another county", func(in *ListingInput) { in.County = "IS" }, []string{"localitate"}},
		{"odd bytes for a place", func(in *ListingInput) { in.Locality = "Tur\x00da\xff" }, []string{"localitate"}},

		{"condition new", func(in *ListingInput) { in.Category, in.Condition, in.Attributes = "unelte-si-bricolaj", "nou", nil }, nil},
		{"condition with capital", func(in *ListingInput) {
			in.Category, in.Condition, in.Attributes = "unelte-si-bricolaj", "Folosit ", nil
		}, nil},
		{"condition unknown", func(in *ListingInput) {
			in.Category, in.Condition, in.Attributes = "unelte-si-bricolaj", "stricat", nil
		}, []string{"stare"}},
		{"condition where the category has its own", func(in *ListingInput) { in.Condition = "stricat" }, nil},

		{"currency unknown", func(in *ListingInput) { in.Currency = "USD" }, []string{"moneda"}},
		{"currency in small letters", func(in *ListingInput) { in.Currency = " eur " }, nil},
		{"no currency", func(in *ListingInput) { in.Currency = "" }, nil},

		{"required attribute missing", func(in *ListingInput) { delete(in.Attributes, "tip") }, []string{"atribut_tip"}},
		{"required attribute of spaces", func(in *ListingInput) { in.Attributes["tip"] = " \u200b" }, []string{"atribut_tip"}},
		{"own condition missing", func(in *ListingInput) { delete(in.Attributes, "stare") }, []string{"atribut_stare"}},
		{"import without attributes", func(in *ListingInput) { in.Import, in.Attributes = true, nil }, nil},
		{"import with a wrong attribute", func(in *ListingInput) { in.Import = true; in.Attributes["tip"] = "Avion" }, []string{"atribut_tip"}},
		{"unknown option", func(in *ListingInput) { in.Attributes["tip"] = "Avion" }, []string{"atribut_tip"}},
		{"option without diacritics", func(in *ListingInput) { in.Attributes["tip"] = "oras" }, nil},
		{"optional select empty", func(in *ListingInput) { in.Attributes["roata"] = "" }, nil},
		{"unknown attribute", func(in *ListingInput) { in.Attributes["aripi"] = "2" }, []string{"atribut_aripi"}},
		{"unknown attribute left empty", func(in *ListingInput) { in.Attributes["aripi"] = " " }, nil},
		{"text of 100", func(in *ListingInput) { in.Attributes["marca"] = strings.Repeat("ă", 100) }, nil},
		{"text of 101", func(in *ListingInput) { in.Attributes["marca"] = strings.Repeat("ă", 101) }, []string{"atribut_marca"}},
		{"text of 10 MB", func(in *ListingInput) { in.Attributes["marca"] = strings.Repeat("x", 10<<20) }, []string{"atribut_marca"}},

		{"all wrong at once", func(in *ListingInput) {
			*in = ListingInput{Category: "biciclete", Title: "Hm", Description: "scurt", Price: "mult", County: "CJ", Locality: "Nicăieri", Attributes: map[string]string{"tip": "Avion"}}
		}, []string{"titlu", "descriere", "pret", "localitate", "atribut_tip", "atribut_stare"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := bicycle()
			tt.change(&in)
			d, errs := c.ParseListing(in)
			got := slices.Sorted(maps.Keys(errs))
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Fatalf("errors %v, want for %v", errs, tt.want)
			}
			for field, sentence := range errs {
				if sentence == "" || len(sentence) > 300 {
					t.Errorf("%s: sentence %q", field, sentence)
				}
			}
			if len(errs) == 0 && !in.Import {
				if err := d.Validate(); err != nil {
					t.Errorf("a draft without errors is refused: %v", err)
				}
			}
		})
	}
}

func TestParseListingTopCategory(t *testing.T) {
	t.Parallel()
	in := bicycle()
	c := catalogOnly(t)
	in.Category = c.Category("biciclete").Top().Slug
	if _, errs := c.ParseListing(in); !strings.Contains(errs[FieldCategory], "subcategorie") {
		t.Errorf("errors %v, want one that asks for a subcategory", errs)
	}
}

func TestParseListingPrice(t *testing.T) {
	t.Parallel()
	c := catalogOnly(t)
	ron := func(minor int64) *Money { return &Money{minor, RON} }
	tests := []struct {
		price, currency string
		want            *Money // nil means refused
	}{
		{"1250", "", ron(125000)},
		{"1.250", "RON", ron(125000)},
		{"1250,50", "RON", ron(125050)},
		{"1250.5", "RON", ron(125050)},
		{"1.250,50", "RON", ron(125050)},
		{"1 250 lei", "RON", ron(125000)},
		{"1\u00a0250 lei", "RON", ron(125000)},
		{"1250 RON", "EUR", ron(125000)}, // what stands beside the number counts
		{"12.500 €", "RON", &Money{1250000, EUR}},
		{"300", "EUR", &Money{30000, EUR}},
		{"gratis", "RON", ron(0)},
		{"Gratuit", "EUR", &Money{0, EUR}},
		{"0", "RON", ron(0)},
		{"100000000", "RON", ron(MaxPriceMinor)},
		{"100.000.000,01", "RON", nil},
		{"100000001", "RON", nil},
		{"99999999999999999999999", "RON", nil},
		{"-5", "RON", nil},
		{"1,255", "RON", ron(125500)},
		{"12,555,1", "RON", nil},
		{"1.2555", "RON", nil},
		{"o mie", "RON", nil},
		{"negociabil", "RON", nil},
		{"10-20", "RON", nil},
		{"1e5", "RON", nil},
		{"NaN", "RON", nil},
		{"0x10", "RON", nil},
		{"5 5", "RON", nil},
		{"٣٠٠", "RON", nil},
		{strings.Repeat("9", 10<<20), "RON", nil},
	}
	for _, tt := range tests {
		in := bicycle()
		in.Price, in.Currency = tt.price, tt.currency
		d, errs := c.ParseListing(in)
		shown := tt.price[:min(len(tt.price), 30)]
		if tt.want == nil {
			if errs[FieldPrice] == "" || len(errs) != 1 {
				t.Errorf("price %q: %v, errors %v; want it refused", shown, d.Price, errs)
			}
			continue
		}
		if diff := cmp.Diff(tt.want, d.Price); diff != "" || len(errs) > 0 {
			t.Errorf("price %q: errors %v (-want +got)\n%s", shown, errs, diff)
		}
	}
}

func TestParseListingPriceOptional(t *testing.T) {
	t.Parallel()
	c := catalogOnly(t)
	tests := []struct {
		category string
		optional bool
	}{
		{"horeca", true}, {"it-si-telecom", true}, {"biciclete", false}, {"apartamente-de-vanzare", false},
	}
	for _, tt := range tests {
		in := bicycle()
		in.Category, in.Price, in.Import, in.Attributes = tt.category, "  ", true, nil
		d, errs := c.ParseListing(in)
		if (errs[FieldPrice] == "") != tt.optional || d.Price != nil {
			t.Errorf("%s without price: %v, errors %v", tt.category, d.Price, errs)
		}
	}
}

func TestParseListingCleansText(t *testing.T) {
	t.Parallel()
	in := bicycle()
	in.Title = "\u202eBicicletă\u202c \x00 de  \tora\u015f\u200b "
	in.Description = "  Cadru\r\nde o\u0163el,\n\n\n\nfrâne\x07 noi.\u2067  "
	in.Attributes["marca"] = "Pe\u202egas\x00"
	d, errs := catalogOnly(t).ParseListing(in)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if want := "Bicicletă de oraș"; d.Title != want {
		t.Errorf("title %q, want %q", d.Title, want)
	}
	if want := "Cadru\nde oțel,\n\nfrâne noi."; d.Description != want {
		t.Errorf("description %q, want %q", d.Description, want)
	}
	for _, v := range d.Attributes {
		if v.Key == "marca" && v.TextValue != "Pegas" {
			t.Errorf("marca %q", v.TextValue)
		}
	}
}

func TestParseListingPlaces(t *testing.T) {
	t.Parallel()
	c := catalogOnly(t)
	tests := []struct{ county, name, want string }{
		{"CJ", "Turda", "Turda"},
		{"CJ", "turda", "Turda"},
		{"cj", "CLUJ NAPOCA", "Cluj-Napoca"},
		{"Cluj", "cluj-napoca", "Cluj-Napoca"},
		{"IS", "Iași", "Iași"},
		{"IS", "Ia\u015fi", "Iași"},
		{"IS", "iasi", "Iași"},
		{"B", "București", "București"},
		{"B", "Sector 3", "București, Sector 3"},
		{"B", "sectorul 3", "București, Sector 3"},
		{"B", "București, Sector 3", "București, Sector 3"},
		{"B", "bucuresti sectorul 6", "București, Sector 6"},
		{"B", "Sector 7", ""},
		{"CJ", "Sector 3", ""},
	}
	for _, tt := range tests {
		in := bicycle()
		in.County, in.Locality = tt.county, tt.name
		d, errs := c.ParseListing(in)
		got := ""
		if d.Locality != nil {
			got = d.Locality.Name
		}
		if got != tt.want || (tt.want == "") != (errs[FieldLocality] != "") {
			t.Errorf("%s, %s: %q, errors %v; want %q", tt.county, tt.name, got, errs, tt.want)
		}
	}
}

func TestParseListingOwnCondition(t *testing.T) {
	t.Parallel()
	c := catalogOnly(t)
	tests := []struct {
		category, option string
		want             Condition
	}{
		{"biciclete", "Nou", ConditionNew},
		{"biciclete", "Ca nou", ConditionUsed},
		{"biciclete", "Pentru piese", ConditionUsed},
		{"haine-dama", "Nou cu etichetă", ConditionNew},
		{"haine-dama", "nou fara eticheta", ConditionNew},
		{"piese-autoturisme", "Nouă", ConditionNew},
		{"piese-autoturisme", "Second-hand", ConditionUsed},
	}
	for _, tt := range tests {
		in := bicycle()
		in.Category, in.Condition, in.Attributes, in.Import = tt.category, "folosit", map[string]string{"stare": tt.option}, true
		d, errs := c.ParseListing(in)
		if len(errs) > 0 || d.Condition != tt.want {
			t.Errorf("%s, %s: condition %q, errors %v; want %q", tt.category, tt.option, d.Condition, errs, tt.want)
		}
	}
	in := bicycle()
	in.Category, in.Condition, in.Attributes = "unelte-si-bricolaj", "nou", nil
	if d, errs := c.ParseListing(in); len(errs) > 0 || d.Condition != ConditionNew {
		t.Errorf("general condition: %q, %v", d.Condition, errs)
	}
}

func FuzzParseListing(f *testing.F) {
	in := bicycle()
	f.Add(in.Category, in.Title, in.Description, in.Price, in.County, in.Locality, "Oraș", "28")
	f.Add("autoturisme", "\xff", "\x00", "-1", "B", "sector 3", "", "1.5")
	c := catalogOnly(f)
	f.Fuzz(func(t *testing.T, category, title, description, price, county, locality, kind, wheel string) {
		d, errs := c.ParseListing(ListingInput{Category: category, Title: title, Description: description, Price: price,
			County: county, Locality: locality, Attributes: map[string]string{"tip": kind, "roata": wheel, "stare": "Nou"}})
		if len(errs) == 0 {
			if err := d.Validate(); err != nil {
				t.Fatalf("accepted and then refused: %v", err)
			}
			if strings.ContainsAny(d.Title, "\x00\n\u202e") || strings.ContainsAny(d.Description, "\x00\u202e") {
				t.Fatalf("unclean text: %q, %q", d.Title, d.Description)
			}
		}
	})
}

func TestValidateRefusesNonsense(t *testing.T) {
	t.Parallel()
	c := catalogOnly(t)
	tests := []struct {
		name   string
		change func(*ListingDraft)
		field  string
	}{
		{"no category", func(d *ListingDraft) { d.Category = nil }, "categorie"},
		{"top category", func(d *ListingDraft) { d.Category = d.Category.Top() }, "categorie"},
		{"no place", func(d *ListingDraft) { d.Locality = nil }, "localitate"},
		{"short title", func(d *ListingDraft) { d.Title = "Hm" }, "titlu"},
		{"NUL", func(d *ListingDraft) { d.Title = "Bicicletă\x00" }, "titlu"},
		{"long description", func(d *ListingDraft) { d.Description = strings.Repeat("x", 9001) }, "descriere"},
		{"negative price", func(d *ListingDraft) { d.Price = &Money{-1, RON} }, "pret"},
		{"absurd price", func(d *ListingDraft) { d.Price = &Money{MaxPriceMinor + 1, RON} }, "pret"},
		{"no currency", func(d *ListingDraft) { d.Price = &Money{1, ""} }, "pret"},
		{"odd condition", func(d *ListingDraft) { d.Condition = "stricat" }, "stare"},
	}
	for _, tt := range tests {
		d, errs := c.ParseListing(bicycle())
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		tt.change(&d)
		if got := apperr.Field(d.Validate()); got != tt.field {
			t.Errorf("%s: error on %q, want %q", tt.name, got, tt.field)
		}
	}
}
