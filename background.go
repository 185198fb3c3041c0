package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"time"

	"piata.ro/internal/jobs"
)

const (
	jobBatch  = 200
	photoAge  = 2 * time.Hour // files younger than this may belong to a form that is just being sent
	webpBatch = 8
	workBatch = 50
	mailLanes = 3 // mails on their way at once
	// wordsBatch is how many listings are indexed in one transaction: no more, because on SQLite nobody else can write meanwhile.
	wordsBatch = 50
)

// jobs lists the background work of a server. On several machines each does it; the store keeps them out of each other's way.
func (a *app) jobs() []jobs.Job {
	return []jobs.Job{
		{Name: "expire listings", Every: time.Minute, Do: inBatches(a.store.ExpireDue)},
		{Name: "write words anew", Every: time.Minute, Do: func(ctx context.Context) (bool, error) {
			return a.store.Reindex(ctx, wordsBatch)
		}},
		{Name: "merge words", Every: 10 * time.Minute, Do: a.store.MergeWords},
		{Name: "follow the rate of the euro", Every: time.Minute, Do: func(ctx context.Context) (bool, error) {
			return a.store.Reprice(ctx, wordsBatch)
		}},
		{Name: "keep vocabulary", Every: 10 * time.Second, Do: func(ctx context.Context) (bool, error) {
			return false, a.store.KeepVocabulary(ctx)
		}},
		{Name: "delete old drafts", Every: 10 * time.Minute, Do: inBatches(a.store.DeleteOldDrafts)},
		{Name: "delete old chats", Every: time.Hour, Do: inBatches(a.store.DeleteOldChats)},
		{Name: "delete accounts at Clerk", Every: 5 * time.Minute, Do: a.server.DeleteAtClerk},
		{Name: "learn of ended sessions", Every: 2 * time.Second, Do: func(ctx context.Context) (bool, error) {
			return false, a.server.LearnEndedSessions(ctx)
		}},
		{Name: "forget ended sessions", Every: time.Hour, Do: inBatches(a.store.ForgetEndedSessions)},
		{Name: "forget webhook events", Every: time.Hour, Do: inBatches(a.store.DeleteOldEvents)},
		{Name: "encode WebP", Every: 3 * time.Second, Do: a.encodeWebP},
		{Name: "write views", Every: 10 * time.Second, Do: func(ctx context.Context) (bool, error) {
			return false, a.server.WriteVisits(ctx)
		}},
		{Name: "erase deleted listings", Every: time.Hour, Do: inBatches(a.store.EraseDeleted)},
		{Name: "catch up with streams", Every: 15 * time.Second, Do: a.server.CatchUp},
		{Name: "note who is online", Every: time.Minute, Do: a.server.NoteOnline},
		{Name: "remind of meetings", Every: time.Minute, Do: inBatches(a.store.RemindOfMeetings)},
		{Name: "mail about messages", Every: 30 * time.Second, Do: a.server.MailUnread},
		{Name: "mail about endings", Every: 10 * time.Minute, Do: a.server.AnnounceEndings},
		{Name: "forget events of pages", Every: time.Hour, Do: inBatches(a.store.DeleteOldUserEvents)},
		{Name: "forget contact messages", Every: time.Hour, Do: inBatches(a.store.DeleteOldContacts)},
		{Name: "forget old days", Every: time.Hour, Do: inBatches(a.store.DeleteOldDays)},
		{Name: "forget failed jobs", Every: time.Hour, Do: inBatches(a.store.DeleteFailedJobs)},
		{Name: "file saved searches", Every: time.Minute, Do: a.server.FileSearches},
		{Name: "forget old matches", Every: time.Hour, Do: inBatches(a.store.DeleteOldMatches)},
		{Name: "sweep photos", Every: time.Hour, Do: func(ctx context.Context) (bool, error) {
			_, err := a.photos.Sweep(ctx, photoAge, time.Now(), a.store.PhotosInUse)
			return false, err
		}},
		{Name: "forget limits", Every: 10 * time.Minute, Do: inBatches(a.store.ForgetLimits)},
		{Name: "keep statistics", Every: 6 * time.Hour, Do: func(ctx context.Context) (bool, error) {
			return false, a.store.Optimize(ctx)
		}},
	}
}

// inBatches is work on a batch at a time; a full one means that there is more.
func inBatches(do func(ctx context.Context, limit int) (int, error)) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		n, err := do(ctx, jobBatch)
		return n >= jobBatch, err
	}
}

// lanes lists who does the queued work: one for what is quick, and several for mails, which wait for somebody else's server.
func (a *app) lanes() []jobs.Job {
	quick, mails := a.server.QuickWork(), a.server.MailWork()
	queue := &jobs.Queue{Store: a.store, Log: a.log, Now: time.Now, Handlers: maps.Clone(quick)}
	maps.Copy(queue.Handlers, mails)
	lanes := []jobs.Job{queue.Lane("quick work", workBatch, slices.Sorted(maps.Keys(quick))...)}
	for range mailLanes {
		lanes = append(lanes, queue.Lane("mails", 1, slices.Sorted(maps.Keys(mails))...))
	}
	return lanes
}

// encodeWebP makes the smaller variants of published photos, one after the other. After each it rests twice as long as that took, so that
// pages are not slowed down for long when many photos wait.
func (a *app) encodeWebP(ctx context.Context) (bool, error) {
	hashes, err := a.store.PhotosWithoutWebP(ctx, webpBatch)
	if err != nil {
		return false, err
	}
	for _, hash := range hashes {
		start := time.Now()
		if err := a.photos.EncodeWebP(ctx, hash); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		if err := a.store.MarkWebP(ctx, hash); err != nil {
			return false, err
		}
		wait(ctx, 2*time.Since(start))
	}
	return len(hashes) == webpBatch, nil
}
