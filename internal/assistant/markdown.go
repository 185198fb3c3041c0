package assistant

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown turns an answer into HTML: paragraphs, lists, emphasis and links, nothing else. It is safe for concurrent use.
type Markdown struct {
	converter goldmark.Markdown
	policy    *bluemonday.Policy // a second fence behind the parser, which knows no HTML at all
}

// NewMarkdown returns the renderer.
func NewMarkdown() *Markdown {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "ul", "ol", "li", "strong", "em", "br")
	p.AllowAttrs("href").Matching(regexp.MustCompile(`^/[^/\\].*$`)).OnElements("a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^unverified$`)).OnElements("span")
	p.AllowAttrs("title").Matching(regexp.MustCompile(`^[\p{L} ]+$`)).OnElements("span")
	p.AllowRelativeURLs(true)
	converter := goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(
				util.Prioritized(parser.NewListParser(), 300), util.Prioritized(parser.NewListItemParser(), 400),
				util.Prioritized(parser.NewATXHeadingParser(), 600), util.Prioritized(parser.NewParagraphParser(), 1000)),
			parser.WithInlineParsers(util.Prioritized(parser.NewLinkParser(), 200), util.Prioritized(parser.NewEmphasisParser(), 500)),
			parser.WithASTTransformers(util.Prioritized(checker{}, 100)),
		)),
		goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(
			util.Prioritized(answerNodes{}, 100), util.Prioritized(html.NewRenderer(html.WithHardWraps()), 1000)))),
	)
	return &Markdown{converter: converter, policy: p}
}

// Checks is what an answer is held against.
type Checks struct {
	Links  []string // local paths that may be links
	Prices Prices   // amounts that are known; nil checks none
}

// HTML renders the answer. A link that is not in the list becomes plain text, and so does any markup; an amount that nobody named is marked.
func (m *Markdown) HTML(source string, c Checks) string {
	var b bytes.Buffer
	pc := parser.NewContext()
	pc.Set(checksKey, c)
	if err := m.converter.Convert([]byte(source), &b, parser.WithContext(pc)); err != nil { // a bytes.Buffer never fails
		return ""
	}
	return m.policy.Sanitize(b.String())
}

var checksKey = parser.NewContextKey()

// checker holds what was parsed against the checks of its context.
type checker struct{}

// Transform implements parser.ASTTransformer.
func (checker) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	c, _ := pc.Get(checksKey).(Checks)
	var links, texts []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n.Kind() {
			case ast.KindLink, ast.KindImage:
				links = append(links, n)
			case ast.KindText:
				texts = append(texts, n)
			}
		}
		return ast.WalkContinue, nil // never fails
	})
	for _, n := range texts {
		c.markPrices(n.(*ast.Text), reader.Source())
	}
	for _, n := range links {
		if link, ok := n.(*ast.Link); ok && slices.Contains(c.Links, string(link.Destination)) {
			link.Title = nil
			continue
		}
		unwrap(n)
	}
}

// unwrap puts what a node contains in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; {
		next := child.NextSibling()
		parent.InsertBefore(parent, n, child)
		child = next
	}
	parent.RemoveChild(parent, n)
}

// markPrices splits a text around the amounts that are not known.
func (c Checks) markPrices(t *ast.Text, source []byte) {
	if c.Prices == nil {
		return
	}
	value := t.Segment.Value(source)
	from := 0
	for _, at := range money.FindAllIndex(value, -1) {
		if c.Prices.has(string(value[at[0]:at[1]])) {
			continue
		}
		parent, start := t.Parent(), t.Segment.Start
		if at[0] > from {
			parent.InsertBefore(parent, t, ast.NewTextSegment(text.NewSegment(start+from, start+at[0])))
		}
		mark := &unverified{}
		mark.AppendChild(mark, ast.NewTextSegment(text.NewSegment(start+at[0], start+at[1])))
		parent.InsertBefore(parent, t, mark)
		from = at[1]
	}
	t.Segment = t.Segment.WithStart(t.Segment.Start + from)
}

// unverified is an amount that no tool returned.
type unverified struct{ ast.BaseInline }

var kindUnverified = ast.NewNodeKind("Unverified")

// Kind implements ast.Node.
func (*unverified) Kind() ast.NodeKind { return kindUnverified }

// Dump implements ast.Node.
func (u *unverified) Dump(source []byte, level int) { ast.DumpHelper(u, source, level, nil, nil) }

// answerNodes renders what is particular to answers: marked amounts, and headings as bold paragraphs.
type answerNodes struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (answerNodes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindUnverified, between(`<span class="unverified" title="preț neverificat">`, `</span>`))
	r.Register(ast.KindHeading, between("<p><strong>", "</strong></p>\n"))
}

func between(open, end string) renderer.NodeRendererFunc {
	return func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		tag := end
		if entering {
			tag = open
		}
		_, err := w.WriteString(tag)
		return ast.WalkContinue, err
	}
}
