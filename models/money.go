package models

import "fmt"

// Currency is an ISO 4217 code that prices may have.
type Currency string

// The currencies in use.
const (
	RON Currency = "RON"
	EUR Currency = "EUR"
)

// Valid reports whether prices may have the currency.
func (c Currency) Valid() bool { return c == RON || c == EUR }

// Money is an amount in minor units: bani or euro cents.
type Money struct {
	Minor    int64
	Currency Currency
}

// Rate is what makes prices comparable, in bani for one euro. It is set by hand, so it is approximate, and the pages say so.
type Rate int64

// DefaultRate is the rate when none is set, and MaxRate the highest that may be.
const (
	DefaultRate Rate = 509
	MaxRate     Rate = 2000
)

// MaxPriceMinor is the highest price accepted: 100 million lei or euro.
const MaxPriceMinor = 100_000_000_00

// InBani converts to bani, so that prices can be compared.
func (m Money) InBani(rate Rate) int64 {
	if m.Currency == EUR {
		return m.Minor * int64(rate) / 100
	}
	return m.Minor
}

// String is for logs, e.g. "1250.50 RON".
func (m Money) String() string {
	return fmt.Sprintf("%d.%02d %s", m.Minor/100, m.Minor%100, m.Currency)
}
