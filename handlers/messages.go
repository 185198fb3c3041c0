package handlers

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	inboxPage   = 30 // conversations on a page
	messagePage = 40 // messages on a page

	paramArchived = "arhiva"
	paramOlder    = "inainte"
)

// InboxPage lists the viewer's conversations.
type InboxPage struct {
	Page
	Inbox InboxList
}

// InboxList is a page of conversations; the fragment that news refresh.
type InboxList struct {
	Items    []InboxItem
	Archived bool
	SelfURL  string // of this list
	OtherURL string // the archived ones, or back
	NextURL  string // "" at the end
}

// InboxItem is one conversation of the list.
type InboxItem struct {
	Href    string
	Peer    string
	Initial string
	Title   string // of the listing
	Preview string
	Time    string
	TimeISO string
	Unread  string // "3"; "" for none
	Current bool   // open beside the list
}

// ConversationPage is one conversation, or the place where one begins.
type ConversationPage struct {
	Page
	Inbox      InboxList
	ID         int64 // 0 before the first message
	Peer       string
	PeerHref   string // "" for somebody who is gone
	Listing    TalkListing
	Messages   []MessageView
	OlderURL   string
	Text       TextForm
	Offer      OfferForm
	Meeting    MeetingForm
	Closed     string // why nothing can be written; "" while it can
	Archived   bool
	Blocked    bool // by the viewer
	ArchiveURL string
	BlockURL   string
	TypingURL  string
	ReadURL    string
}

// TalkListing is the listing pinned above its conversation.
type TalkListing struct {
	Href  string // "" for a deleted one
	Title string
	Price string
	State string // "vândut"; "" for an active one
	Photo *PhotoView
	Icon  string
}

// MessageList is the older part of a conversation.
type MessageList struct {
	Messages []MessageView
	OlderURL string
}

func (s *Server) showInbox(c *fiber.Ctx) error {
	list, err := s.inbox(c, 0)
	if err != nil {
		return err
	}
	if isFragment(c) {
		return s.fragment(c, http.StatusOK, "inbox", list)
	}
	p := InboxPage{Page: s.newPage(c, "Mesaje"), Inbox: list}
	p.Tab, p.NoIndex = "mesaje", true
	return s.page(c, http.StatusOK, "inbox", p)
}

// inbox is the list that the request asks for, with the conversation marked that is open beside it.
func (s *Server) inbox(c *fiber.Ctx, current int64) (InboxList, error) {
	archived := c.Query(paramArchived) == "da"
	list := InboxList{Archived: archived, SelfURL: urls.Inbox, OtherURL: urls.WithQuery(urls.Inbox, url.Values{paramArchived: {"da"}})}
	query := url.Values{}
	if archived {
		list.SelfURL, list.OtherURL = list.OtherURL, list.SelfURL
		query.Set(paramArchived, "da")
	}
	if n, ok := parseID(c.Query(paramTalk)); ok {
		current = n
	}
	if current != 0 {
		list.SelfURL += map[bool]string{true: "&", false: "?"}[archived] + paramTalk + "=" + itoa(current)
	}
	rows, next, err := s.store.Conversations(c.UserContext(), viewerID(c), archived, models.DecodeCursor(c.Query(paramCursor)), inboxPage)
	if err != nil {
		return list, err
	}
	for i := range rows {
		list.Items = append(list.Items, s.inboxItem(&rows[i], current))
	}
	if !next.IsZero() {
		query.Set(paramCursor, next.Encode())
		list.NextURL = urls.WithQuery(urls.Inbox, query)
	}
	return list, nil
}

func (s *Server) inboxItem(r *models.ConversationSummary, current int64) InboxItem {
	item := InboxItem{Href: urls.Conversation(r.ConversationID), Peer: peerName(&r.Peer), Title: listingTitle(&r.Listing), Preview: lastLine(&r.Last, r.UserID),
		Time: text.Ago(r.Last.CreatedAt, s.now()), TimeISO: r.Last.CreatedAt.Format(time.RFC3339), Unread: badge(r.Unread), Current: r.ConversationID == current}
	item.Initial = initial(item.Peer)
	return item
}

// badge is a number beside a label; nothing for none.
func badge(n int) string {
	switch {
	case n <= 0:
		return ""
	case n > 99:
		return "99+"
	}
	return strconv.Itoa(n)
}

func listingTitle(l *models.Listing) string {
	if l.Title == "" {
		return "Anunț șters"
	}
	return l.Title
}

func (s *Server) showConversation(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	if before, ok := parseID(c.Query(paramOlder)); ok && isFragment(c) {
		return s.showOlder(c, id, before)
	}
	p, err := s.conversationPage(c, id)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "conversation", p)
}

// showOlder is the fragment with the messages before one.
func (s *Server) showOlder(c *fiber.Ctx, id, before int64) error {
	d, err := s.store.Conversation(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	list, err := s.messageList(c, &d, before)
	if err != nil {
		return err
	}
	return s.fragment(c, http.StatusOK, "messages", list)
}

// conversationPage loads the conversation and marks it as read.
func (s *Server) conversationPage(c *fiber.Ctx, id int64) (ConversationPage, error) {
	ctx, viewer := c.UserContext(), viewerID(c)
	// The frame knows the last event from before the messages are read, so that none falls between the page and its stream.
	p := ConversationPage{Page: s.newPage(c, "Conversație"), ID: id}
	d, err := s.store.Conversation(ctx, viewer, id)
	if err != nil {
		return p, err
	}
	before, _ := parseID(c.Query(paramOlder))
	list, err := s.messageList(c, &d, before)
	if err != nil {
		return p, err
	}
	p.Messages, p.OlderURL = list.Messages, list.OlderURL
	if before == 0 && d.Mine.Unread > 0 && c.Method() == http.MethodGet && c.Get("Sec-Purpose") == "" {
		if err := s.store.MarkRead(ctx, viewer, id, d.Mine.LastID); err != nil {
			return p, err
		}
		s.recount(c, &p.Page)
	}
	s.describeTalk(c, &p, &d)
	p.Inbox, err = s.inbox(c, id)
	return p, err
}

// messageList is a page of messages, the newest for 0.
func (s *Server) messageList(c *fiber.Ctx, d *models.ConversationDetail, before int64) (MessageList, error) {
	ctx := c.UserContext()
	messages, more, err := s.store.Messages(ctx, d.Mine.UserID, d.ID, before, messagePage)
	if err != nil {
		return MessageList{}, err
	}
	var list MessageList
	if list.Messages, err = s.messageViews(ctx, d.Mine.UserID, d.PeerReadID, time.Time{}, messages...); err != nil {
		return MessageList{}, err
	}
	if more {
		list.OlderURL = urls.WithQuery(urls.Conversation(d.ID), url.Values{paramOlder: {strconv.FormatInt(messages[0].ID, 10)}})
	}
	return list, nil
}

// describeTalk fills what surrounds the messages.
func (s *Server) describeTalk(c *fiber.Ctx, p *ConversationPage, d *models.ConversationDetail) {
	p.Peer = peerName(&d.Peer)
	p.Title, p.Tab, p.NoIndex = p.Peer+" · "+listingTitle(&d.Listing), "mesaje", true
	if d.Peer.DeletedAt == nil {
		p.PeerHref = urls.PublicProfile(d.Peer.Username)
	}
	p.Listing = s.talkListing(&d.Listing)
	p.Archived, p.Blocked = d.Mine.Archived, d.BlockedByMe
	p.ArchiveURL, p.BlockURL = urls.ArchiveConversation(d.ID), urls.BlockPeer(d.ID)
	p.TypingURL, p.ReadURL = urls.Typing(d.ID), urls.MarkRead(d.ID)
	switch {
	case d.Peer.DeletedAt != nil:
		p.Closed = "Celălalt cont a fost șters. Poți citi în continuare ce v-ați scris."
	case d.BlockedByMe:
		p.Closed = "Ai blocat această persoană. Deblocheaz-o dacă vrei să-i scrii din nou."
	case d.IsBlocked:
		p.Closed = "Nu mai poți scrie în această conversație."
	}
	p.Text = TextForm{Action: urls.Conversation(d.ID), Key: rand.Text(), Text: s.keptMessage(c, d.ID, d.ListingID), CanAttach: true, Live: true}
	if len(p.Messages) == 0 {
		p.Text.Questions = quickQuestions
	}
	if d.Listing.Status == models.StatusActive {
		p.Offer = OfferForm{Action: urls.Offer(d.ID), Key: rand.Text(), IsEuro: d.Listing.Currency == models.EUR}
	}
	p.Meeting = MeetingForm{Action: urls.Meeting(d.ID), Key: rand.Text(), Earliest: text.ISODay(s.now())}
}

func (s *Server) talkListing(l *models.Listing) TalkListing {
	t := TalkListing{Title: listingTitle(l), Price: priceText(l.Price()), Icon: "package"}
	if category := s.store.Catalog().CategoryByID(l.CategoryID); category != nil {
		t.Icon = category.Icon
	}
	if l.Status != models.StatusDeleted {
		t.Href = urls.Listing(l.Slug, l.ID)
		if l.CoverHash != "" {
			t.Photo = photoView(l.CoverHash, l.CoverWidth, l.CoverHeight, "")
		}
	}
	switch {
	case l.Status == models.StatusSold:
		t.State = "vândut"
	case l.Status == models.StatusExpired:
		t.State = "expirat"
	case l.Status == models.StatusDeleted:
		t.State = "șters"
	case l.Reserved:
		t.State = "rezervat"
	}
	return t
}

// archiveConversation and blockPeer toggle what the button says.
func (s *Server) archiveConversation(c *fiber.Ctx) error {
	return s.toggleTalk(c, func(id int64, d *models.ConversationDetail) (string, string, error) {
		if d.Mine.Archived {
			return "dezarhivat", urls.Conversation(id), s.store.SetArchived(c.UserContext(), viewerID(c), id, false)
		}
		return "arhivat", urls.Inbox, s.store.SetArchived(c.UserContext(), viewerID(c), id, true)
	})
}

func (s *Server) blockPeer(c *fiber.Ctx) error {
	return s.toggleTalk(c, func(id int64, d *models.ConversationDetail) (string, string, error) {
		flash := map[bool]string{true: "deblocat", false: "blocat"}[d.BlockedByMe]
		return flash, urls.Conversation(id), s.store.SetBlocked(c.UserContext(), viewerID(c), id, !d.BlockedByMe)
	})
}

func (s *Server) toggleTalk(c *fiber.Ctx, change func(id int64, d *models.ConversationDetail) (flash, next string, err error)) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	d, err := s.store.Conversation(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	flash, next, err := change(id, &d)
	if err != nil {
		return err
	}
	setFlash(c, flash, photoTally{})
	return seeOther(c, next)
}

// markRead says that messages were seen as they arrived.
func (s *Server) markRead(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	form, err := readForm(c, nil)
	if err != nil {
		return err
	}
	upTo, ok := parseID(form.Get(fieldUpTo))
	if !ok {
		return fiber.ErrBadRequest
	}
	if err := s.store.MarkRead(c.UserContext(), viewerID(c), id, upTo); err != nil {
		return err
	}
	return noContent(c)
}

// tellTyping passes on that the viewer is typing; it is kept nowhere.
func (s *Server) tellTyping(c *fiber.Ctx) error {
	id, err := pathID(c)
	if err != nil {
		return err
	}
	d, err := s.store.Conversation(c.UserContext(), viewerID(c), id)
	if err != nil {
		return err
	}
	if !d.IsBlocked {
		if err := s.store.Send(c.UserContext(), models.Signal{UserIDs: []int64{d.Mine.PeerID}, Typing: id}); err != nil {
			return err
		}
	}
	return noContent(c)
}
