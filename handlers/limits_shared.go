package handlers

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/apperr"
	"piata.ro/internal/ratelimit"
	"piata.ro/internal/text"
	"piata.ro/models"
)

// sharedLimit bounds what spammers do, on all machines together: for each person, for each address that they come from, and for each thing
// or person that it is done to.
type sharedLimit struct {
	person  ratelimit.Rule
	address ratelimit.Rule
	target  ratelimit.Rule // the zero rule does not count targets
	subject string         // "Ai trimis prea multe mesaje"
	byPath  bool           // the path names the target; else the handler calls takeTarget
}

// The shared limits. A busy person stays below them: 100 adverts and 300 messages an hour. An address may be a whole office or block.
var (
	sharedListings = sharedLimit{person: limitListings, address: ratelimit.Rule{Name: "listings", Burst: 1000, Per: time.Hour}, subject: "Ai pus prea multe anunțuri"}
	sharedMessages = sharedLimit{person: ratelimit.Rule{Name: "messages", Burst: 400, Per: time.Hour}, address: ratelimit.Rule{Name: "messages", Burst: 3000, Per: time.Hour},
		target: ratelimit.Rule{Name: "messages", Burst: 1000, Per: time.Hour}, byPath: true, subject: "Ai trimis prea multe mesaje"}
	sharedFirst   = sharedLimit{person: sharedMessages.person, address: sharedMessages.address, target: sharedMessages.target, subject: sharedMessages.subject}
	sharedReports = sharedLimit{person: ratelimit.Rule{Name: "reports", Burst: 30, Per: time.Hour}, address: ratelimit.Rule{Name: "reports", Burst: 200, Per: time.Hour},
		target: ratelimit.Rule{Name: "reports", Burst: 100, Per: time.Hour}, subject: "Ai trimis prea multe raportări"}
	sharedReveals = sharedLimit{person: ratelimit.Rule{Name: "reveals", Burst: 60, Per: time.Hour}, address: ratelimit.Rule{Name: "reveals", Burst: 600, Per: time.Hour},
		target: ratelimit.Rule{Name: "reveals", Burst: 600, Per: time.Hour}, byPath: true, subject: "Ai cerut prea multe numere de telefon"}
)

// limitShared lets a request through while the person, the address and the target named in the path have a token left.
func (s *Server) limitShared(l sharedLimit) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if v := viewerOf(c); v != nil {
			if err := s.takeShared(c.UserContext(), l, l.person, "user "+strconv.FormatInt(v.ID, 10)); err != nil {
				return err
			}
		}
		if network := s.networkOf(c); network != "" {
			if err := s.takeShared(c.UserContext(), l, l.address, "address "+network); err != nil {
				return err
			}
		}
		if l.byPath {
			if err := s.takeTarget(c.UserContext(), l, strings.Clone(c.Path())); err != nil {
				return err
			}
		}
		return c.Next()
	}
}

// takeTarget counts what is done to one thing or person, whoever does it.
func (s *Server) takeTarget(ctx context.Context, l sharedLimit, target string) error {
	return s.takeShared(ctx, l, l.target, "target "+text.Truncate(target, 80))
}

// takeShared asks this machine's buckets first, so that whoever is far above a limit costs no writing.
func (s *Server) takeShared(ctx context.Context, l sharedLimit, rule ratelimit.Rule, key string) error {
	if !s.cfg.RateLimits || rule.Burst == 0 {
		return nil
	}
	wait, ok := s.limits.Allow(rule, key)
	if ok {
		var err error
		if wait, ok, err = s.store.TakeLimit(ctx, rule.Name+" "+key, models.RateLimit{Burst: rule.Burst, Per: rule.Per}); err != nil {
			return err
		}
	}
	if ok {
		return nil
	}
	err := apperr.New(apperr.TooMany, l.subject+" într-un timp scurt. Încearcă din nou "+waitText(wait)+".")
	err.RetryAfter = wait
	return err
}

// networkOf is the address that a request comes from; of IPv6 the half that one connection gets. It is "" for this computer in local mode.
func (s *Server) networkOf(c *fiber.Ctx) string {
	ip, err := netip.ParseAddr(c.IP())
	if err != nil {
		return c.IP()
	}
	if ip = ip.Unmap(); s.cfg.Local() && ip.IsLoopback() {
		return ""
	}
	if ip.Is6() {
		if half, err := ip.Prefix(64); err == nil {
			return half.String()
		}
	}
	return ip.String()
}

// waitText says how long to wait, e.g. "peste 12 minute".
func waitText(d time.Duration) string {
	if d <= time.Minute {
		return "peste un minut"
	}
	return "peste " + text.Count(int64((d+time.Minute-1)/time.Minute), "minut", "minute")
}
