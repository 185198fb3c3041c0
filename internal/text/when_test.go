package text

import (
	"testing"
	"time"
)

func TestDayName(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 1, 22, 30, 0, 0, time.UTC) // 00:30 on the second of January in Bucharest
	for at, want := range map[time.Time]string{
		now:                      "azi",
		now.Add(-time.Hour):      "ieri",
		now.Add(-25 * time.Hour): "31 dec. 2025",
		now.Add(24 * time.Hour):  "3 ian.",
	} {
		if got := DayName(at, now); got != want {
			t.Errorf("DayName(%v) = %q, want %q", at, got, want)
		}
	}
	if got := Clock(now); got != "00:30" {
		t.Errorf("Clock = %q", got)
	}
}

func TestParseDayHour(t *testing.T) {
	t.Parallel()
	got, ok := ParseDayHour("2026-07-24", "18:05")
	if want := time.Date(2026, 7, 24, 15, 5, 0, 0, time.UTC); !ok || !got.Equal(want) {
		t.Errorf("got %v, %v; want %v", got, ok, want)
	}
	for _, bad := range [][2]string{{"", ""}, {"2026-02-30", "10:00"}, {"24.07.2026", "18:05"}, {"2026-07-24", "25:00"}, {"2026-07-24", "18:05:01"}} {
		if got, ok := ParseDayHour(bad[0], bad[1]); ok {
			t.Errorf("%v became %v", bad, got)
		}
	}
}
