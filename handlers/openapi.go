package handlers

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"
)

// apiDescription is the OpenAPI document of everything below /api/. It is written by hand; a test holds it against the routes and the
// answers.
//
//go:embed openapi.json
var apiDescription []byte

func serveAPIDescription(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	return c.Send(apiDescription)
}
