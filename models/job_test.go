package models

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"
)

const testLease = 2 * time.Minute

// claim takes what is due of the kind "test".
func claim(t *testing.T, s *Store, limit int) []Job {
	t.Helper()
	jobs, err := s.ClaimJobs(t.Context(), []string{"test", "other"}, limit, testLease)
	if err != nil {
		t.Fatal(err)
	}
	return jobs
}

func mustEnqueue(t *testing.T, s *Store, j NewJob) {
	t.Helper()
	j.Kind = "test"
	if err := s.Enqueue(t.Context(), j); err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestJobsAreDoneInTurn(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		mustEnqueue(t, s, NewJob{Payload: 1, RunAt: clock.at.Add(time.Hour)})
		mustEnqueue(t, s, NewJob{Payload: 2})
		mustEnqueue(t, s, NewJob{Payload: map[string]string{"a": "ț"}})
		jobs := claim(t, s, 10)
		if len(jobs) != 2 || string(jobs[0].Payload) != "2" || string(jobs[1].Payload) != `{"a":"ț"}` || jobs[0].Attempts != 1 || !jobs[0].Deadline.Equal(clock.at.Add(testLease)) {
			t.Fatalf("%+v", jobs)
		}
		if again := claim(t, s, 10); len(again) > 0 {
			t.Errorf("handed out twice: %+v", again)
		}
		for _, j := range jobs {
			must(t, s.FinishJob(t.Context(), j))
		}
		clock.advance(time.Hour)
		if jobs = claim(t, s, 10); len(jobs) != 1 || string(jobs[0].Payload) != "1" {
			t.Errorf("an hour later: %+v", jobs)
		}
	})
}

func TestJobsBelongToTheirChange(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		cause := errors.New("changed my mind")
		err := s.inTx(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			return errors.Join(enqueue(ctx, tx, s.now(), NewJob{Kind: "test"}), cause)
		})
		if !errors.Is(err, cause) || len(claim(t, s, 10)) > 0 {
			t.Errorf("a job of a change that did not happen; %v", err)
		}
		if err := s.Enqueue(t.Context(), NewJob{Kind: "test", Payload: func() {}}); err == nil {
			t.Error("a payload that is no JSON is accepted")
		}
	})
}

// What is asked for twice is done once, unless it was under way by then.
func TestJobsWithAKey(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, _ *testClock) {
		for range 3 {
			mustEnqueue(t, s, NewJob{Key: "7"})
		}
		mustEnqueue(t, s, NewJob{Key: "8"})
		must(t, s.Enqueue(t.Context(), NewJob{Kind: "other", Key: "7"}))
		jobs := claim(t, s, 10)
		if len(jobs) != 3 {
			t.Fatalf("%d jobs", len(jobs))
		}
		mustEnqueue(t, s, NewJob{Key: "7"})
		for _, j := range jobs {
			must(t, s.FinishJob(t.Context(), j))
		}
		again := claim(t, s, 10)
		if len(again) != 1 || again[0].ID != jobs[0].ID || again[0].Attempts != 1 {
			t.Fatalf("asked for while it was done: %+v", again)
		}
		must(t, s.FinishJob(t.Context(), again[0]))
		if rest := claim(t, s, 10); len(rest) > 0 {
			t.Errorf("%+v", rest)
		}
	})
}

// A machine that dies leaves its jobs to the others; what it still says afterwards changes nothing.
func TestJobsOfADeadMachine(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		mustEnqueue(t, s, NewJob{Payload: 1})
		dead := claim(t, s, 1)[0]
		clock.advance(testLease)
		mine := claim(t, s, 1)
		if len(mine) != 1 || mine[0].Attempts != 2 {
			t.Fatalf("%+v", mine)
		}
		must(t, s.FinishJob(t.Context(), dead))
		must(t, s.RetryJob(t.Context(), dead, clock.at, "late"))
		must(t, s.GiveUpJob(t.Context(), dead, "late"))
		if got := claim(t, s, 1); len(got) > 0 {
			t.Errorf("the dead machine's answer freed %+v", got)
		}
		if counts, err := s.CountJobs(t.Context()); err != nil || counts["test"] != (JobCounts{Waiting: 1}) {
			t.Errorf("%+v, %v", counts, err)
		}
		must(t, s.FinishJob(t.Context(), mine[0]))
		if n := scalar(t, s, "SELECT count(*) FROM jobs"); n != 0 {
			t.Errorf("%d jobs left", n)
		}
	})
}

func TestJobsThatFail(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s *Store, clock *testClock) {
		mustEnqueue(t, s, NewJob{Key: "7"})
		must(t, s.RetryJob(t.Context(), claim(t, s, 1)[0], clock.at.Add(time.Minute), "no\x00 luck\xff"))
		if got := claim(t, s, 1); len(got) > 0 {
			t.Errorf("tried again too early: %+v", got)
		}
		clock.advance(time.Minute)
		last := claim(t, s, 1)[0]
		must(t, s.GiveUpJob(t.Context(), last, "refused"))
		mustEnqueue(t, s, NewJob{Key: "7"}) // the old one does not stand in the way
		counts, err := s.CountJobs(t.Context())
		if err != nil || counts["test"] != (JobCounts{Waiting: 1, Failed: 1}) || last.Attempts != 2 {
			t.Errorf("%+v, %v, attempts %d", counts, err, last.Attempts)
		}
		clock.advance(failedJobLife + time.Second)
		if n, err := s.DeleteFailedJobs(t.Context(), 10); err != nil || n != 1 {
			t.Errorf("forgot %d, %v", n, err)
		}
		if counts, err = s.CountJobs(t.Context()); err != nil || counts["test"] != (JobCounts{Waiting: 1}) {
			t.Errorf("%+v, %v", counts, err)
		}
	})
}

// Two machines with one database: each job is handed out once.
func TestJobsOnTwoMachines(t *testing.T) {
	t.Parallel()
	fresh.Each(t, func(t *testing.T, databaseURL, dataDir string) {
		const jobs = 120
		var machines [2]*Store
		for i := range machines {
			s, err := Open(t.Context(), Options{DatabaseURL: databaseURL, DataDir: dataDir})
			must(t, err)
			defer closeStore(t, s)
			machines[i] = s
		}
		for i := range jobs {
			mustEnqueue(t, machines[i%2], NewJob{Payload: i})
		}
		var mu sync.Mutex
		done := map[string]int{}
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				s := machines[i%2]
				for {
					claimed, err := s.ClaimJobs(t.Context(), []string{"test"}, 5, testLease)
					if err != nil || len(claimed) == 0 {
						if err != nil {
							t.Error(err)
						}
						return
					}
					for _, j := range claimed {
						mu.Lock()
						done[fmt.Sprint(j.ID)]++
						mu.Unlock()
						if err := s.FinishJob(t.Context(), j); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wg.Wait()
		if n := scalar(t, machines[0], "SELECT count(*) FROM jobs"); n != 0 || len(done) != jobs {
			t.Errorf("%d different jobs done, %d left", len(done), n)
		}
		for id, n := range done {
			if n != 1 {
				t.Errorf("job %s was handed out %d times", id, n)
			}
		}
	})
}
