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

// RONPerEUR is the fixed rate that makes prices comparable, in bani for one euro. It is approximate on purpose and the pages say so.
const RONPerEUR = 509

// MaxPriceMinor is the highest price accepted: 100 million lei or euro.
const MaxPriceMinor = 100_000_000_00

// InBani converts to bani at the fixed rate, so that prices can be compared.
func (m Money) InBani() int64 {
	if m.Currency == EUR {
		return m.Minor * RONPerEUR / 100
	}
	return m.Minor
}

// String is for logs, e.g. "1250.50 RON".
func (m Money) String() string {
	return fmt.Sprintf("%d.%02d %s", m.Minor/100, m.Minor%100, m.Currency)
}
