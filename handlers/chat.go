package handlers

import (
	"crypto/rand"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/assistant"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// ChatPage is the conversation with the assistant.
type ChatPage struct {
	Page
	ID          int64 // of the conversation; 0 for a new one
	Heading     string
	Turns       []ChatTurn
	Suggestions []string // to begin with; empty once something was asked
	Form        ChatForm
	Chats       []ChatLink // earlier conversations
	DeleteURL   string
	Notice      ChatNotice
	Safety      string
}

// ChatForm is where the person asks; part of it is sent anew with each answer.
type ChatForm struct {
	ID    int64
	Key   string // makes a double submit harmless
	Value string
	Max   int
}

// ChatLink leads to an earlier conversation.
type ChatLink struct {
	Href, Title, When string
	Current           bool
}

// ChatNotice is a limit that was reached, or what is wrong with the question.
type ChatNotice struct {
	Text      string
	SignInURL string // where more is allowed; "" when it would not help
}

// ChatTurn is a question with its answer.
type ChatTurn struct {
	ID       int64
	Question string
	Answer   ChatAnswer
	Form     *ChatForm // renews the form with the answer that htmx gets
}

// ChatAnswer is what the assistant said.
type ChatAnswer struct {
	ID       int64
	HTML     template.HTML // checked
	Cards    template.HTML // the listings that it names
	Safety   string        // fixed advice; "" when the answer needs none
	Failure  string        // why there is no answer, or no whole one
	Running  bool
	Streams  bool   // what follows in the same answer completes it
	URL      string // shows it later
	Stopped  bool
	Question string // to try again
	ChatID   int64
	RetryKey string
	RateURL  string
	Feedback int
	DraftURL string // takes over the advert that was prepared; "" for none
	Marked   bool   // an amount in it was not verified
}

const (
	chatCookie     = "piata_asistent"
	chatCookieLife = 24 * time.Hour

	fieldAsked    = "mesaj"
	fieldChat     = "conversatie"
	fieldFeedback = "parere"
)

var chatSuggestions = []string{"Ce telefoane bune găsesc sub 1.000 de lei?", "Caut un apartament cu 2 camere în Cluj-Napoca", "Cât costă un Golf 7 diesel?", "Cum văd dacă un anunț e o păcăleală?"}

// chatOwner is whose conversations the request may see. A visitor without the cookie has none.
func chatOwner(c *fiber.Ctx) models.ChatOwner {
	if v := viewerOf(c); v != nil {
		return models.ChatOwner{UserID: v.ID}
	}
	if key := c.Cookies(chatCookie); len(key) >= 20 && len(key) <= 64 {
		return models.ChatOwner{Visitor: models.ChatVisitor(key)}
	}
	return models.ChatOwner{}
}

// startChatOwner is chatOwner, giving the browser a key when it has none. What somebody asked before signing in becomes theirs.
func (s *Server) startChatOwner(c *fiber.Ctx) (models.ChatOwner, error) {
	owner := chatOwner(c)
	switch {
	case owner.UserID != 0 && c.Cookies(chatCookie) != "":
		dropCookie(c, chatCookie)
		return owner, s.store.AdoptChats(c.UserContext(), models.ChatVisitor(c.Cookies(chatCookie)), owner.UserID)
	case owner == models.ChatOwner{}:
		key := rand.Text()
		setCookie(c, chatCookie, key, chatCookieLife)
		owner.Visitor = models.ChatVisitor(key)
	}
	return owner, nil
}

// showChat shows a conversation: the one asked for with c, otherwise the latest, otherwise a new one.
func (s *Server) showChat(c *fiber.Ctx) error {
	owner := chatOwner(c)
	if owner.UserID != 0 && c.Cookies(chatCookie) != "" {
		var err error
		if owner, err = s.startChatOwner(c); err != nil {
			return err
		}
	}
	id, err := s.chatAsked(c, owner, c.Query("c"), c.Query("nou") != "")
	if err != nil {
		return err
	}
	p, err := s.chatPage(c, owner, id)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "chat", p)
}

// chatAsked returns the id of the conversation that is meant; 0 for a new one.
func (s *Server) chatAsked(c *fiber.Ctx, owner models.ChatOwner, given string, isNew bool) (int64, error) {
	if isNew || given == "0" || owner == (models.ChatOwner{}) {
		return 0, nil
	}
	if given != "" {
		id, ok := parseID(given)
		if !ok {
			return 0, fiber.ErrNotFound
		}
		return id, nil
	}
	chats, err := s.store.Chats(c.UserContext(), owner)
	if err != nil || len(chats) == 0 {
		return 0, err
	}
	return chats[0].ID, nil
}

func (s *Server) chatPage(c *fiber.Ctx, owner models.ChatOwner, id int64) (ChatPage, error) {
	p := ChatPage{Page: s.newPage(c, "Asistent"), ID: id, Heading: "Asistentul Piața.ro", Suggestions: chatSuggestions, Safety: assistant.Safety,
		Form: newChatForm(id)}
	p.Tab, p.Canonical, p.Path = "asistent", s.absolute(urls.Chat), urls.Chat
	p.Description = "Întreabă asistentul Piața.ro: caută printre anunțurile reale, compară prețuri și te ajută să scrii un anunț."
	p.Streams = true
	if owner == (models.ChatOwner{}) {
		return p, nil
	}
	chats, err := s.store.Chats(c.UserContext(), owner)
	if err != nil {
		return p, err
	}
	for _, chat := range chats {
		p.Chats = append(p.Chats, ChatLink{Href: urls.ChatID(chat.ID), Title: chat.Title, When: text.Ago(chat.UpdatedAt, s.now()), Current: chat.ID == id})
	}
	if id == 0 {
		return p, nil
	}
	_, messages, err := s.store.Chat(c.UserContext(), owner, id)
	if err != nil {
		return p, err
	}
	p.Suggestions, p.DeleteURL = nil, urls.DeleteChat(id)
	for i := range messages {
		turn, err := s.chatTurn(c.UserContext(), owner.UserID, &messages[i])
		if err != nil {
			return p, err
		}
		p.Turns = append(p.Turns, turn)
	}
	return p, nil
}

func newChatForm(id int64) ChatForm {
	return ChatForm{ID: id, Key: rand.Text(), Max: models.QuestionMax}
}

// askChat takes a question: htmx gets the answer as a stream, a plain form gets the page with the whole answer in it.
func (s *Server) askChat(c *fiber.Ctx) error {
	values, err := readForm(c, nil)
	if err != nil {
		return err
	}
	question := text.Paragraphs(values.Get(fieldAsked))
	owner, err := s.startChatOwner(c)
	if err != nil {
		return err
	}
	id, err := s.chatAsked(c, owner, values.Get(fieldChat), false)
	if err != nil {
		return err
	}
	if problem := questionProblem(question); problem != "" {
		return s.refuseQuestion(c, owner, id, question, apperr.OnField(fieldAsked, problem))
	}
	key := values.Get(fieldSubmitKey)
	if !isKey(key) {
		key = rand.Text()
	}
	if err := s.allowQuestion(c); err != nil {
		return s.refuseQuestion(c, owner, id, question, err)
	}
	message, isNew, err := s.store.Ask(c.UserContext(), owner, id, question, key)
	if err != nil {
		return s.refuseQuestion(c, owner, id, question, err)
	}
	if !isNew {
		return seeOther(c, urls.ChatID(message.ChatID))
	}
	work := &chatWork{server: s, owner: owner, message: message, signedIn: owner.UserID != 0}
	if isHTMX(c) {
		return s.streamAnswer(c, work)
	}
	c.Context().SetConnectionClose() // what comes on it meanwhile is not kept
	work.whole(c.Context().Conn())
	p, err := s.chatPage(c, owner, message.ChatID)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, "chat", p)
}

// deleteChat removes a conversation with the assistant, or all of them.
func (s *Server) deleteChat(c *fiber.Ctx) error {
	id, ok := parseID(c.Params("id"))
	if c.Params("id") == "0" {
		id, ok = 0, true
	}
	if owner := chatOwner(c); ok && owner != (models.ChatOwner{}) {
		if err := s.store.DeleteChat(c.UserContext(), owner, id); err != nil {
			return err
		}
		setFlash(c, flashChatDeleted, photoTally{})
		return seeOther(c, urls.Chat+"?nou=1")
	}
	return fiber.ErrNotFound
}

// rateAnswer records a thumb up or down.
func (s *Server) rateAnswer(c *fiber.Ctx) error {
	id, ok := parseID(c.Params("id"))
	values, err := readForm(c, nil)
	if err != nil {
		return err
	}
	feedback, known := map[string]int{"bine": 1, "rau": -1, "": 0}[values.Get(fieldFeedback)]
	owner := chatOwner(c)
	if !ok || !known || owner == (models.ChatOwner{}) {
		return fiber.ErrNotFound
	}
	chatID, err := s.store.RateAnswer(c.UserContext(), owner, id, feedback)
	if err != nil {
		return err
	}
	if isFragment(c) {
		return s.fragment(c, http.StatusOK, "chat_rating", ChatAnswer{ID: id, RateURL: urls.RateAnswer(id), Feedback: feedback})
	}
	return seeOther(c, urls.ChatID(chatID)+"#raspuns-"+strconv.FormatInt(id, 10))
}

// takeDraft puts the advert that the model prepared into the browser's draft and opens the form.
func (s *Server) takeDraft(c *fiber.Ctx) error {
	id, ok := parseID(c.Params("id"))
	owner := chatOwner(c)
	if !ok || owner == (models.ChatOwner{}) {
		return fiber.ErrNotFound
	}
	m, err := s.store.ChatMessage(c.UserContext(), owner, id)
	if err != nil {
		return err
	}
	fields, err := draftOfAdvert(s.store.Catalog(), m.Draft)
	if err != nil || len(fields) == 0 {
		return fiber.ErrNotFound
	}
	if err := s.mergeDraft(c, fields); err != nil {
		return err
	}
	setFlash(c, flashNotesUsed, photoTally{})
	return seeOther(c, urls.NewListing)
}

// chatRefs are the listings that an answer names, each once, in its order.
func chatRefs(m *models.ChatMessage) []int64 {
	var ids []int64
	links := slices.DeleteFunc(m.LinkList(), func(link string) bool { return !strings.Contains(m.Answer, "("+link+")") })
	slices.SortFunc(links, func(a, b string) int { return strings.Index(m.Answer, "("+a+")") - strings.Index(m.Answer, "("+b+")") })
	for _, link := range links {
		if id, ok := listingRefID(strings.TrimSuffix(link, "/")); ok && len(ids) < maxChatCards {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

const maxChatCards = 6
