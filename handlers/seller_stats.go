package handlers

import (
	"context"
	"html/template"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/chart"
	"piata.ro/internal/text"
	"piata.ro/models"
)

// statsDays is how many days the seller's pictures show.
const statsDays = 14

// Stats are the views and saves of a listing in the last days, for its owner.
type Stats struct {
	Views   string        // "34 de vizualizări"
	Saves   string        // "2 salvări"; "" for none
	Period  string        // "în ultimele 14 zile"
	Picture template.HTML // bars by day
}

// statsOf draws the last days of each of the listings.
func (s *Server) statsOf(ctx context.Context, listingIDs []int64) (map[int64]*Stats, error) {
	days := text.LastDays(s.now(), statsDays)
	found, err := s.store.DaysOf(ctx, listingIDs, text.ISODay(days[0]))
	if err != nil {
		return nil, err
	}
	stats := make(map[int64]*Stats, len(listingIDs))
	for _, id := range listingIDs {
		stats[id] = drawStats(id, days, found[id])
	}
	return stats, nil
}

// ownStats draws one listing for its owner, whose look at it does not count.
func (s *Server) ownStats(c *fiber.Ctx, id int64) (*Stats, error) {
	c.Locals(keyOwnListing, true)
	stats, err := s.statsOf(c.UserContext(), []int64{id})
	return stats[id], err
}

func drawStats(id int64, days []time.Time, counted []models.ListingDay) *Stats {
	byDay := map[string]models.ListingDay{}
	for _, d := range counted {
		byDay[d.Day] = d
	}
	bars := chart.Bars{Text: chart.Text{ID: "zile-" + strconv.FormatInt(id, 10), Title: "Vizualizări pe zi"}}
	views, saves, best := 0, 0, 0
	for i, day := range days {
		d := byDay[text.ISODay(day)]
		views, saves = views+d.Views, saves+d.Favorites
		label := text.DayMonth(day) + ": " + text.Count(int64(d.Views), "vizualizare", "vizualizări")
		if d.Favorites > 0 {
			label += ", " + text.Count(int64(d.Favorites), "salvare", "salvări")
		}
		bars.Values, bars.Marks, bars.Labels = append(bars.Values, d.Views), append(bars.Marks, d.Favorites), append(bars.Labels, label)
		if d.Views > bars.Values[best] {
			best = i
		}
	}
	st := &Stats{Views: text.Count(int64(views), "vizualizare", "vizualizări"), Period: "în ultimele " + text.Count(statsDays, "zi", "zile")}
	if saves > 0 {
		st.Saves = text.Count(int64(saves), "salvare", "salvări")
	}
	bars.Description = st.Views + " " + st.Period + "."
	if views > 0 {
		bars.Description += " Cele mai multe pe " + bars.Labels[best] + "."
	}
	if saves > 0 {
		bars.Description += " Punctele arată zilele în care l-a salvat cineva: " + st.Saves + "."
	}
	st.Picture = template.HTML(bars.SVG()) //nolint:gosec // the package escapes every word
	return st
}
