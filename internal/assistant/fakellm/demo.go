package fakellm

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Demo is a script for trying the assistant by hand. It searches the market for what it is asked and names what was found; „eroare 429”,
// „taci”, „întrerupe”, „încet” and „minte” make it fail, take its time or lie.
func Demo(r Request) []Step {
	last := r.Last()
	switch {
	case last.Role == "tool":
		return slowly(found(last.Content))
	case len(r.Tools) == 0 && len(r.Messages) > 0 && strings.Contains(r.Messages[0].Content, "JSON"):
		return []Step{Say(advert(last.Content)), Finish("stop", 300, 80)}
	case len(r.Tools) == 0: // a description to improve, or a conversation to shorten
		return []Step{Say("Pe scurt: " + strings.TrimSuffix(last.Content, ".") + "."), Finish("stop", 300, 80)}
	}
	asked := strings.ToLower(last.Content)
	if code, ok := strings.CutPrefix(asked, "eroare "); ok {
		if status, err := strconv.Atoi(strings.TrimSpace(code)); err == nil && status >= 400 && status <= 599 {
			return []Step{Refuse(status, 2, "asked for it")}
		}
	}
	switch strings.TrimSpace(asked) {
	case "taci":
		return []Step{KeepAlive(3), Hang()}
	case "întrerupe", "intrerupe":
		return []Step{Say("Am început să "), Drop()}
	case "încet", "incet": // half a minute
		return inSteps(strings.Repeat("Un răspuns lung, cuvânt cu cuvânt. ", 40)+"Atât.", 120*time.Millisecond)
	case "minte":
		return slowly("Am găsit [un Golf la 1 leu](/anunt/golf-1-leu-999999999/) și [încă unul](https://exemplu.invalid/plata). Costă 4.321 €.")
	}
	query, err := json.Marshal(map[string]string{"q": last.Content})
	if err != nil {
		return []Step{Refuse(500, 0, err.Error())}
	}
	half := len(query) / 2
	return []Step{
		Think("Caut în piață."), Say("Caut imediat."), Call(0, "call_1", "search_listings", string(query[:half])), More(0, string(query[half:])),
		Finish("tool_calls", 500, 30),
	}
}

// found says what a search returned.
func found(result string) string {
	var document struct {
		Data struct {
			Items []struct {
				Title string `json:"titlu"`
				Price string `json:"pret"`
				Place string `json:"loc"`
				URL   string `json:"adresa"`
			} `json:"anunturi"`
		} `json:"date"`
	}
	if json.Unmarshal([]byte(result), &document) != nil || len(document.Data.Items) == 0 {
		return "Nu am găsit nimic potrivit. Spune-mi mai multe: ce buget ai și în ce oraș?"
	}
	var b strings.Builder
	b.WriteString("Uite ce am găsit:\n\n")
	for _, item := range document.Data.Items[:min(3, len(document.Data.Items))] {
		fmt.Fprintf(&b, "- [%s](%s), **%s**, %s\n", item.Title, item.URL, item.Price, item.Place)
	}
	return b.String()
}

// advert makes something of notes, to see the form filled.
func advert(notes string) string {
	title := notes
	if utf8.RuneCountInString(title) > 60 {
		title = string([]rune(title)[:60])
	}
	body, err := json.Marshal(map[string]any{"titlu": title, "descriere": "Vând: " + notes + ". Se poate vedea oricând."})
	if err != nil {
		return "{}"
	}
	return string(body)
}

// slowly streams a text word by word, as models do.
func slowly(text string) []Step {
	return inSteps(text, 30*time.Millisecond)
}

func inSteps(text string, pause time.Duration) []Step {
	var steps []Step
	for _, word := range strings.SplitAfter(text, " ") {
		steps = append(steps, Say(word), Pause(pause))
	}
	return append(steps, Finish("stop", 600, len(text)/4))
}
