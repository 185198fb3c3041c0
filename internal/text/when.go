package text

import "time"

// Clock returns the hour and minute of t in Romanian time: „14:20”.
func Clock(t time.Time) string { return t.In(bucharest).Format(clock) }

// DayName tells the day of t, seen from now, in Romanian time: „azi”, „ieri”, „12 oct.”, „12 oct. 2025” when the year is another one.
func DayName(t, now time.Time) string {
	t, now = t.In(bucharest), now.In(bucharest)
	switch {
	case sameDay(t, now):
		return "azi"
	case sameDay(t, now.AddDate(0, 0, -1)):
		return "ieri"
	}
	return day(t, now)
}

// ParseDayHour reads a day and an hour as date and time fields send them, „2026-11-24” and „18:00”, as Romanian time.
func ParseDayHour(day, hour string) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly+" "+clock, day+" "+hour, bucharest)
	return t.UTC(), err == nil
}
