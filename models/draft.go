package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// How long an unpublished form is kept, with an owner and without.
const (
	draftLife          = 30 * 24 * time.Hour
	anonymousDraftLife = 24 * time.Hour
)

// FormDraft is what somebody typed into the posting form and has not published.
type FormDraft struct {
	ID        string              // derived from the key in the person's cookie
	UserID    int64               // 0 before sign-in
	Fields    map[string][]string // as typed
	UpdatedAt time.Time
}

type formDraftRow struct {
	bun.BaseModel `bun:"table:form_drafts,alias:d"`

	ID        string `bun:",pk"`
	UserID    *int64
	Fields    string
	UpdatedAt time.Time
}

// DraftID derives the stored id from the key in the cookie, so that a leaked database opens no drafts.
func DraftID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

// SaveDraft stores the fields under the id. A draft that belongs to somebody else is left alone and answered with NotFound.
func (s *Store) SaveDraft(ctx context.Context, id string, userID int64, fields map[string][]string) error {
	body, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	row := formDraftRow{ID: id, Fields: string(body), UpdatedAt: s.now()}
	if userID != 0 {
		row.UserID = &userID
	}
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").
			Set("fields = EXCLUDED.fields, updated_at = EXCLUDED.updated_at, user_id = COALESCE(EXCLUDED.user_id, d.user_id)").
			Where("d.user_id IS NULL OR d.user_id = EXCLUDED.user_id").Returning("NULL").Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err == nil && n == 0 {
			return errNoDraft
		}
		return nil
	})
}

var errNoDraft = fmt.Errorf("draft: %w", errNoListing)

// Draft returns the draft when it belongs to the person or to nobody yet, and NotFound otherwise.
func (s *Store) Draft(ctx context.Context, id string, userID int64) (FormDraft, error) {
	var row formDraftRow
	err := s.read.NewSelect().Model(&row).Where("d.id = ?", id).Where("d.user_id IS NULL OR d.user_id = ?", userID).Scan(ctx)
	if err != nil {
		return FormDraft{}, s.classify(err)
	}
	d := FormDraft{ID: row.ID, UpdatedAt: row.UpdatedAt}
	if row.UserID != nil {
		d.UserID = *row.UserID
	}
	if err := json.Unmarshal([]byte(row.Fields), &d.Fields); err != nil {
		return FormDraft{}, fmt.Errorf("decode draft: %w", err)
	}
	return d, nil
}

// lockDraft makes changes of one draft wait for each other; NotFound when it is not there.
func (s *Store) lockDraft(ctx context.Context, tx bun.Tx, id string) error {
	query := "SELECT id FROM form_drafts WHERE id = ?"
	if !s.sqlite() {
		query += " FOR UPDATE"
	}
	var found string
	err := tx.NewRaw(query, id).Scan(ctx, &found)
	if isNotFound(s.classify(err)) {
		return errNoDraft
	}
	return err
}

// deleteDraft removes the draft and the photos that were not used.
func deleteDraft(ctx context.Context, tx bun.Tx, id string) error {
	if _, err := tx.NewRaw("DELETE FROM photos WHERE draft_id = ?", id).Exec(ctx); err != nil {
		return fmt.Errorf("delete draft photos: %w", err)
	}
	if _, err := tx.NewRaw("DELETE FROM form_drafts WHERE id = ?", id).Exec(ctx); err != nil {
		return fmt.Errorf("delete draft: %w", err)
	}
	return nil
}

// DeleteOldDrafts removes drafts that nobody has touched for long, at most limit of them, and returns how many.
func (s *Store) DeleteOldDrafts(ctx context.Context, limit int) (int, error) {
	now := s.now()
	var ids []string
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		err := tx.NewRaw("SELECT id FROM form_drafts WHERE updated_at < ? OR (user_id IS NULL AND updated_at < ?) LIMIT ?",
			now.Add(-draftLife), now.Add(-anonymousDraftLife), limit).Scan(ctx, &ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := deleteDraft(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	return len(ids), err
}
