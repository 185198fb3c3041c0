package models

import (
	"context"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"
)

// What the table of settings says about the rate that comparable prices are written with.
const (
	settingRate    = "eur_rate"      // of all listings; missing means firstRate
	settingRateNow = "eur_rate_upto" // while they are written anew: "<rate> <id>", those up to this id are done
)

// firstRate is the rate of the programs that could not be told one.
const firstRate Rate = 509

// looked is how many ids are looked through for each listing that may be written: most are not in euro.
const looked = 20

// Reprice compares the prices of up to limit listings anew when the rate of the euro was changed, oldest first, and reports whether there
// are more.
func (s *Store) Reprice(ctx context.Context, limit int) (bool, error) {
	if current, err := s.rateCurrent(ctx, s.read); err != nil || current {
		return false, err
	}
	more := false
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if !s.sqlite() { // one machine at a time, and not while words are written
			if _, err := tx.NewRaw("SELECT pg_advisory_xact_lock(?)", reindexLock).Exec(ctx); err != nil {
				return err
			}
		}
		var err error
		more, err = s.repriceNext(ctx, tx, limit)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("reprice: %w", err)
	}
	return more, nil
}

func (s *Store) rateCurrent(ctx context.Context, db bun.IDB) (bool, error) {
	written, err := s.setting(ctx, db, settingRate)
	if written == "" {
		written = strconv.FormatInt(int64(firstRate), 10)
	}
	return written == strconv.FormatInt(int64(s.rate), 10), err
}

func (s *Store) repriceNext(ctx context.Context, tx bun.Tx, limit int) (bool, error) {
	if current, err := s.rateCurrent(ctx, tx); err != nil || current {
		return false, err // another machine was quicker
	}
	progress, err := s.setting(ctx, tx, settingRateNow)
	if err != nil {
		return false, err
	}
	var from, last int64
	var rate Rate
	if _, err := fmt.Sscanf(progress, "%d %d", &rate, &from); err != nil || rate != s.rate {
		from = 0
	}
	if err := tx.NewRaw("SELECT coalesce(max(id), 0) FROM listings").Scan(ctx, &last); err != nil {
		return false, err
	}
	upTo := from + int64(looked*limit)
	var ids []int64
	err = tx.NewRaw("SELECT id FROM listings WHERE id > ? AND id <= ? AND currency = 'EUR' AND coalesce(price_ron, 0) <> price_minor * ? / 100 ORDER BY id LIMIT ?",
		from, upTo, s.rate, limit).Scan(ctx, &ids)
	if err != nil {
		return false, err
	}
	if len(ids) == limit {
		upTo = ids[limit-1]
	}
	if err := s.repriceRows(ctx, tx, ids); err != nil {
		return false, err
	}
	if upTo >= last {
		return false, s.endReprice(ctx, tx)
	}
	return true, s.setSetting(ctx, tx, settingRateNow, fmt.Sprintf("%d %d", s.rate, upTo))
}

func (s *Store) repriceRows(ctx context.Context, tx bun.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.NewRaw("UPDATE listings SET price_ron = price_minor * ? / 100 WHERE id IN (?)", s.rate, bun.List(ids)).Exec(ctx); err != nil {
		return err
	}
	var rows []Listing // the full-text index holds the range of the price
	if err := tx.NewSelect().Model(&rows).Where("l.status = 'active' AND l.id IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	return s.reindexRows(ctx, tx, rows)
}

// endReprice notes that all listings are done, and has the saved searches with prices in euro filed anew.
func (s *Store) endReprice(ctx context.Context, tx bun.Tx) error {
	if _, err := tx.NewRaw("UPDATE saved_searches SET filed_as = 0 WHERE query LIKE '%moneda=EUR%'").Exec(ctx); err != nil {
		return err
	}
	if _, err := tx.NewRaw("DELETE FROM settings WHERE name = ?", settingRateNow).Exec(ctx); err != nil {
		return err
	}
	return s.setSetting(ctx, tx, settingRate, strconv.FormatInt(int64(s.rate), 10))
}
