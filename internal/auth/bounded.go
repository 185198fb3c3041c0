package auth

import "sync"

// bounded is a map that forgets: it holds two generations, and when the young one is full the old one is dropped.
// Between max and 2·max of the newest entries survive.
type bounded[K comparable, V any] struct {
	mu    sync.RWMutex
	max   int
	young map[K]V
	old   map[K]V
}

func newBounded[K comparable, V any](maxEntries int) *bounded[K, V] {
	return &bounded[K, V]{max: maxEntries, young: map[K]V{}}
}

func (b *bounded[K, V]) get(key K) (V, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if v, ok := b.young[key]; ok {
		return v, true
	}
	v, ok := b.old[key]
	return v, ok
}

func (b *bounded[K, V]) put(key K, value V) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.young[key]; !ok && len(b.young) >= b.max {
		b.old, b.young = b.young, make(map[K]V, b.max/4)
	}
	b.young[key] = value
}
