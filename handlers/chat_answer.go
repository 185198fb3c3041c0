package handlers

import (
	"context"
	"html/template"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"piata.ro/internal/assistant"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

const (
	answerTimeout  = 110 * time.Second
	historyTokens  = 3000 // of earlier turns that the model gets word by word
	summaryTimeout = 30 * time.Second
)

// chatWork is one question being answered.
type chatWork struct {
	server   *Server
	owner    models.ChatOwner
	message  models.ChatMessage
	signedIn bool
	answer   assistant.Answer
	draft    string               // advert that the model prepared
	earlier  []models.ChatMessage // what was said before in the conversation
}

// maxAnswers is the number of answers in the making at once; the model and the memory are spared more.
const maxAnswers = 500

// whole answers without streaming. It stops when the browser closes its connection.
func (w *chatWork) whole(conn net.Conn) {
	ctx, cancel := context.WithTimeout(w.server.base, answerTimeout)
	defer cancel()
	stop := watchLeaving(conn, cancel)
	defer stop()
	w.run(ctx, func(assistant.Event) error { return nil })
	w.server.work.Go(w.summarise)
}

// run asks the model and stores how it ended, whatever happens.
func (w *chatWork) run(ctx context.Context, emit func(assistant.Event) error) {
	s := w.server
	var failure *assistant.Failure
	err := recovered(func() error {
		select {
		case s.answers <- struct{}{}:
			defer func() { <-s.answers }()
		default:
			return &assistant.Failure{Kind: assistant.Busy, Err: errTooManyAnswers}
		}
		question, err := w.question(ctx)
		if err != nil {
			return err
		}
		w.answer, err = s.assistant.Answer(ctx, question, emit)
		return err
	})
	if err != nil {
		failure = asFailure(err)
		s.log.WarnContext(ctx, "no answer of the assistant", slog.String("error", err.Error()))
	}
	w.finish(failure)
}

// finish stores the answer. The request's own time may be over, so that this has a little of its own.
func (w *chatWork) finish(failure *assistant.Failure) {
	m := &w.message
	m.Answer, m.State, m.Tokens, m.Draft = text.Paragraphs(w.answer.Text), models.ChatWhole, w.answer.Tokens.Total(), w.draft
	m.Links, m.Prices = w.known()
	switch {
	case failure == nil:
	case failure.Kind == assistant.Stopped:
		m.State = models.ChatStopped
	default:
		m.State, m.Failure = models.ChatFailed, failure.Sentence()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(w.server.base), 15*time.Second)
	defer cancel()
	if err := w.server.store.Answered(ctx, m); err != nil {
		w.server.log.ErrorContext(ctx, "store answer", slog.String("error", err.Error()))
	}
	w.server.countAnswer(failure, w.answer.Tokens)
}

// known returns, of the addresses and amounts in the answer, those that its tools returned or, when it comes back to something, that were known
// earlier in the conversation.
func (w *chatWork) known() (links, prices string) {
	allowed := w.answer.Links
	texts := []string{w.answer.Known, w.message.Question}
	for i := range w.earlier {
		allowed = append(allowed, w.earlier[i].LinkList()...)
		texts = append(texts, w.earlier[i].Question, w.earlier[i].Prices)
	}
	var used []string
	for _, link := range allowed {
		if strings.Contains(w.message.Answer, "("+link+")") && !slices.Contains(used, link) {
			used = append(used, link)
		}
	}
	return strings.Join(used, "\n"), strings.Join(assistant.KnownPrices(texts...).Confirm(w.message.Answer), " ")
}

// question gathers what the model gets: the conversation so far, within its budget, and the tools.
func (w *chatWork) question(ctx context.Context) (assistant.Question, error) {
	chat, messages, err := w.server.store.Chat(ctx, w.owner, w.message.ChatID)
	if err != nil {
		return assistant.Question{}, err
	}
	w.earlier = slices.DeleteFunc(messages, func(m models.ChatMessage) bool { return m.ID >= w.message.ID })
	history, _ := turnsOf(chat, w.earlier, w.message.ID)
	_, kept := assistant.Trim(history, historyTokens)
	return assistant.Question{Summary: chat.Summary, History: kept, Text: w.message.Question, SignedIn: w.signedIn, Tools: w.tools()}, nil
}

// turnsOf returns the messages between the summary and the one with the id, and the id of each turn.
func turnsOf(chat models.Chat, messages []models.ChatMessage, before int64) (turns []assistant.Turn, ids []int64) {
	for _, m := range messages {
		if m.ID <= chat.SummedID || m.ID >= before {
			continue
		}
		turns, ids = append(turns, assistant.Turn{Role: assistant.Person, Text: m.Question}), append(ids, m.ID)
		if m.Answer != "" {
			turns, ids = append(turns, assistant.Turn{Role: assistant.Model, Text: m.Answer}), append(ids, m.ID)
		}
	}
	return turns, ids
}

// summarise shortens what no longer fits next time. The person does not wait for it.
func (w *chatWork) summarise() {
	s := w.server
	ctx, cancel := context.WithTimeout(s.base, summaryTimeout)
	defer cancel()
	err := recovered(func() error {
		chat, messages, err := s.store.Chat(ctx, w.owner, w.message.ChatID)
		if err != nil {
			return err
		}
		turns, ids := turnsOf(chat, messages, w.message.ID+1)
		dropped, _ := assistant.Trim(turns, historyTokens)
		if len(dropped) == 0 {
			return nil
		}
		summary, tokens, err := s.assistant.Summarise(ctx, chat.Summary, dropped)
		if err != nil {
			s.log.WarnContext(ctx, "summary by the model", slog.String("error", err.Error()))
		}
		if err := s.store.SpendTokens(ctx, tokens.Total()); err != nil {
			return err
		}
		return s.store.SummariseChat(ctx, chat.ID, ids[len(dropped)-1], summary)
	})
	if err != nil && s.base.Err() == nil {
		s.log.WarnContext(ctx, "conversation not summarised", slog.String("error", err.Error()))
	}
}

// chatTurn prepares a stored question with its answer.
func (s *Server) chatTurn(ctx context.Context, viewerID int64, m *models.ChatMessage) (ChatTurn, error) {
	answer, err := s.chatAnswer(ctx, viewerID, m)
	return ChatTurn{ID: m.ID, Question: m.Question, Answer: answer}, err
}

// chatAnswer renders an answer: its text held against what the tools returned, and the listings that it names as they are now.
func (s *Server) chatAnswer(ctx context.Context, viewerID int64, m *models.ChatMessage) (ChatAnswer, error) {
	a := ChatAnswer{ID: m.ID, ChatID: m.ChatID, URL: urls.ChatID(m.ChatID), Failure: m.Failure, Running: m.State == models.ChatRunning, Stopped: m.State == models.ChatStopped,
		Question: m.Question, RateURL: urls.RateAnswer(m.ID), Feedback: m.Feedback}
	if m.State == models.ChatFailed && a.Failure == "" {
		a.Failure = "Răspunsul s-a pierdut. Încearcă din nou."
	}
	if m.Draft != "" {
		a.DraftURL = urls.TakeDraft(m.ID)
	}
	prices := assistant.Prices{}
	for f := range strings.FieldsSeq(m.Prices) {
		prices[f] = true
	}
	a.HTML = s.answerHTML(m.Answer, assistant.Checks{Links: m.LinkList(), Prices: prices})
	a.Marked = strings.Contains(string(a.HTML), `class="unverified"`)
	if m.Answer != "" && assistant.NeedsSafety(m.Question, m.Answer) {
		a.Safety = assistant.Safety
	}
	if a.Failure != "" || a.Stopped || a.Running {
		a.RetryKey = newChatForm(0).Key
	}
	var err error
	a.Cards, err = s.chatCards(ctx, viewerID, chatRefs(m))
	return a, err
}

func (s *Server) answerHTML(source string, checks assistant.Checks) template.HTML {
	return template.HTML(s.markdown.HTML(source, checks)) //nolint:gosec // sanitised
}

// chatCards renders the listings that are still for sale.
func (s *Server) chatCards(ctx context.Context, viewerID int64, ids []int64) (template.HTML, error) {
	if len(ids) == 0 {
		return "", nil
	}
	listings, err := s.store.ListingsByID(ctx, ids)
	if err != nil {
		return "", err
	}
	var refs []models.ListingRef
	for _, id := range ids {
		for i := range listings {
			if listings[i].ID == id && listings[i].Status == models.StatusActive {
				refs = append(refs, models.ListingRef{ID: id, Version: listings[i].Version})
			}
		}
	}
	return s.renderCards(ctx, viewerID, refs)
}
