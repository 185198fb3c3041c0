package handlers

import (
	"errors"
	"fmt"
	"net"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/text"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

func questionProblem(question string) string {
	switch n := text.Runes(question); {
	case n == 0:
		return "Scrie o întrebare."
	case n > models.QuestionMax:
		return "Întrebarea are cel mult " + text.Count(models.QuestionMax, "literă", "litere") + "."
	}
	return ""
}

// allowQuestion counts the question against the limits of the day: of the site, and of the person or the address.
func (s *Server) allowQuestion(c *fiber.Ctx) error {
	if !s.cfg.RateLimits {
		return nil
	}
	limits := s.cfg.Assistant
	spent, err := s.store.TokensSpent(c.UserContext())
	if err != nil {
		return err
	}
	if spent >= limits.DailyTokens {
		return s.tomorrow("Asistentul a răspuns destul pentru azi. Revino mâine; căutarea merge ca de obicei.")
	}
	isVisitor, limit := viewerOf(c) == nil, limits.Questions
	if isVisitor {
		limit = limits.VisitorQuestions
	}
	ok, err := s.store.TakeQuestion(c.UserContext(), chatSender(c), limit)
	switch {
	case err != nil || ok:
		return err
	case isVisitor:
		return fmt.Errorf("%w: %w", errVisitorLimit, s.tomorrow("Ai folosit întrebările de azi. Revino mâine. Cu cont poți pune mai multe:"))
	}
	return s.tomorrow("Ai pus multe întrebări azi. Revino mâine.")
}

var errVisitorLimit = errors.New("a visitor's questions of the day")

// tomorrow refuses until the next day in Romania begins.
func (s *Server) tomorrow(sentence string) error {
	err := apperr.New(apperr.TooMany, sentence)
	err.RetryAfter = text.UntilTomorrow(s.now())
	return err
}

// chatSender is who a question counts for. Whoever has an IPv6 network has more addresses than there are stars, so only the network counts;
// and only a hash is stored.
func chatSender(c *fiber.Ctx) string {
	if v := viewerOf(c); v != nil {
		return "user " + strconv.FormatInt(v.ID, 10)
	}
	ip := net.ParseIP(c.IP())
	if ip != nil && ip.To4() == nil {
		ip = ip.Mask(net.CIDRMask(64, 128))
	}
	return "address " + models.ChatVisitor(ip.String())[:24]
}

// refuseQuestion says why a question is not answered and keeps what was typed.
func (s *Server) refuseQuestion(c *fiber.Ctx, owner models.ChatOwner, id int64, question string, cause error) error {
	sentence := apperr.Message(cause)
	if sentence == "" {
		return cause
	}
	status := statusOf[apperr.KindOf(cause)]
	s.retryAfter(c, status, cause)
	notice := ChatNotice{Text: sentence}
	if errors.Is(cause, errVisitorLimit) {
		notice.SignInURL = s.signInURL(urls.Chat)
	}
	if isHTMX(c) {
		c.Set("HX-Retarget", "#chat-nota")
		c.Set("HX-Reswap", "innerHTML")
		return s.fragment(c, status, "chat_notice", notice)
	}
	p, err := s.chatPage(c, owner, id)
	if err != nil {
		return err
	}
	p.Notice, p.Form.Value = notice, question
	return s.page(c, status, "chat", p)
}
