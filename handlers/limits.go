package handlers

import (
	"net"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/ratelimit"
)

// The limits. A busy person stays below them: 100 adverts, 300 messages and 600 favourites an hour.
var (
	limitReads     = ratelimit.Rule{Name: "reads", Burst: 1200, Per: time.Minute}
	limitLinks     = ratelimit.Rule{Name: "links", Burst: 240, Per: time.Minute}
	limitSuggest   = ratelimit.Rule{Name: "suggestions", Burst: 300, Per: time.Minute}
	limitListings  = ratelimit.Rule{Name: "listings", Burst: 120, Per: time.Hour}
	limitChanges   = ratelimit.Rule{Name: "changes", Burst: 600, Per: time.Hour}
	limitFavorites = ratelimit.Rule{Name: "favorites", Burst: 900, Per: time.Hour}
	limitDrafts    = ratelimit.Rule{Name: "drafts", Burst: 1200, Per: time.Hour}
	limitExports   = ratelimit.Rule{Name: "exports", Burst: 5, Per: time.Hour}
	limitContact   = ratelimit.Rule{Name: "contact", Burst: 5, Per: time.Hour}
	limitUploads   = ratelimit.Rule{Name: "uploads", Burst: 1500, Per: time.Hour}
	limitTyping    = ratelimit.Rule{Name: "typing", Burst: 3600, Per: time.Hour}
	limitStreams   = ratelimit.Rule{Name: "streams", Burst: 240, Per: 10 * time.Minute}
	limitAnonymous = ratelimit.Rule{Name: "anonymous uploads", Burst: 60, Per: time.Hour}
)

// limit lets a request through while its sender has a token left for the rule.
func (s *Server) limit(rule ratelimit.Rule) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := s.take(c, rule); err != nil {
			return err
		}
		return c.Next()
	}
}

// limitReading slows down robots that read too fast; reading from this computer in local mode is free.
func (s *Server) limitReading(rule ratelimit.Rule) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if ip := net.ParseIP(c.IP()); s.cfg.Local() && ip != nil && ip.IsLoopback() {
			return c.Next()
		}
		if err := s.take(c, rule); err != nil {
			return err
		}
		return c.Next()
	}
}

func (s *Server) take(c *fiber.Ctx, rule ratelimit.Rule) error {
	if !s.cfg.RateLimits {
		return nil
	}
	wait, ok := s.limits.Allow(rule, sender(c))
	if ok {
		return nil
	}
	err := apperr.New(apperr.TooMany, "")
	err.RetryAfter = wait
	return err
}

// sender is who a limit counts for: the person, or the address of a visitor.
func sender(c *fiber.Ctx) string {
	if v := viewerOf(c); v != nil {
		return "user " + strconv.FormatInt(v.ID, 10)
	}
	return "address " + c.IP()
}

// allowUpload counts each photo; visitors, who can only fill a draft, get few.
func (s *Server) allowUpload(c *fiber.Ctx) error {
	if viewerOf(c) == nil {
		return s.take(c, limitAnonymous)
	}
	return s.take(c, limitUploads)
}
