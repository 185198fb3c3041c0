package text

import (
	"testing"
	"time"
)

func TestAgo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 10, 12, 15, 30, 0, 0, time.UTC) // 18:30 in summer time
	for _, test := range []struct {
		t    time.Time
		want string
	}{
		{now, "acum"},
		{now.Add(30 * time.Second), "acum"},
		{now.Add(-59 * time.Second), "acum"},
		{now.Add(-time.Minute), "acum un minut"},
		{now.Add(-5 * time.Minute), "acum 5 minute"},
		{now.Add(-20 * time.Minute), "acum 20 de minute"},
		{now.Add(-time.Hour), "acum o oră"},
		{now.Add(-3*time.Hour - 59*time.Minute), "acum 3 ore"},
		{now.Add(-6 * time.Hour), "azi la 12:30"},
		{time.Date(2026, 10, 11, 21, 5, 0, 0, time.UTC), "azi la 00:05"},
		{time.Date(2026, 10, 11, 20, 55, 0, 0, time.UTC), "ieri la 23:55"},
		{time.Date(2026, 10, 10, 12, 0, 0, 0, time.UTC), "10 oct."},
		{time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), "1 mai"},
		{time.Date(2025, 10, 12, 12, 0, 0, 0, time.UTC), "12 oct. 2025"},
		{time.Date(2025, 12, 31, 22, 30, 0, 0, time.UTC), "1 ian."},
		{time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC), "20 oct."},
	} {
		if got := Ago(test.t, now); got != test.want {
			t.Errorf("Ago(%v) = %q, want %q", test.t, got, test.want)
		}
	}
}

func TestAgoAcrossNewYearAndClockChange(t *testing.T) {
	t.Parallel()
	if got, want := Ago(time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)), "ieri la 14:00"; got != want {
		t.Errorf("across the year: %q, want %q", got, want)
	}
	// On 25 October 2026 clocks go back at 04:00: the day has 25 hours.
	if got, want := Ago(time.Date(2026, 10, 24, 21, 10, 0, 0, time.UTC), time.Date(2026, 10, 25, 21, 50, 0, 0, time.UTC)), "azi la 00:10"; got != want {
		t.Errorf("across the clock change: %q, want %q", got, want)
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 1, 12, 22, 20, 0, 0, time.UTC)
	if got, want := Date(at), "13 ian. 2025"; got != want {
		t.Errorf("Date = %q, want %q", got, want)
	}
	if got, want := DateTime(at), "13 ian. 2025, 00:20"; got != want {
		t.Errorf("DateTime = %q, want %q", got, want)
	}
}

func TestMonth(t *testing.T) {
	// The last evening of the month in London is the next month in Bucharest.
	if got, want := Month(time.Date(2026, 10, 31, 23, 0, 0, 0, time.UTC)), "noiembrie 2026"; got != want {
		t.Errorf("Month = %q, want %q", got, want)
	}
}

func TestLastDays(t *testing.T) {
	t.Parallel()
	// Half past midnight in Bucharest, two days after the clocks went back.
	days := LastDays(time.Date(2026, 10, 26, 22, 30, 0, 0, time.UTC), 4)
	for i, want := range []string{"2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"} {
		if got := ISODay(days[i]); got != want {
			t.Errorf("day %d is %s, want %s", i, got, want)
		}
	}
	if got, want := DayMonth(days[3]), "27 oct."; got != want {
		t.Errorf("DayMonth = %q, want %q", got, want)
	}
}

func TestNextAt(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]string{
		"2026-11-23T05:59:59Z": "2026-11-23T06:00:00Z", // eight in winter
		"2026-11-23T06:00:00Z": "2026-11-24T06:00:00Z",
		"2026-07-01T04:00:00Z": "2026-07-01T05:00:00Z", // eight in summer
		"2026-10-24T12:00:00Z": "2026-10-25T06:00:00Z", // the clocks change that night
		"2026-12-31T23:00:00Z": "2027-01-01T06:00:00Z",
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := NextAt(8, at).UTC().Format(time.RFC3339); got != want {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
}
