package handlers

import (
	"context"
	"sync"
	"time"

	"piata.ro/models"
)

const (
	// countsLife is how long counts that are dear to make are shown before they are made anew in the background.
	countsLife = 10 * time.Second
	// quickCount is how long counting may take to be done while somebody waits, whenever something has changed.
	quickCount = 10 * time.Millisecond
)

// countsCache keeps the numbers beside categories and counties; counting reads whole indexes.
type countsCache struct {
	store *models.Store
	now   func() time.Time
	base  context.Context

	mu      sync.Mutex
	value   models.Counts
	at      time.Time
	changes int64         // of the store, when the value was made
	took    time.Duration // to make the value
	known   bool
	running bool
	workers sync.WaitGroup
}

func newCountsCache(base context.Context, store *models.Store, now func() time.Time) *countsCache {
	return &countsCache{store: store, now: now, base: base}
}

// get returns the counts: true ones while counting is quick, later what was true a few seconds ago.
func (cc *countsCache) get(ctx context.Context) (models.Counts, error) {
	cc.mu.Lock()
	defer cc.mu.Unlock()
	old := cc.now().Sub(cc.at) > countsLife
	changed := cc.store.Changes() != cc.changes || old
	switch {
	case !cc.known || (changed && cc.took < quickCount):
		err := cc.count(ctx)
		return cc.value, err
	case old && !cc.running && cc.base.Err() == nil:
		cc.running = true
		cc.workers.Go(cc.refresh)
	}
	return cc.value, nil
}

// count makes the value anew; the lock is held.
func (cc *countsCache) count(ctx context.Context) error {
	start, changes := time.Now(), cc.store.Changes()
	value, err := cc.store.Counts(ctx)
	if err == nil {
		cc.set(value, changes, time.Since(start))
	}
	return err
}

func (cc *countsCache) set(value models.Counts, changes int64, took time.Duration) {
	cc.value, cc.changes, cc.took, cc.at, cc.known = value, changes, took, cc.now(), true
}

// refresh makes the value anew while the old one is shown. What goes wrong shows with the next request that must wait.
func (cc *countsCache) refresh() {
	ctx, cancel := context.WithTimeout(cc.base, pageDeadline)
	defer cancel()
	start, changes := time.Now(), cc.store.Changes()
	value, err := cc.store.Counts(ctx)
	cc.mu.Lock()
	defer cc.mu.Unlock()
	cc.running = false
	if err == nil {
		cc.set(value, changes, time.Since(start))
	}
}

func (cc *countsCache) wait() { cc.workers.Wait() }
