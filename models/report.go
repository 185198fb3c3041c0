package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
)

// ReportKind says what is reported.
type ReportKind string

// The kinds of things that can be reported.
const (
	ReportListing ReportKind = "listing"
	ReportUser    ReportKind = "user"
	ReportMessage ReportKind = "message"
)

// ReportReasons are the values of the form's field motiv.
var ReportReasons = []string{"spam", "inselatorie", "interzis", "categorie", "duplicat", "altul"}

// Names and limits of the report's form.
const (
	FieldReason      = "motiv"
	FieldDetails     = "detalii"
	ReportDetailsMax = 1000
)

// Report is what one person says about a thing.
type Report struct {
	bun.BaseModel `bun:"table:reports,alias:r"`

	ID         int64 `bun:",pk,autoincrement"`
	Kind       ReportKind
	TargetID   int64
	OwnerID    int64 // who answers for it
	ReporterID int64
	Reason     string // one of ReportReasons
	Details    string
	CreatedAt  time.Time
	DecisionID *int64 // nil while it waits
}

// ReportTarget is the thing that a report is about, as its reporter sees it.
type ReportTarget struct {
	Kind    ReportKind
	ID      int64
	OwnerID int64
	Label   string // title, name or words of the message
	Path    string // public name that leads to it: slug of a listing, username of a person
	Talk    int64  // conversation of a message
}

var errOwnReport = apperr.New(apperr.Conflict, "Nu te poți raporta pe tine.")

// ReportTargetOf returns the thing for the person who wants to report it: a message only to those who were written to. It returns NotFound
// for what they cannot see and Conflict for what is their own.
func (s *Store) ReportTargetOf(ctx context.Context, viewerID int64, kind ReportKind, id int64) (ReportTarget, error) {
	t := ReportTarget{Kind: kind, ID: id}
	var err error
	switch kind {
	case ReportListing:
		err = s.read.NewRaw("SELECT owner_id, title AS label, slug AS path FROM listings WHERE id = ? AND status <> 'deleted'", id).Scan(ctx, &t.OwnerID, &t.Label, &t.Path)
		t.Label = text.HidePhones(t.Label)
	case ReportUser:
		var u User
		err = s.read.NewSelect().Model(&u).Where("u.id = ? AND u.deleted_at IS NULL", id).Scan(ctx)
		t.OwnerID, t.Label, t.Path = u.ID, u.PublicName(), u.Username
	case ReportMessage:
		err = s.read.NewRaw(`SELECT msg.sender_id, msg.body, msg.conversation_id FROM messages AS msg JOIN conversation_members AS m ON m.conversation_id = msg.conversation_id
			WHERE msg.id = ? AND m.user_id = ? AND msg.sender_id IS NOT NULL`, id, viewerID).Scan(ctx, &t.OwnerID, &t.Label, &t.Talk)
		t.Label = text.Truncate(t.Label, 200)
	default:
		return t, errNoReportTarget
	}
	switch err = s.classify(err); {
	case isNotFound(err):
		return t, errNoReportTarget
	case err != nil:
		return t, fmt.Errorf("select what is reported: %w", err)
	case t.OwnerID == viewerID:
		return t, errOwnReport
	}
	return t, nil
}

var errNoReportTarget = apperr.New(apperr.NotFound, "Ce vrei să raportezi nu mai există.")

// AddReport stores what the person says about the thing and reports whether it is new: each person reports a thing once.
func (s *Store) AddReport(ctx context.Context, reporterID int64, t ReportTarget, reason, details string) (bool, error) {
	details = text.Paragraphs(details)
	switch {
	case !slices.Contains(ReportReasons, reason):
		return false, apperr.OnField(FieldReason, "Alege un motiv din listă.")
	case text.Runes(details) > ReportDetailsMax:
		return false, apperr.OnField(FieldDetails, "Detaliile au cel mult 1.000 de caractere.")
	}
	r := Report{Kind: t.Kind, TargetID: t.ID, OwnerID: t.OwnerID, ReporterID: reporterID, Reason: reason, Details: details, CreatedAt: s.now()}
	isNew := false
	err := s.inTx(ctx, func(ctx context.Context, tx bun.Tx) error {
		res, err := tx.NewInsert().Model(&r).On("CONFLICT (kind, target_id, reporter_id) DO NOTHING").Returning("NULL").Exec(ctx)
		if err != nil {
			return fmt.Errorf("insert report: %w", err)
		}
		n, err := res.RowsAffected()
		isNew = n > 0
		return err
	})
	return isNew && err == nil, err
}

// ReportStatus is a report as its reporter sees it.
type ReportStatus struct {
	Report
	Decision *Decision // nil while it waits
	Label    string    // what was reported; "" when it is gone
}

// maxOwnReports is how many of somebody's own reports are listed.
const maxOwnReports = 100

// ReportsBy returns the newest reports of the person with what was decided.
func (s *Store) ReportsBy(ctx context.Context, reporterID int64) ([]ReportStatus, error) {
	var rows []Report
	if err := s.read.NewSelect().Model(&rows).Where("r.reporter_id = ?", reporterID).Order("r.id DESC").Limit(maxOwnReports).Scan(ctx); err != nil {
		return nil, fmt.Errorf("select own reports: %w", s.classify(err))
	}
	decisions, err := s.DecisionsByID(ctx, decisionIDs(rows))
	if err != nil {
		return nil, err
	}
	out := make([]ReportStatus, len(rows))
	for i, r := range rows {
		out[i].decided(r, decisions)
		if t, err := s.ReportTargetOf(ctx, reporterID, r.Kind, r.TargetID); err == nil {
			out[i].Label = t.Label
		} else if !apperr.Is(err, apperr.NotFound) && !apperr.Is(err, apperr.Conflict) {
			return nil, err
		}
	}
	return out, nil
}

func decisionIDs(rows []Report) []int64 {
	var ids []int64
	for _, r := range rows {
		if r.DecisionID != nil {
			ids = append(ids, *r.DecisionID)
		}
	}
	return ids
}

func (st *ReportStatus) decided(r Report, decisions map[int64]Decision) {
	st.Report = r
	if r.DecisionID == nil {
		return
	}
	if d, ok := decisions[*r.DecisionID]; ok {
		st.Decision = &d
	}
}
