package models

import (
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/uptrace/bun"

	"piata.ro/internal/search"
	"piata.ro/internal/text"
)

//go:embed reference/*.csv
var referenceFiles embed.FS

// loadReference brings the tables of categories and places up to date with the embedded files, when those changed, and returns them in memory.
func (s *Store) loadReference(ctx context.Context) (*Catalog, error) {
	c, hash, err := parseReference(referenceFiles)
	if err != nil {
		return nil, fmt.Errorf("reference data: %w", err)
	}
	var stored string
	err = s.read.NewRaw("SELECT value FROM settings WHERE name = 'reference_hash'").Scan(ctx, &stored)
	if err = s.classify(err); err != nil && !isNotFound(err) {
		return nil, fmt.Errorf("read reference hash: %w", err)
	}
	if stored != hash {
		if err := s.storeReference(ctx, c, hash); err != nil {
			return nil, fmt.Errorf("store reference data: %w", err)
		}
	}
	if err := s.readCategoryIDs(ctx, c); err != nil {
		return nil, err
	}
	return c, nil
}

// readCategoryIDs gives the categories in memory the numbers that the database chose.
func (s *Store) readCategoryIDs(ctx context.Context, c *Catalog) error {
	var rows []struct {
		ID   int64
		Slug string
	}
	if err := s.read.NewRaw("SELECT id, slug FROM categories").Scan(ctx, &rows); err != nil {
		return fmt.Errorf("read categories: %w", err)
	}
	for _, row := range rows {
		if cat := c.categories[row.Slug]; cat != nil { // a category that left the files stays for its old listings
			cat.ID = row.ID
			c.categoryByID[row.ID] = cat
		}
	}
	return nil
}

// storeReference inserts and updates; nothing is deleted because listings may refer to it.
func (s *Store) storeReference(ctx context.Context, c *Catalog, hash string) error {
	return s.inLockedTx(ctx, func(tx bun.Tx) error {
		if err := storePlaces(ctx, tx, c); err != nil {
			return err
		}
		if err := storeCategories(ctx, tx, c); err != nil {
			return err
		}
		_, err := tx.NewRaw("INSERT INTO settings (name, value) VALUES ('reference_hash', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", hash).Exec(ctx)
		return err
	})
}

type countyRow struct {
	bun.BaseModel `bun:"table:counties"`
	Code          string `bun:",pk"`
	Name          string
	Slug          string
	Seat          string
	Lat, Lon      float64
	Population    int64
}

type localityRow struct {
	bun.BaseModel `bun:"table:localities"`
	Siruta        int64 `bun:",pk"`
	Name          string
	Slug          string
	CountyCode    string
	Kind          string
	Lat, Lon      float64
	Population    int64
}

func storePlaces(ctx context.Context, tx bun.Tx, c *Catalog) error {
	counties := make([]countyRow, 0, len(c.Counties))
	localities := make([]localityRow, 0, len(c.localities))
	for _, county := range c.Counties {
		counties = append(counties, countyRow{Code: county.Code, Name: county.Name, Slug: county.Slug, Seat: county.Seat, Lat: county.Lat, Lon: county.Lon, Population: county.Population})
		for _, l := range county.Localities {
			localities = append(localities, localityRow{Siruta: l.Siruta, Name: l.Name, Slug: l.Slug, CountyCode: county.Code, Kind: l.Kind, Lat: l.Lat, Lon: l.Lon, Population: l.Population})
		}
	}
	_, err := tx.NewInsert().Model(&counties).On("CONFLICT (code) DO UPDATE").
		Set("name = EXCLUDED.name, slug = EXCLUDED.slug, seat = EXCLUDED.seat, lat = EXCLUDED.lat, lon = EXCLUDED.lon, population = EXCLUDED.population").Exec(ctx)
	if err != nil {
		return fmt.Errorf("counties: %w", err)
	}
	for chunk := range slices.Chunk(localities, 800) {
		_, err := tx.NewInsert().Model(&chunk).On("CONFLICT (siruta) DO UPDATE").
			Set("name = EXCLUDED.name, slug = EXCLUDED.slug, county_code = EXCLUDED.county_code, kind = EXCLUDED.kind, lat = EXCLUDED.lat, lon = EXCLUDED.lon, population = EXCLUDED.population").Exec(ctx)
		if err != nil {
			return fmt.Errorf("localities: %w", err)
		}
	}
	return nil
}

type categoryRow struct {
	bun.BaseModel `bun:"table:categories"`
	ID            int64 `bun:",pk,autoincrement"`
	Slug          string
	Name          string
	ParentID      *int64
	Icon          string
	Position      int
}

type categoryAttributeRow struct {
	bun.BaseModel `bun:"table:category_attributes"`
	CategoryID    int64  `bun:",pk"`
	Key           string `bun:",pk"`
	Label         string
	Kind          string
	Unit          string
	Options       string
	Required      bool
	Filter        bool
	Position      int
}

func storeCategories(ctx context.Context, tx bun.Tx, c *Catalog) error {
	for _, top := range c.Top {
		topID, err := storeCategory(ctx, tx, top, nil)
		if err != nil {
			return err
		}
		for _, sub := range top.Subs {
			id, err := storeCategory(ctx, tx, sub, &topID)
			if err != nil {
				return err
			}
			if err := storeAttributes(ctx, tx, id, sub.Attributes); err != nil {
				return fmt.Errorf("attributes of %s: %w", sub.Slug, err)
			}
		}
	}
	return nil
}

func storeCategory(ctx context.Context, tx bun.Tx, cat *Category, parent *int64) (int64, error) {
	row := categoryRow{Slug: cat.Slug, Name: cat.Name, ParentID: parent, Icon: cat.Icon, Position: cat.Position}
	_, err := tx.NewInsert().Model(&row).On("CONFLICT (slug) DO UPDATE").
		Set("name = EXCLUDED.name, parent_id = EXCLUDED.parent_id, icon = EXCLUDED.icon, position = EXCLUDED.position").Returning("id").Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("category %s: %w", cat.Slug, err)
	}
	return row.ID, nil
}

func storeAttributes(ctx context.Context, tx bun.Tx, categoryID int64, attributes []Attribute) error {
	if len(attributes) == 0 {
		return nil
	}
	rows := make([]categoryAttributeRow, len(attributes))
	for i, a := range attributes {
		rows[i] = categoryAttributeRow{CategoryID: categoryID, Key: a.Key, Label: a.Label, Kind: string(a.Kind), Unit: a.Unit,
			Options: strings.Join(a.Options, "|"), Required: a.Required, Filter: a.Filter, Position: i + 1}
	}
	_, err := tx.NewInsert().Model(&rows).On("CONFLICT (category_id, key) DO UPDATE").
		Set("label = EXCLUDED.label, kind = EXCLUDED.kind, unit = EXCLUDED.unit, options = EXCLUDED.options, required = EXCLUDED.required, filter = EXCLUDED.filter, position = EXCLUDED.position").Exec(ctx)
	return err
}

// parseReference reads the four files and returns them linked together, with a hash of their bytes.
func parseReference(files fs.FS) (*Catalog, string, error) {
	c := &Catalog{
		categories: map[string]*Category{}, categoryByID: map[int64]*Category{}, counties: map[string]*County{},
		localities: map[int64]*Locality{}, bySlug: map[string]*Locality{}, byName: map[string][]*Locality{},
	}
	sum := sha256.New()
	steps := []struct {
		file    string
		columns int
		add     func([]string) error
	}{
		{"judete.csv", 9, c.addCounty},
		{"localitati.csv", 8, c.addLocality},
		{"categorii.csv", 5, c.addCategory},
		{"atribute.csv", 9, c.addAttribute},
	}
	for _, step := range steps {
		data, err := fs.ReadFile(files, "reference/"+step.file)
		if err != nil {
			return nil, "", err
		}
		sum.Write(data)
		r := csv.NewReader(strings.NewReader(string(data)))
		r.FieldsPerRecord = step.columns
		rows, err := r.ReadAll()
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", step.file, err)
		}
		for i, row := range rows[1:] {
			if err := step.add(row); err != nil {
				return nil, "", fmt.Errorf("%s, line %d: %w", step.file, i+2, err)
			}
		}
	}
	c.sort()
	c.reader = sync.OnceValue(func() *search.Reader { return newReader(c) })
	c.attributes = sync.OnceValue(c.allAttributes)
	return c, hex.EncodeToString(sum.Sum(nil)), nil
}

func (c *Catalog) addCounty(row []string) error {
	county := &County{Code: row[0], Name: row[1], Slug: row[2], Seat: row[3]}
	var errs [3]error
	county.Lat, errs[0] = strconv.ParseFloat(row[4], 64)
	county.Lon, errs[1] = strconv.ParseFloat(row[5], 64)
	county.Population, errs[2] = strconv.ParseInt(row[8], 10, 64)
	c.Counties = append(c.Counties, county)
	for _, key := range []string{county.Code, county.Slug, county.Name} {
		c.counties[text.Fold(key)] = county
	}
	return errors.Join(errs[:]...)
}

func (c *Catalog) addLocality(row []string) error {
	county := c.counties[text.Fold(row[3])]
	if county == nil {
		return fmt.Errorf("unknown county %q", row[3])
	}
	l := &Locality{Name: row[1], Slug: row[2], County: county, Kind: row[4]}
	var errs [4]error
	l.Siruta, errs[0] = strconv.ParseInt(row[0], 10, 64)
	l.Lat, errs[1] = strconv.ParseFloat(row[5], 64)
	l.Lon, errs[2] = strconv.ParseFloat(row[6], 64)
	l.Population, errs[3] = strconv.ParseInt(row[7], 10, 64)
	c.localities[l.Siruta] = l
	c.bySlug[l.Slug] = l
	county.Localities = append(county.Localities, l)
	name := foldPlace(l.Name)
	c.byName[name] = append(c.byName[name], l)
	return errors.Join(errs[:]...)
}

func (c *Catalog) addCategory(row []string) error {
	position, err := strconv.Atoi(row[4])
	if err != nil {
		return err
	}
	cat := &Category{Slug: row[0], Name: row[1], Icon: row[3], Position: position}
	c.categories[cat.Slug] = cat
	if row[2] == "" {
		c.Top = append(c.Top, cat)
		return nil
	}
	if cat.Parent = c.categories[row[2]]; cat.Parent == nil {
		return fmt.Errorf("unknown parent %q", row[2])
	}
	cat.Parent.Subs = append(cat.Parent.Subs, cat)
	return nil
}

func (c *Catalog) addAttribute(row []string) error {
	cat := c.categories[row[0]]
	if cat == nil {
		return fmt.Errorf("unknown category %q", row[0])
	}
	a := Attribute{Key: row[1], Label: row[2], Kind: AttributeKind(row[3]), Unit: row[4], Required: row[6] == "da", Filter: row[7] == "da"}
	if a.Kind == KindSelect {
		a.Options = strings.Split(row[5], "|")
	}
	cat.Attributes = append(cat.Attributes, a)
	return nil
}

func (c *Catalog) sort() {
	slices.SortFunc(c.Counties, func(a, b *County) int { return strings.Compare(text.Fold(a.Name), text.Fold(b.Name)) })
	slices.SortFunc(c.Top, func(a, b *Category) int { return cmp.Compare(a.Position, b.Position) })
	populous := func(a, b *Locality) int { return cmp.Compare(b.Population, a.Population) }
	for _, county := range c.Counties {
		slices.SortFunc(county.Localities, populous)
	}
	for _, same := range c.byName {
		slices.SortFunc(same, populous)
	}
}
