package models

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"piata.ro/internal/text"
)

const wholeSite = "site"

// TakeQuestion counts a question of somebody for today and reports whether it is within the limit. What is refused does not count.
func (s *Store) TakeQuestion(ctx context.Context, who string, limit int) (bool, error) {
	day := text.ISODay(s.now())
	taken := false
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewRaw(`INSERT INTO chat_usage AS cu (day, who, questions, tokens) VALUES (?, ?, 1, 0)
			ON CONFLICT (day, who) DO UPDATE SET questions = cu.questions + 1 WHERE cu.questions < ?`, day, who, limit).Exec(ctx)
		if err != nil {
			return fmt.Errorf("count question: %w", err)
		}
		n, err := res.RowsAffected()
		taken = n > 0
		return err
	})
	return taken && limit > 0, err
}

// SpendTokens adds to what the site used today.
func (s *Store) SpendTokens(ctx context.Context, tokens int) error {
	return s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error { return s.spendTokens(ctx, tx, tokens) })
}

func (s *Store) spendTokens(ctx context.Context, tx bun.Tx, tokens int) error {
	_, err := tx.NewRaw(`INSERT INTO chat_usage AS cu (day, who, questions, tokens) VALUES (?, ?, 0, ?)
		ON CONFLICT (day, who) DO UPDATE SET tokens = cu.tokens + EXCLUDED.tokens`, text.ISODay(s.now()), wholeSite, tokens).Exec(ctx)
	return err
}

// TokensSpent returns what the site used today.
func (s *Store) TokensSpent(ctx context.Context) (int, error) {
	var tokens int
	err := s.read.NewRaw("SELECT tokens FROM chat_usage WHERE day = ? AND who = ?", text.ISODay(s.now()), wholeSite).Scan(ctx, &tokens)
	if err = s.classify(err); isNotFound(err) {
		return 0, nil
	}
	return tokens, err
}
