package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// wordRules are what no Romanian text for people contains, each with what to write instead.
var wordRules = []struct {
	wrong  *regexp.Regexp
	advice string
}{
	{regexp.MustCompile(`[“]|‘`), "quotation marks are „ ” and « »"},
	{regexp.MustCompile(`\.\.\.`), "three dots are one character: …"},
	{regexp.MustCompile(`\pL  \pL`), "one space between words"},
	{regexp.MustCompile(`\pL ,| \.( |$)| [;:!?] `), "no space before punctuation"},
	{regexp.MustCompile(`(?i)\b(dvs|dumneavoastr|vă rug|va rug|doriți|introduceți|selectați|apăsați)`), "people are „tu”"},
	{regexp.MustCompile(`(?i)(^|\PL)(si|sa|ca sa|fara|daca|dupa|pana|catre|pret|pretul|anunt|anuntul|anunturi|judet|judete|mesaje noi si|gasit|sterge|cauta|adauga|locatie|fotografii si)(\PL|$)`), "diacritics are missing"},
	{regexp.MustCompile(`(?i)\b(email|e-mail-ul|mail-ul|sînt|sîntem|niciun fel)\b`), "e-mail, e-mailul, suntem"},
	{regexp.MustCompile(`(?i)(eroare neașteptată|operațiune|efectuat cu succes)(\PL|$)`), "say it as one would to a friend"},
	{regexp.MustCompile(`[aăâeiîou]!{1,}$|!!`), "no shouting"},
}

// mayShout are the texts that wish well.
var mayShout = []string{"Mult succes!", "Pe curând!"}

// TestWords reads every text for people, in templates, in Go and in scripts.
func TestWords(t *testing.T) {
	t.Parallel()
	texts := map[string][]string{}
	for _, dir := range []string{"views", "handlers", "models", "internal/text", "internal/apperr", "internal/photos", "internal/linkguard", "static/js"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			name, _ := filepath.Rel(root, path)
			texts[name], err = textsOf(path)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	seen := 0
	for name, found := range texts {
		for _, text := range found {
			seen++
			checkWords(t, name, text)
		}
	}
	if seen < 400 {
		t.Errorf("looked at %d texts only", seen)
	}
}

func checkWords(t *testing.T, name, text string) {
	t.Helper()
	for _, rule := range wordRules {
		if slices.ContainsFunc(mayShout, func(s string) bool { return strings.Contains(text, s) }) {
			continue
		}
		if wrong := rule.wrong.FindString(text); wrong != "" {
			t.Errorf("%s: %q in %q: %s", name, wrong, text, rule.advice)
		}
	}
	if open, shut := strings.Count(text, "„"), strings.Count(text, "”"); open != shut && !strings.HasPrefix(strings.TrimSpace(text), "”") && !strings.HasSuffix(strings.TrimSpace(text), "„") {
		t.Errorf("%s: %d „ and %d ” in %q", name, open, shut, text)
	}
}

// textsOf returns the Romanian texts of a file.
func textsOf(path string) ([]string, error) {
	switch ext := filepath.Ext(path); {
	case ext == ".go" && !strings.HasSuffix(path, "_test.go"):
		return textsOfGo(path)
	case ext == ".html" || ext == ".txt" && strings.Contains(path, "emails"):
		body, err := os.ReadFile(path)
		return textsOfTemplate(string(body)), err
	case ext == ".js":
		body, err := os.ReadFile(path)
		return textsOfScript(string(body)), err
	}
	return nil, nil
}

// romanian finds letters that only Romanian texts have: the rest of the program is in English.
var romanian = regexp.MustCompile(`[ăâîșțĂÂÎȘȚ„”]`)

func textsOfGo(path string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var texts []string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil && romanian.MatchString(text) && strings.Contains(text, " ") && !strings.Contains(text, `":{"`) { // JSON is for programs
				texts = append(texts, text)
			}
		}
		return true
	})
	return texts, nil
}

var (
	templateAction = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	templateCode   = regexp.MustCompile(`(?s)<code>.*?</code>|<script.*?</script>|<style.*?</style>`)
	templateTag    = regexp.MustCompile(`(?s)<[^>]*>`)
	spokenAttr     = regexp.MustCompile(`(?:aria-label|alt|title|placeholder|content)="([^"]*)"`)
)

// textsOfTemplate returns what stands between the tags and what is read out of them. What an action prints is a word.
func textsOfTemplate(body string) []string {
	body = templateCode.ReplaceAllString(templateAction.ReplaceAllString(body, "\x00"), "\x00")
	var texts []string
	for _, m := range spokenAttr.FindAllStringSubmatch(body, -1) {
		texts = append(texts, m[1])
	}
	for _, part := range strings.Split(templateTag.ReplaceAllString(body, "\x01"), "\x01") {
		texts = append(texts, strings.TrimSpace(part))
	}
	return slices.DeleteFunc(texts, func(s string) bool { return !romanian.MatchString(s) })
}

var scriptString = regexp.MustCompile("\"([^\"\n]*)\"|`([^`]*)`")

func textsOfScript(body string) []string {
	var texts []string
	for line := range strings.Lines(body) {
		if strings.HasPrefix(strings.TrimSpace(line), "//") {
			continue
		}
		for _, m := range scriptString.FindAllStringSubmatch(line, -1) {
			if text := m[1] + m[2]; romanian.MatchString(text) && strings.Contains(text, " ") && !strings.Contains(text, `":{"`) { // JSON is for programs
				texts = append(texts, text)
			}
		}
	}
	return texts
}
