package text

import (
	"strconv"
	"time"
	_ "time/tzdata" // a container without a time zone database still shows Romanian time
)

var bucharest = mustLocation("Europe/Bucharest")

func mustLocation(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // cannot happen: the database is part of the program
	}
	return location
}

// NextAt returns the first moment after now at which the clocks of Romania show the full hour.
func NextAt(hour int, now time.Time) time.Time {
	local := now.In(bucharest)
	at := time.Date(local.Year(), local.Month(), local.Day(), hour, 0, 0, 0, bucharest)
	if !at.After(now) {
		at = time.Date(local.Year(), local.Month(), local.Day()+1, hour, 0, 0, 0, bucharest)
	}
	return at
}

var months = [...]string{"ian.", "feb.", "mart.", "apr.", "mai", "iun.", "iul.", "aug.", "sept.", "oct.", "nov.", "dec."}

const (
	clock      = "15:04"
	hoursShown = 6 // „acum 5 ore” is easy to grasp, „acum 17 ore” is not
)

// Ago tells when t was, seen from now, in Romanian time: „acum”, „acum 5 minute”, „acum 3 ore”,
// „azi la 08:05”, „ieri la 14:20”, „12 oct.”, „12 oct. 2025” when the year is another one.
func Ago(t, now time.Time) string {
	t, now = t.In(bucharest), now.In(bucharest)
	switch passed := now.Sub(t); {
	case passed < -time.Minute: // a time to come; less is only another clock
		return day(t, now)
	case passed < time.Minute:
		return "acum"
	case passed < 2*time.Minute:
		return "acum un minut"
	case passed < time.Hour:
		return "acum " + Count(int64(passed/time.Minute), "minut", "minute")
	case passed < 2*time.Hour:
		return "acum o oră"
	case passed < hoursShown*time.Hour:
		return "acum " + Count(int64(passed/time.Hour), "oră", "ore")
	case sameDay(t, now):
		return "azi la " + t.Format(clock)
	case sameDay(t, now.AddDate(0, 0, -1)):
		return "ieri la " + t.Format(clock)
	}
	return day(t, now)
}

// Date returns the day of t in Romanian time: „12 oct. 2025”.
func Date(t time.Time) string {
	t = t.In(bucharest)
	return dayMonth(t) + " " + strconv.Itoa(t.Year())
}

// DateTime returns the minute of t in Romanian time: „12 oct. 2025, 14:20”.
func DateTime(t time.Time) string {
	return Date(t) + ", " + t.In(bucharest).Format(clock)
}

// ISODay returns the day of t in Romanian time as machines write it: „2026-10-12”.
func ISODay(t time.Time) string { return t.In(bucharest).Format(time.DateOnly) }

// DayMonth returns the day of t in Romanian time without its year: „12 oct.”.
func DayMonth(t time.Time) string { return dayMonth(t.In(bucharest)) }

// LastDays returns a time in each of the n days up to that of now, in Romanian time, the oldest first. Noon is chosen because the hour
// that the clocks change is not a safe place to count days from.
func LastDays(now time.Time, n int) []time.Time {
	y, m, d := now.In(bucharest).Date()
	days := make([]time.Time, n)
	for i := range days {
		days[i] = time.Date(y, m, d-(n-1-i), 12, 0, 0, 0, bucharest)
	}
	return days
}

// DayStart returns the midnight in Romania with which the day of t begins, or one as many days later.
func DayStart(t time.Time, later int) time.Time {
	y, m, d := t.In(bucharest).Date()
	return time.Date(y, m, d+later, 0, 0, 0, 0, bucharest)
}

// UntilTomorrow returns how long it is from now to the next midnight in Romania.
func UntilTomorrow(now time.Time) time.Duration {
	return DayStart(now, 1).Sub(now)
}

func day(t, now time.Time) string {
	if t.Year() == now.Year() {
		return dayMonth(t)
	}
	return Date(t)
}

func dayMonth(t time.Time) string { return strconv.Itoa(t.Day()) + " " + months[t.Month()-1] }

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

var longMonths = [...]string{"ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie", "octombrie", "noiembrie", "decembrie"}

// Month returns the month of t in Romanian time: „noiembrie 2026”.
func Month(t time.Time) string {
	t = t.In(bucharest)
	return longMonths[t.Month()-1] + " " + strconv.Itoa(t.Year())
}
