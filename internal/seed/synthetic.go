package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"piata.ro/internal/seed/draw"
	"piata.ro/models"
)

// Options says how much Synthetic makes.
type Options struct {
	Listings int
	Seed     uint64         // the same seed gives the same listings
	Now      time.Time      // the newest listing is a moment older
	Progress func(done int) // called now and then; nil for nobody
	Save     SavePicture    // nil for no pictures
}

// How the listings are spread.
const (
	syntheticBatch   = 400
	syntheticSpan    = 29 * 24 * time.Hour // younger than a listing's life, so that nothing expires the next minute
	pictureShare     = .7
	listingsPerOwner = 50
	maxOwners        = 2000
	minOwners        = 20
)

// batch is what the generator hands to the writer.
type batch struct {
	items    []models.BulkListing // without photos
	pictures [][]draw.Spec
	err      error
}

// Synthetic posts o.Listings listings, oldest first. One goroutine invents a batch while the other stores the one before; memory holds two.
func Synthetic(ctx context.Context, store *models.Store, o Options) error {
	owners, err := syntheticOwners(ctx, store, o)
	if err != nil {
		return err
	}
	g, err := newGenerator(store.Catalog(), o.Seed)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := make(chan batch)
	go func() {
		defer close(batches)
		for first := 0; first < o.Listings; first += syntheticBatch {
			b := g.batch(first, min(syntheticBatch, o.Listings-first), owners, o)
			select {
			case batches <- b:
			case <-ctx.Done():
				return
			}
		}
	}()
	err = storeBatches(ctx, store, o, batches)
	cancel()
	for range batches { // until the generator has ended
	}
	return err
}

func storeBatches(ctx context.Context, store *models.Store, o Options, batches <-chan batch) error {
	pictures, done := newAlbum(o.Save), 0
	for b := range batches {
		if b.err != nil {
			return b.err
		}
		for i, specs := range b.pictures {
			if err := pictures.add(ctx, specs); err != nil {
				return err
			}
			b.items[i].Photos = pictures.of(specs)
		}
		if _, err := store.InsertListings(ctx, b.items); err != nil {
			return fmt.Errorf("synthetic listings: %w", err)
		}
		done += len(b.items)
		if o.Progress != nil {
			o.Progress(done)
		}
	}
	return ctx.Err()
}

// syntheticOwners makes the people who post; their names follow from the seed too.
func syntheticOwners(ctx context.Context, store *models.Store, o Options) ([]int64, error) {
	names, err := readWords()
	if err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(o.Seed, 1))
	ids := make([]int64, min(maxOwners, max(minOwners, o.Listings/listingsPerOwner)))
	for i := range ids {
		first, last, n := names.pick(rng, "prenume"), names.pick(rng, "nume"), strconv.Itoa(i+1)
		key := fmt.Sprintf("seed_%d_%s", o.Seed, n)
		user, err := store.EnsureUser(ctx, models.Identity{ClerkID: key, FirstName: first, LastName: last,
			Username: first + " " + last + " " + n, Email: key + "@example.com", EmailVerified: true})
		if err != nil {
			return nil, fmt.Errorf("synthetic owner %s: %w", n, err)
		}
		ids[i] = user.ID
	}
	return ids, nil
}
