package seed

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"piata.ro/internal/seed/draw"
	"piata.ro/models"
)

// demoAdvert is one row of demo.csv.
type demoAdvert struct {
	draft    models.ListingDraft
	oldPrice *models.Money // before a drop, or nil
	reserved bool
	person   int // row of demo_people.csv
	pictures []draw.Spec
}

// demoSpan is how far back the demo adverts reach.
const demoSpan = 25 * 24 * time.Hour

// Demo posts the hand-written adverts of about twenty demo people, with pictures, over the days before now. Nothing is added
// where something was posted before, so that of several processes that start at once only one adds them.
func Demo(ctx context.Context, store *models.Store, save SavePicture, now time.Time, log *slog.Logger) error {
	began := time.Now()
	people, err := readTable("demo_people.csv")
	if err != nil {
		return err
	}
	adverts, err := readDemo(store.Catalog(), people)
	if err != nil {
		return err
	}
	owners, err := demoOwners(ctx, store, people)
	if err != nil {
		return err
	}
	pictures := newAlbum(save)
	var wanted []draw.Spec
	for _, a := range adverts {
		wanted = append(wanted, a.pictures...)
	}
	if err := pictures.add(ctx, wanted); err != nil {
		return err
	}
	items := make([]models.BulkListing, len(adverts))
	for i, a := range adverts {
		age := float64(len(adverts)-i) / float64(len(adverts))
		items[i] = models.BulkListing{Draft: a.draft, OwnerID: owners[a.person], Photos: pictures.of(a.pictures),
			PublishedAt: now.Add(-time.Duration(math.Pow(age, 1.7) * float64(demoSpan)))}
		if a.oldPrice != nil {
			items[i].Draft.Price = a.oldPrice
		}
	}
	ids, err := store.InsertFirstListings(ctx, items)
	if errors.Is(err, models.ErrNotFirst) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("demo adverts: %w", err)
	}
	if err := tellStories(ctx, store, adverts, items, ids); err != nil {
		return err
	}
	log.InfoContext(ctx, "demo adverts added", slog.Int("listings", len(ids)), slog.Int("pictures", len(pictures.photos)), slog.Duration("took", time.Since(began)))
	return nil
}

func demoOwners(ctx context.Context, store *models.Store, people [][]string) ([]int64, error) {
	ids := make([]int64, len(people))
	for i, p := range people {
		n := strconv.Itoa(i + 1)
		user, err := store.EnsureUser(ctx, models.Identity{ClerkID: "demo_" + n, FirstName: p[0], LastName: p[1],
			Email: "demo" + n + "@example.com", EmailVerified: true})
		if err != nil {
			return nil, fmt.Errorf("demo person %s: %w", n, err)
		}
		home := store.Catalog().Locality(p[3], store.Catalog().County(p[2]))
		if err := store.UpdateProfile(ctx, user.ID, models.Profile{Locality: home}); err != nil {
			return nil, fmt.Errorf("demo person %s: %w", n, err)
		}
		ids[i] = user.ID
	}
	return ids, nil
}

// readDemo returns the adverts in the order of publication: mixed, the newest ones with pictures.
func readDemo(catalog *models.Catalog, people [][]string) ([]demoAdvert, error) {
	rows, err := readTable("demo.csv")
	if err != nil {
		return nil, err
	}
	adverts := make([]demoAdvert, len(rows))
	for i, row := range rows {
		if adverts[i], err = parseDemo(catalog, people, row); err != nil {
			return nil, fmt.Errorf("demo.csv, %q: %w", row[1], err)
		}
	}
	rng := rand.New(rand.NewPCG(2026, 11))
	rng.Shuffle(len(adverts), func(i, j int) { adverts[i], adverts[j] = adverts[j], adverts[i] })
	newest := len(adverts) - 30
	late, early := adverts[newest:], adverts[:newest]
	for i := range late {
		if len(late[i].pictures) == 0 {
			j := slices.IndexFunc(early, func(a demoAdvert) bool { return len(a.pictures) > 0 })
			late[i], early[j] = early[j], late[i]
			early = early[j+1:]
		}
	}
	return adverts, nil
}

// parseDemo reads categorie|titlu|pret|semne|persoana|loc|poze|atribute|descriere.
func parseDemo(catalog *models.Catalog, people [][]string, row []string) (demoAdvert, error) {
	var a demoAdvert
	n, err := strconv.Atoi(row[4])
	if err != nil || n < 1 || n > len(people) {
		return a, fmt.Errorf("no person %q", row[4])
	}
	a.person = n - 1
	in := models.ListingInput{Category: row[0], Title: row[1], Price: row[2], Attributes: parsePairs(row[7]), Description: row[8],
		County: people[a.person][2], Locality: people[a.person][3]}
	if county, locality, found := strings.Cut(row[5], " "); found {
		in.County, in.Locality = county, locality
	}
	for flag := range strings.FieldsSeq(row[3]) {
		old, dropped := strings.CutPrefix(flag, "era=")
		switch {
		case dropped:
			before := in
			before.Price = old + strings.TrimLeft(row[2], "0123456789.,")
			draft, _ := catalog.ParseListing(before)
			a.oldPrice = draft.Price
		case flag == "neg":
			in.Negotiable = true
		case flag == "rez":
			a.reserved = true
		default:
			in.Condition = flag
		}
	}
	draft, problems := catalog.ParseListing(in)
	if len(problems) > 0 {
		return a, fmt.Errorf("not valid: %v", problems)
	}
	a.draft = draft
	for name := range strings.FieldsSeq(row[6]) {
		motif, tone, _ := strings.Cut(name, ":")
		tone, view, _ := strings.Cut(tone, ":")
		closer, _ := strconv.Atoi(view) // "" is the whole thing
		a.pictures = append(a.pictures, spec(motif, toneOf(tone), closer))
	}
	return a, nil
}

// tellStories lowers the prices and makes the reservations that the rows ask for, through the same doors as people.
func tellStories(ctx context.Context, store *models.Store, adverts []demoAdvert, items []models.BulkListing, ids []int64) error {
	for i, a := range adverts {
		owner := items[i].OwnerID
		if a.oldPrice != nil {
			detail, err := store.OwnListing(ctx, owner, ids[i])
			if err != nil {
				return fmt.Errorf("lower a demo price: %w", err)
			}
			sub := models.Submission{Draft: a.draft, OwnerID: owner}
			for _, p := range detail.Photos {
				sub.PhotoIDs = append(sub.PhotoIDs, p.ID)
			}
			if _, err := store.UpdateListing(ctx, ids[i], 0, sub); err != nil {
				return fmt.Errorf("lower a demo price: %w", err)
			}
		}
		if a.reserved {
			if _, err := store.SetReserved(ctx, owner, ids[i], true); err != nil {
				return fmt.Errorf("reserve a demo advert: %w", err)
			}
		}
	}
	return nil
}
