package photos

import (
	"context"
	"errors"
	"fmt"
	"syscall"
)

// Errors that a person can do something about; Sentence words them.
var (
	ErrTooBig        = errors.New("photo file too big")
	ErrTooManyPixels = errors.New("photo has too many pixels")
	ErrNotAPicture   = errors.New("not a readable picture")
	ErrTooHeavy      = errors.New("photo needs too much memory")
	ErrNoSpace       = errors.New("no space to store photos")
)

// Sentence returns what to tell a person whose upload failed with err.
func Sentence(err error) string {
	switch {
	case errors.Is(err, ErrTooBig):
		return "Fotografia are peste 15 MB. Alege una mai mică."
	case errors.Is(err, ErrTooManyPixels):
		return "Fotografia are peste 50 de megapixeli. Alege una mai mică."
	case errors.Is(err, ErrNotAPicture):
		return "Fișierul nu este o fotografie pe care o putem citi (JPEG, PNG sau WebP)."
	case errors.Is(err, ErrTooHeavy):
		return "Fotografia este prea mare pentru felul în care a fost salvată. Micșoreaz-o sau salveaz-o ca JPEG obișnuit."
	case errors.Is(err, ErrNoSpace):
		return "Nu mai avem loc pentru fotografii acum. Încearcă din nou mai târziu."
	case errors.Is(err, context.DeadlineExceeded):
		return "Sunt prea multe fotografii în lucru acum. Încearcă din nou peste un minut."
	default:
		return "Nu am putut salva fotografia. Încearcă din nou."
	}
}

// spaceError marks err as ErrNoSpace when the disk, a quota or a file size
// limit is what failed.
func spaceError(err error) error {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) && !errors.Is(err, ErrNoSpace) {
			return fmt.Errorf("%w: %w", ErrNoSpace, err)
		}
	}
	return err
}
