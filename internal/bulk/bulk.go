// Package bulk brings many listings in at once, from a CSV file of a dealer or of the site that this one replaces.
package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/mail"
	"slices"
	"strings"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/models"
)

// Options says whose listings they are and where their photos go.
type Options struct {
	Owner     string // e-mail
	BaseDir   string // folder that photo paths are relative to
	SavePhoto func(ctx context.Context, r io.Reader) (models.Photo, error)
	Report    func(line int, reason string) // called for each bad row, in order; nil for nobody
}

// Result counts rows. A skipped row says word for word what a listing of the owner said before the import, so that importing a file
// twice, or again after mending its bad rows, makes nothing twice.
type Result struct {
	Stored, Bad, Skipped int
}

// batchRows is how many rows share a transaction.
const batchRows = 200

// importer is one run of Import.
type importer struct {
	Options
	store   *models.Store
	client  *http.Client
	ownerID int64
	known   map[string][]int64 // listings that the owner had, by what can be compared without reading them
	batch   []models.BulkListing
	result  Result
}

// Import reads rows with the columns titlu, descriere, pret, moneda, categorie, judet, localitate, stare and fotografii, in any order, and
// atribut_<key> for details of the category. It checks every row, stores the good ones and reports the bad ones by their line in the file.
// The error is about the whole: a header that will not do, or a database that fails; what the Result counts as stored is stored even then.
func Import(ctx context.Context, store *models.Store, r io.Reader, o Options) (Result, error) {
	rows, err := newRowReader(r)
	if err != nil {
		return Result{}, err
	}
	im := &importer{Options: o, store: store, client: newClient()}
	defer im.client.CloseIdleConnections()
	if im.Report == nil {
		im.Report = func(int, string) {}
	}
	if err := im.prepare(ctx); err != nil {
		return Result{}, err
	}
	for _, name := range rows.unused {
		im.Report(1, "Coloana „"+name+"” nu este folosită.")
	}
	err = im.run(ctx, rows)
	return im.result, err
}

func (im *importer) run(ctx context.Context, rows *rowReader) error {
	for {
		row, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return im.flush(ctx)
		case errors.Is(err, errMalformed):
			im.refuse(row.line, "Rândul nu poate fi citit: "+err.Error()+".")
			continue
		case err != nil:
			return errors.Join(im.flush(ctx), fmt.Errorf("read rows: %w", err))
		}
		if err := im.add(ctx, row); err != nil {
			return errors.Join(im.flush(context.WithoutCancel(ctx)), err)
		}
	}
}

// add checks one row and puts it into the batch. Its error is not about the row.
func (im *importer) add(ctx context.Context, row row) error {
	draft, problems := im.store.Catalog().ParseListing(im.input(row))
	if len(problems) > 0 {
		im.refuse(row.line, sentences(problems))
		return nil
	}
	same, err := im.have(ctx, draft)
	if err != nil {
		return err
	}
	if same {
		im.result.Skipped++
		return nil
	}
	photos, err := im.photos(ctx, row.fields[models.FieldPhotos])
	if ctx.Err() != nil {
		return fmt.Errorf("import: %w", ctx.Err())
	}
	if err != nil {
		im.refuse(row.line, err.Error())
		return nil
	}
	im.batch = append(im.batch, models.BulkListing{Draft: draft, OwnerID: im.ownerID, Photos: photos})
	if len(im.batch) < batchRows {
		return nil
	}
	return im.flush(ctx)
}

func (im *importer) flush(ctx context.Context) error {
	batch := im.batch
	im.batch = im.batch[:0]
	ids, err := im.store.InsertListings(ctx, batch)
	if err != nil {
		return fmt.Errorf("store rows: %w", err)
	}
	im.result.Stored += len(ids)
	return nil
}

func (im *importer) refuse(line int, reason string) {
	im.result.Bad++
	im.Report(line, reason)
}

// sentences joins what is wrong with a row, in the order of the names of the fields.
func sentences(problems models.FieldErrors) string {
	fields := make([]string, 0, len(problems))
	for field := range problems {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	for i, field := range fields {
		fields[i] = field + ": " + problems[field]
	}
	return strings.Join(fields, " ")
}

// input turns a row into what a person would have typed. Required attributes are asked of the owner later.
func (im *importer) input(row row) models.ListingInput {
	f := row.fields
	in := models.ListingInput{Import: true, Category: strings.ToLower(f[models.FieldCategory]), Title: f[models.FieldTitle], Description: f[models.FieldDescription],
		Price: f[models.FieldPrice], Currency: currency(f[models.FieldCurrency]), County: f[models.FieldCounty], Locality: f[models.FieldLocality],
		Condition: f[models.FieldCondition], Attributes: map[string]string{}}
	for name, value := range f {
		if key, ok := strings.CutPrefix(name, models.AttributePrefix); ok {
			in.Attributes[key] = value
		}
	}
	category := im.store.Catalog().Category(in.Category)
	if category == nil {
		return in
	}
	if own, ok := category.Attribute(models.FieldCondition); ok && in.Attributes[own.Key] == "" {
		in.Attributes[own.Key] = ownCondition(own, in.Condition)
	}
	return in
}

// currency reads what people write for a currency; what it does not know is left for ParseListing to refuse.
func currency(s string) string {
	switch text.Fold(s) {
	case "lei", "leu":
		return string(models.RON)
	case "euro", "€":
		return string(models.EUR)
	}
	return s
}

// ownCondition translates the general column to the options of a category with its own „Stare”. „folosit” says too little to choose one.
func ownCondition(own models.Attribute, condition string) string {
	switch text.Fold(strings.TrimSpace(condition)) {
	case string(models.ConditionUsed):
		return ""
	case string(models.ConditionNew):
		for _, option := range own.Options {
			if strings.HasPrefix(option, "Nou") {
				return option
			}
		}
	}
	return condition
}

// prepare finds or makes the owner and reads what the owner has.
func (im *importer) prepare(ctx context.Context) error {
	address, err := mail.ParseAddress(im.Owner)
	if err != nil || address.Address != strings.TrimSpace(im.Owner) {
		return fmt.Errorf("owner %q is not an e-mail address", im.Owner)
	}
	owner, err := im.store.UserByEmail(ctx, address.Address)
	if apperr.Is(err, apperr.NotFound) {
		// Nobody has signed in with this address yet. The placeholder is found again by the next import, and the store gives it to the person
		// who first signs in with the address verified.
		owner, err = im.store.EnsureUser(ctx, models.Identity{ClerkID: models.ImportedID(address.Address), Email: address.Address})
	}
	if err != nil {
		return fmt.Errorf("owner: %w", err)
	}
	im.ownerID = owner.ID
	return im.readKnown(ctx)
}

// knownPage is how many of the owner's listings are read at a time.
const knownPage = 500

func (im *importer) readKnown(ctx context.Context) error {
	im.known = map[string][]int64{}
	var after models.Cursor
	for {
		page, next, err := im.store.OwnerListings(ctx, im.ownerID, models.StatusActive, after, knownPage)
		if err != nil {
			return fmt.Errorf("read the owner's listings: %w", err)
		}
		for i := range page {
			l := &page[i]
			key := knownKey(l.CategoryID, l.LocalitySiruta, l.Title, l.Price())
			im.known[key] = append(im.known[key], l.ID)
		}
		if next.IsZero() {
			return nil
		}
		after = next
	}
}

func knownKey(category, locality int64, title string, price *models.Money) string {
	key := fmt.Sprintf("%d %d %s ", category, locality, title)
	if price != nil {
		key += price.String()
	}
	return key
}

// have reports whether the owner had this listing before the import.
func (im *importer) have(ctx context.Context, d models.ListingDraft) (bool, error) {
	for _, id := range im.known[knownKey(d.Category.ID, d.Locality.Siruta, d.Title, d.Price)] {
		l, err := im.store.OwnListing(ctx, im.ownerID, id)
		if err != nil {
			return false, fmt.Errorf("compare with listing %d: %w", id, err)
		}
		if l.Description == d.Description {
			return true, nil
		}
	}
	return false, nil
}
