package handlers

import (
	"context"
	"sync"
	"time"

	"piata.ro/models"
)

// countsLife is how long counts by category are shown before they are counted anew in the background.
const countsLife = 10 * time.Second

// countsCache keeps the numbers beside categories and counties; counting reads whole indexes.
type countsCache struct {
	store *models.Store
	now   func() time.Time
	base  context.Context

	mu      sync.Mutex
	value   models.Counts
	at      time.Time
	known   bool
	running bool
	workers sync.WaitGroup
}

func newCountsCache(base context.Context, store *models.Store, now func() time.Time) *countsCache {
	return &countsCache{store: store, now: now, base: base}
}

// get returns the counts; the first call waits for them, later ones get at worst what was true a few seconds ago.
func (cc *countsCache) get(ctx context.Context) (models.Counts, error) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	if !cc.known {
		value, err := cc.store.Counts(ctx)
		if err != nil {
			return models.Counts{}, err
		}
		cc.set(value)
	}
	if cc.now().Sub(cc.at) > countsLife && !cc.running && cc.base.Err() == nil {
		cc.running = true
		cc.workers.Go(cc.refresh)
	}
	return cc.value, nil
}

func (cc *countsCache) set(value models.Counts) {
	cc.value, cc.at, cc.known = value, cc.now(), true
}

func (cc *countsCache) refresh() {
	ctx, cancel := context.WithTimeout(cc.base, pageDeadline)
	defer cancel()
	value, err := cc.store.Counts(ctx)
	cc.mu.Lock()
	defer cc.mu.Unlock()
	cc.running = false
	if err == nil {
		cc.set(value)
	}
}

func (cc *countsCache) wait() { cc.workers.Wait() }
