package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"piata.ro/internal/jobs"
	"piata.ro/internal/mail"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// matchListing tells the saved searches that a listing answers of it.
func (s *Server) matchListing(ctx context.Context, payload []byte) error {
	var m models.MatchListing
	if err := json.Unmarshal(payload, &m); err != nil {
		return jobs.Permanent(err)
	}
	for more := true; more; { // those that an older program filed would miss the listing
		var err error
		if more, err = s.FileSearches(ctx); err != nil {
			return err
		}
	}
	subject, ok, err := s.store.LoadSubject(ctx, m.ListingID)
	if err != nil || !ok {
		return err
	}
	found, err := s.store.Matches(ctx, &subject, m)
	if err != nil {
		return err
	}
	_, err = s.store.RecordMatches(ctx, m.ListingID, found, s.mail != nil)
	return err
}

// fileBatch is how many saved searches are filed at a turn.
const fileBatch = 200

// FileSearches files the saved searches anew that an older program filed, and reports whether there are more.
func (s *Server) FileSearches(ctx context.Context) (bool, error) {
	rows, err := s.store.SearchesToFile(ctx, fileBatch)
	for _, row := range rows {
		if err == nil {
			err = s.store.FileSearch(ctx, row, s.readSaved(row.Query))
		}
	}
	return len(rows) == fileBatch, err
}

// AlertMail is what an e-mail about saved searches says.
type AlertMail struct {
	Home      string
	Count     string // "3 anunțuri noi"
	Only      string // the name of the search in quotes when there is one alone
	Searches  []AlertMailSearch
	More      string // "Încă 12 anunțuri noi"; "" for none
	ManageURL string
	StopURL   string // ends all
}

// AlertMailSearch is one search in it.
type AlertMailSearch struct {
	Name    string
	URL     string
	StopURL string
	Items   []AlertMailItem
}

// AlertMailItem is one listing in it.
type AlertMailItem struct {
	Title string
	URL   string
	Price string
	Place string
	Photo string // "" without one
}

// mailAlerts sends somebody what their searches of one frequency found.
func (s *Server) mailAlerts(ctx context.Context, payload []byte) error {
	var m models.MailAlerts
	if err := json.Unmarshal(payload, &m); err != nil {
		return jobs.Permanent(err)
	}
	if s.mail == nil {
		return nil
	}
	for {
		alert, ok, err := s.store.PrepareAlerts(ctx, m)
		if err != nil || !ok {
			return err
		}
		err = s.sendAlert(ctx, alert)
		if err != nil && !jobs.IsPermanent(err) {
			return err
		}
		if err != nil { // a mailbox that is gone gets nothing more of this, and the next mail is tried afresh
			s.log.WarnContext(ctx, "alert refused", slog.Int64("batch", alert.Batch), slog.String("error", err.Error()))
		}
		if err := s.store.MarkAlerted(ctx, alert.Batch); err != nil {
			return err
		}
	}
}

func (s *Server) sendAlert(ctx context.Context, alert models.AlertMail) error {
	if len(alert.Searches) == 0 {
		return nil // everything that was found has ended
	}
	letter := AlertMail{Home: s.absolute(urls.Home), ManageURL: s.absolute(urls.SavedSearches), StopURL: s.absolute(urls.StopAlerts(alert.StopAll))}
	n := alert.More
	for _, search := range alert.Searches {
		part := AlertMailSearch{Name: search.Name, URL: s.absolute(urls.SavedSearch(search.ID)), StopURL: s.absolute(urls.StopAlerts(search.StopToken))}
		for i := range search.Listings {
			part.Items = append(part.Items, s.alertItem(&search.Listings[i]))
		}
		n += len(part.Items)
		letter.Searches = append(letter.Searches, part)
	}
	letter.Count = newListings(n)
	if alert.More > 0 {
		letter.More = "Și încă " + newListings(alert.More) + "."
	}
	if len(letter.Searches) == 1 {
		letter.Only = quoted(letter.Searches[0].Name)
		letter.StopURL = letter.Searches[0].StopURL
	}
	return s.sendMail(ctx, "alerts", letter, mail.Message{To: alert.User.Email, ToName: alert.User.FirstName, ID: fmt.Sprintf("alert-%d", alert.Batch), StopURL: letter.StopURL})
}

func newListings(n int) string {
	if n == 1 {
		return "un anunț nou"
	}
	return text.Count(int64(n), "anunț nou", "anunțuri noi")
}

func (s *Server) alertItem(l *models.Listing) AlertMailItem {
	card := s.card(l, false)
	item := AlertMailItem{Title: l.Title, URL: s.absolute(card.Href), Price: card.Price, Place: card.Place}
	if card.Photo != nil {
		item.Photo = s.absolute(card.Photo.Src)
	}
	return item
}
