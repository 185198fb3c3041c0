package search

import (
	"slices"
	"strings"

	"piata.ro/internal/text"
)

// options reads the choices of the categories' attributes.
func (rd *reading) options() {
	if len(rd.heads) == 0 {
		return
	}
	for i := 0; i < len(rd.tokens); i++ {
		if rd.tokens[i].used {
			continue
		}
		if end := rd.contextAt(i); end > i {
			i = end - 1
			continue
		}
		o, end := longestMatch(rd, i, rd.option)
		if end == i || rd.cutsAmount(i, end) || o.key == "tip" && rd.word(i-1) == "cu" || o.key == rd.head.option.key && rd.heads[0].slug != "biciclete" {
			continue
		}
		rd.having(o.key)
		if o.boolean {
			rd.condition(Piece{Kind: PieceAttribute, Key: o.key, Values: []string{o.value}}, i, end)
		} else {
			rd.choose(o.key, []string{o.value}, i, end)
		}
		i = end - 1
	}
}

// option looks a phrase up among the options of the categories.
func (rd *reading) option(p string) (option, bool) {
	for _, l := range rd.heads {
		if options := l.options[p]; len(options) > 0 {
			return options[0], true
		}
	}
	return option{}, false
}

// cutsAmount tells whether the tokens from..to are only a part of a number with its unit, as „euro 6” is of „9 euro 6”.
func (rd *reading) cutsAmount(from, to int) bool {
	return slices.ContainsFunc(rd.amounts, func(q quantity) bool {
		return q.start < to && from < q.end && (from > q.start || to < q.end)
	})
}

// choose adds options to the piece of their attribute, or makes one.
func (rd *reading) choose(key string, values []string, from, to int) {
	for i := range rd.pieces {
		if p := &rd.pieces[i]; p.Kind == PieceAttribute && p.Key == key && len(p.Values) > 0 {
			for _, v := range values {
				if !slices.Contains(p.Values, v) {
					p.Values = append(p.Values, v)
				}
			}
			p.Source += " " + rd.source(from, to)
			for t := from; t < to; t++ {
				rd.tokens[t].used = true
			}
			return
		}
	}
	rd.take(Piece{Kind: PieceAttribute, Key: key, Values: values}, from, to)
}

// contextAt reads „mărimea 42”, „grupa 1”, „etaj 1-3”.
func (rd *reading) contextAt(i int) int {
	key := contexts[rd.word(i)]
	a, found := rd.attribute(key)
	if !found || i+1 >= len(rd.tokens) || rd.tokens[i+1].used {
		return i
	}
	next := i + 1
	if rd.word(next) == "de" {
		next++
	}
	if rd.tokens[i+1].number && len(a.Options) > 0 {
		high, end := rd.tokens[next].value, next+1
		if second, after := rd.secondAt(end); after > end {
			high, end = rd.tokens[second].value, after
		}
		if values := between(a.Options, &rd.tokens[next].value, &high); len(values) > 0 {
			rd.having(key)
			rd.choose(key, values, i, end)
			return end
		}
		return i
	}
	if value := sameOption(a.Options, rd.word(next)); value != "" {
		rd.having(key)
		rd.choose(key, []string{value}, i, next+1)
		return next + 1
	}
	return i
}

func sameOption(options []string, word string) string {
	i := slices.IndexFunc(options, func(o string) bool { return word != "" && text.Fold(o) == word })
	if i < 0 {
		return ""
	}
	return options[i]
}

// traits reads what stands beside the category: the state, who sells, for nothing, in exchange.
func (rd *reading) traits() {
	for i := 0; i < len(rd.tokens); i++ {
		switch w := rd.word(i); w {
		case "nou", "noua", "noi", "nova", "nouta":
			rd.state("nou", i, i+1)
		case "folosit", "folosita", "folosite", "folositi", "second", "sh", "uzat", "uzata", "uzate":
			end := i + 1
			if rd.word(end) == "hand" {
				end++
			}
			rd.state("folosit", i, end)
		case "gratis", "gratuit", "gratuita", "gratuite", "gratuiti", "donez", "donatie", "donat", "donatii":
			start := i
			if rd.word(i-1) == "ofer" || rd.word(i-1) == "de" || rd.word(i-1) == "dau" {
				start--
			}
			rd.condition(Piece{Kind: PieceFree}, start, i+1)
		case "particular", "particulari", "proprietar", "proprietari", "dealer", "dealeri":
			rd.seller(w, i)
		case "accept", "variante":
			if end := max(rd.words(i+1, "schimb"), rd.words(i+1, "schimburi"), rd.words(i+1, "de schimb")); end > i+1 {
				rd.condition(Piece{Kind: PieceExchange}, i, end)
			}
		}
	}
}

func (rd *reading) seller(w string, i int) {
	value := "particular"
	if strings.HasPrefix(w, "dealer") {
		value = "firma"
	}
	start := i
	for start > 0 && slices.Contains([]string{"la", "de", "direct"}, rd.word(start-1)) {
		start--
	}
	rd.condition(Piece{Kind: PieceSeller, Values: []string{value}}, start, i+1)
}

// withoutState are the top categories whose adverts are neither new nor used.
var withoutState = []string{"imobiliare", "locuri-de-munca", "servicii", "cazare-si-turism", "animale-de-companie", "comunitate"}

// state reads new or used. Some categories have a scale of their own for it.
func (rd *reading) state(value string, from, to int) {
	if value == "nou" && (rd.word(to) == "nascut" || rd.word(to) == "nascuti") || len(rd.heads) > 0 && slices.Contains(withoutState, rd.heads[0].parent) {
		return
	}
	a, own := rd.attribute("stare")
	if !own {
		if rd.word(from-1) == "ca" {
			value = "folosit"
			from--
		}
		rd.condition(Piece{Kind: PieceCondition, Values: []string{value}}, from, to)
		return
	}
	isNew := func(o string) bool { return strings.HasPrefix(o, "Nou") }
	var values []string
	label := rd.words(to, "cu eticheta")
	switch {
	case rd.word(from-1) == "ca" && slices.Contains(a.Options, "Ca nou"):
		values = []string{"Ca nou"}
		from--
	case value == "nou" && label > to && slices.Contains(a.Options, "Nou cu etichetă"):
		values, to = []string{"Nou cu etichetă"}, label
	case value == "folosit" && slices.Contains(a.Options, "Second-hand"):
		values = []string{"Second-hand"}
	default:
		for _, o := range a.Options {
			if isNew(o) == (value == "nou") {
				values = append(values, o)
			}
		}
	}
	rd.conditional = true
	rd.choose("stare", values, from, to)
}
