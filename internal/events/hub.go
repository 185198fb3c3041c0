// Package events keeps the streams of open pages: who listens, how many may, and how they are woken up, told to end and kept alive. It
// knows neither what is said on them nor how it is stored: each stream reads that from its source whenever it is woken up.
package events

import (
	"errors"
	"slices"
	"sync"
	"time"
)

// Options bound the streams; zero values mean the defaults.
type Options struct {
	PerUser   int           // streams of one person; opening another ends the oldest. 8 by default
	Total     int           // streams of this machine. 5,000 by default
	Heartbeat time.Duration // between signs of life. 20 seconds by default
	Life      time.Duration // after which a stream ends and the page comes back, with its session looked at anew. 5 minutes by default
}

// ErrFull says that this machine has as many streams as it can keep.
var ErrFull = errors.New("too many streams")

// Hub knows the open streams. It is safe for concurrent use.
type Hub struct {
	options Options

	mu     sync.Mutex
	users  map[int64][]*Stream // the oldest first
	total  int
	closed bool
	done   sync.WaitGroup // streams that have not ended
}

// NewHub returns a hub without streams.
func NewHub(o Options) *Hub {
	if o.PerUser == 0 {
		o.PerUser = 8
	}
	if o.Total == 0 {
		o.Total = 5000
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 20 * time.Second
	}
	if o.Life == 0 {
		o.Life = 5 * time.Minute
	}
	return &Hub{options: o, users: map[int64][]*Stream{}}
}

// Open registers a stream of the person in the session; its Serve must be called, or its Close. The error is ErrFull.
func (h *Hub) Open(userID int64, sessionID string) (*Stream, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	mine := h.users[userID]
	if h.closed || (h.total >= h.options.Total && len(mine) < h.options.PerUser) {
		return nil, ErrFull
	}
	if len(mine) >= h.options.PerUser {
		mine[0].end(Replaced)
		h.drop(mine[0])
	}
	s := &Stream{hub: h, userID: userID, sessionID: sessionID, wake: make(chan struct{}, 1), notes: make(chan []byte, 1), ended: make(chan struct{})}
	h.users[userID] = append(h.users[userID], s)
	h.total++
	h.done.Add(1)
	return s, nil
}

// drop forgets the stream; the lock is held.
func (h *Hub) drop(s *Stream) {
	mine := h.users[s.userID]
	for i, other := range mine {
		if other != s {
			continue
		}
		h.total--
		if len(mine) == 1 {
			delete(h.users, s.userID)
			return
		}
		rest := make([]*Stream, 0, len(mine)-1)
		h.users[s.userID] = append(append(rest, mine[:i]...), mine[i+1:]...)
		return
	}
}

// Wake makes the streams of the people look for what is new.
func (h *Hub) Wake(userIDs ...int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range userIDs {
		for _, s := range h.users[id] {
			s.rouse()
		}
	}
}

// WakeAll makes every stream look for what is new, as after signals may have been missed.
func (h *Hub) WakeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, streams := range h.users {
		for _, s := range streams {
			s.rouse()
		}
	}
}

// CatchUp wakes the streams that have not come to the last number of their person, as when nobody lived to wake them.
func (h *Hub) CatchUp(last map[int64]int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, number := range last {
		for _, s := range h.users[id] {
			if s.at.Load() < number {
				s.rouse()
			}
		}
	}
}

// Note sends something passing to the person's streams; who is busy misses it.
func (h *Hub) Note(userID int64, frame []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.users[userID] {
		select {
		case s.notes <- frame:
		default:
		}
	}
}

// EndSessions ends the streams of sessions that are over.
func (h *Hub) EndSessions(sessionIDs ...string) {
	if len(sessionIDs) > 0 {
		h.endWhere(SignedOut, func(s *Stream) bool { return slices.Contains(sessionIDs, s.sessionID) })
	}
}

func (h *Hub) endWhere(why Ending, matches func(*Stream) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, streams := range h.users {
		for _, s := range streams {
			if matches(s) {
				s.end(why)
			}
		}
	}
}

// Online lists the people who have a stream.
func (h *Hub) Online() []int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	ids := make([]int64, 0, len(h.users))
	for id := range h.users {
		ids = append(ids, id)
	}
	return ids
}

// Close ends all streams, lets no new ones in and returns when they have ended.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.endWhere(Stopping, func(*Stream) bool { return true })
	h.done.Wait()
}
