package main

import "embed"

//go:embed all:views
var viewFiles embed.FS

//go:embed all:static
var staticFiles embed.FS
