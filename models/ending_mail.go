package models

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

// Owners are told by e-mail of what ends three days later: once a day, in the morning, one e-mail for all that ends on that day. A listing
// that is renewed ends on another day and is told of then.
const (
	endingDays    = 3
	endingHour    = 9 // in Romania
	settingEnding = "endings_told"
	allOwners     = -1
)

// MailEnding is the kind of job that tells an owner which listings end on a day.
const MailEnding = "mail ending"

// EndingMail is the payload of that job.
type EndingMail struct {
	UserID int64
	From   time.Time // when the day begins
	To     time.Time
}

// AnnounceEndings asks for an e-mail to the next owners, at most limit of them, whose listings end soon, and returns how many. On several
// machines one of them is quicker, and the others do nothing.
func (s *Store) AnnounceEndings(ctx context.Context, limit int) (int, error) {
	told, err := s.setting(ctx, s.read, settingEnding)
	if err != nil {
		return 0, fmt.Errorf("select endings: %w", err)
	}
	day, after, due := nextEnding(told, s.now())
	if !due {
		return 0, nil
	}
	to := text.DayStart(day, 1)
	var owners []int64
	err = s.read.NewRaw(`SELECT DISTINCT owner_id FROM listings WHERE status = 'active' AND expires_at >= ? AND expires_at < ? AND owner_id > ?
		AND owner_id NOT IN (SELECT user_id FROM ending_mails WHERE stopped) ORDER BY owner_id LIMIT ?`, day.UTC(), to.UTC(), after, limit).Scan(ctx, &owners)
	if err != nil {
		return 0, fmt.Errorf("select owners: %w", s.classify(err))
	}
	last := int64(allOwners)
	if len(owners) == limit {
		last = owners[limit-1]
	}
	jobs := make([]NewJob, len(owners))
	for i, id := range owners {
		jobs[i] = NewJob{Kind: MailEnding, Key: fmt.Sprint(id, " ", day.Unix()), Payload: EndingMail{UserID: id, From: day.UTC(), To: to.UTC()}, RunAt: text.DayStart(day, -endingDays).Add(endingHour * time.Hour)}
	}
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw("UPDATE settings SET value = ? WHERE name = ? AND value = ?", fmt.Sprint(day.Unix(), " ", last), settingEnding, told).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return enqueue(ctx, tx, s.now(), jobs...)
	})
	return len(owners), err
}

// nextEnding returns the day whose endings are to be told next, and after which owner; due is false while it is too early. Days that were
// missed are made up for until they begin.
func nextEnding(told string, now time.Time) (day time.Time, after int64, due bool) {
	latest, tomorrow := text.DayStart(now, endingDays), text.DayStart(now, 1)
	var begins int64
	if _, err := fmt.Sscan(told, &begins, &after); err != nil {
		return latest, 0, true // the first time
	}
	day = time.Unix(begins, 0)
	if after == allOwners {
		day, after = text.DayStart(day, 1), 0
	}
	if day.Before(tomorrow) {
		day, after = tomorrow, 0
	}
	return day, after, !day.After(latest)
}

// maxEndings bounds what one e-mail lists.
const maxEndings = 50

// EndingListings returns the owner's active listings that end on the day, the first to end first, and the token that ends such e-mails;
// none when the owner does not want them.
func (s *Store) EndingListings(ctx context.Context, m EndingMail) (rows []Listing, stop string, err error) {
	err = s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw("INSERT INTO ending_mails (user_id, stop_token, stopped) VALUES (?, ?, FALSE) ON CONFLICT (user_id) DO NOTHING", m.UserID, rand.Text()).Exec(ctx); err != nil {
			return err
		}
		var stopped bool
		if err := tx.NewRaw("SELECT stop_token, stopped FROM ending_mails WHERE user_id = ?", m.UserID).Scan(ctx, &stop, &stopped); err != nil || stopped {
			return err
		}
		return tx.NewSelect().Model(&rows).Where("l.owner_id = ? AND l.status = 'active' AND l.expires_at >= ? AND l.expires_at < ? AND l.expires_at > ?", m.UserID, m.From, m.To, s.now()).
			Order("l.expires_at", "l.id").Limit(maxEndings).Scan(ctx)
	})
	return rows, stop, err
}

// EndingMailsStopped reports whether the person does not want to be told of endings.
func (s *Store) EndingMailsStopped(ctx context.Context, userID int64) (bool, error) {
	var stopped bool
	err := s.classify(s.read.NewRaw("SELECT stopped FROM ending_mails WHERE user_id = ?", userID).Scan(ctx, &stopped))
	if isNotFound(err) {
		return false, nil
	}
	return stopped, err
}

// StopEndingMails ends those e-mails to the person, or begins them again.
func (s *Store) StopEndingMails(ctx context.Context, userID int64, stopped bool) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("INSERT INTO ending_mails (user_id, stop_token, stopped) VALUES (?, ?, ?) ON CONFLICT (user_id) DO UPDATE SET stopped = excluded.stopped", userID, rand.Text(), stopped).Exec(ctx)
		return err
	})
}
