package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
)

// Deletion is the end of an account.
type Deletion struct {
	ClerkID    string
	EventID    string // of the webhook that tells it; "" for none
	DueAtClerk bool   // the account has still to be deleted at Clerk: DeletionsDue lists it until DeletedAtClerk
}

// DeleteUser removes everything personal of the account in one transaction and leaves a tombstone, also of an account that was never seen:
// news of it may still come. Left are what the market's figures need: category, place and prices of the listings, without text and owner.
// Doing it twice changes nothing.
func (s *Store) DeleteUser(ctx context.Context, d Deletion) error {
	if d.ClerkID == "" {
		return apperr.New(apperr.Internal, "deletion without id")
	}
	err := s.inPublicTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		if d.EventID != "" {
			if isNew, err := s.recordEvent(ctx, tx, d.EventID); err != nil || !isNew {
				return err
			}
		}
		id, err := s.bury(ctx, tx, d)
		if err != nil || id == 0 {
			return err
		}
		return s.eraseBelongings(ctx, tx, id)
	})
	if err != nil {
		return fmt.Errorf("delete user: %w", err)
	}
	return nil
}

// bury turns the user into a tombstone and returns its id, or 0 when it was one already.
func (s *Store) bury(ctx context.Context, tx bun.Tx, d Deletion) (int64, error) {
	now := s.now()
	u := User{ClerkID: d.ClerkID, Username: buriedUsername(d.ClerkID), Name: "Cont șters", ClerkUpdatedAt: now, SyncedAt: now, CreatedAt: now, UpdatedAt: now,
		DeletedAt: &now, DueAtClerk: d.DueAtClerk}
	if _, err := tx.NewInsert().Model(&u).On("CONFLICT (clerk_id) DO NOTHING").Returning("NULL").Exec(ctx); err != nil {
		return 0, fmt.Errorf("insert tombstone: %w", err)
	}
	q := tx.NewSelect().Model((*User)(nil)).Column("id", "deleted_at").Where("u.clerk_id = ?", d.ClerkID)
	if !s.sqlite() {
		q.For("NO KEY UPDATE") // whoever is just posting something goes first
	}
	var found struct {
		ID        int64
		DeletedAt *time.Time
	}
	if err := q.Scan(ctx, &found); err != nil {
		return 0, fmt.Errorf("select user: %w", err)
	}
	if found.DeletedAt != nil {
		return 0, nil
	}
	u.ID = found.ID
	if _, err := tx.NewUpdate().Model(&u).ExcludeColumn("id", "clerk_id", "created_at").WherePK().Exec(ctx); err != nil {
		return 0, fmt.Errorf("clear user: %w", err)
	}
	return u.ID, nil
}

// buriedUsername is a name that says nothing and that nobody else has; the old one is free again.
func buriedUsername(clerkID string) string {
	sum := sha256.Sum256([]byte(clerkID))
	return "cont-sters-" + hex.EncodeToString(sum[:8])
}

// eraseBelongings removes what hangs on the user. Files of photos that no row refers to are swept up later.
func (s *Store) eraseBelongings(ctx context.Context, tx bun.Tx, userID int64) error {
	const theirs = "(SELECT id FROM listings WHERE owner_id = ?)"
	statements := []string{
		"DELETE FROM photos WHERE listing_id IN " + theirs,
		"DELETE FROM photos WHERE draft_id IN (SELECT id FROM form_drafts WHERE user_id = ?)",
		"DELETE FROM form_drafts WHERE user_id = ?",
		"DELETE FROM contact_messages WHERE user_id = ?",
		"DELETE FROM chat_messages WHERE chat_id IN (SELECT id FROM chats WHERE user_id = ?)",
		"DELETE FROM chats WHERE user_id = ?",
		"DELETE FROM favorites WHERE user_id = ?",
		"DELETE FROM favorites WHERE listing_id IN " + theirs,
		"DELETE FROM saved_search_matches WHERE listing_id IN " + theirs,
		"DELETE FROM saved_search_matches WHERE search_id IN (SELECT id FROM saved_searches WHERE user_id = ?)",
		"DELETE FROM saved_search_keys WHERE search_id IN (SELECT id FROM saved_searches WHERE user_id = ?)",
		"DELETE FROM saved_searches WHERE user_id = ?",
		"DELETE FROM alert_addresses WHERE user_id = ?",
		"DELETE FROM ending_mails WHERE user_id = ?",
		"DELETE FROM listing_attributes WHERE listing_id IN " + theirs,
		"DELETE FROM phone_reveals WHERE listing_id IN " + theirs,
		"DELETE FROM phone_reveals WHERE viewer_id = ?",
		"DELETE FROM reports WHERE reporter_id = ?",
		"DELETE FROM reports WHERE owner_id = ?",
		"DELETE FROM listing_days WHERE listing_id IN " + theirs,
	}
	if s.sqlite() {
		statements = append(statements, "DELETE FROM listing_words WHERE rowid IN (SELECT sort_key FROM listings WHERE owner_id = ? AND status = 'active')")
	} else {
		statements = append(statements, "UPDATE listings SET words = NULL WHERE owner_id = ? AND status = 'active'")
	}
	for _, query := range statements {
		if _, err := tx.NewRaw(query, userID).Exec(ctx); err != nil {
			return fmt.Errorf("erase belongings: %w", err)
		}
	}
	if err := s.eraseTalk(ctx, tx, userID); err != nil {
		return err
	}
	now := s.now()
	_, err := tx.NewRaw(`UPDATE listings SET title = '', slug = 'anunt', description = '', submit_key = NULL, content_hash = '', photo_count = 0,
		cover_hash = '', cover_width = 0, cover_height = 0, status = 'deleted', reserved = FALSE, closed_at = COALESCE(closed_at, ?), updated_at = ?,
		version = version + 1 WHERE owner_id = ?`, now, now, userID).Exec(ctx)
	if err != nil {
		return fmt.Errorf("erase listings: %w", err)
	}
	return nil
}

// DeletionsDue returns Clerk's ids of accounts that are still to be deleted there.
func (s *Store) DeletionsDue(ctx context.Context, limit int) ([]string, error) {
	var ids []string
	err := s.read.NewRaw("SELECT clerk_id FROM users WHERE due_at_clerk ORDER BY id LIMIT ?", limit).Scan(ctx, &ids)
	return ids, s.classify(err)
}

// DeletedAtClerk records that the account is gone at Clerk too.
func (s *Store) DeletedAtClerk(ctx context.Context, clerkID string) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("UPDATE users SET due_at_clerk = FALSE WHERE clerk_id = ?", clerkID).Exec(ctx)
		return err
	})
}
