package models

import (
	"context"
	"fmt"
)

// Optimize lets SQLite keep its statistics up to date; Postgres does that by itself.
func (s *Store) Optimize(ctx context.Context) error {
	if !s.sqlite() {
		return nil
	}
	if _, err := s.write.NewRaw("PRAGMA optimize").Exec(ctx); err != nil {
		return fmt.Errorf("optimize: %w", s.classify(err))
	}
	return nil
}
