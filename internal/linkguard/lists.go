package linkguard

import (
	_ "embed"
	"encoding/csv"
	"net"
	"strings"
)

//go:embed lists.csv
var listsCSV string

// The kinds of lists.csv that are not worth imitating.
const (
	listKnown   = "cunoscut"
	listHosting = "gazda"
	listShort   = "scurt"
	listChat    = "chat"
)

// brand is one line of the list.
type brand struct {
	kind, name, home string // home is its first address
}

// word is what imitations of a brand are recognised by.
type word struct {
	brand *brand
	text  string // as written, without hyphens
	skel  string // how it looks
	whole bool   // counts only as a whole word of an address
}

// lists are the known addresses and what imitates them.
type lists struct {
	hosts map[string]*brand
	words []word
	whole map[string]*word // by how they look
	own   *brand
}

func readLists(ownHosts []string) *lists {
	l := &lists{hosts: map[string]*brand{}, whole: map[string]*word{}, own: &brand{kind: "piata", name: "Piața.ro", home: "piata.ro"}}
	r := csv.NewReader(strings.NewReader(listsCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic("linkguard: lists.csv: " + err.Error()) // embedded, and a test reads it
	}
	for _, row := range rows {
		l.add(row[0], row[1], strings.Fields(row[2]), strings.Fields(row[3]))
	}
	for _, host := range ownHosts {
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		l.hosts[strings.ToLower(host)] = l.own
	}
	for i := range l.words {
		if w := &l.words[i]; l.whole[w.skel] == nil {
			l.whole[w.skel] = w
		}
	}
	return l
}

func (l *lists) add(kind, name string, hosts, words []string) {
	b := &brand{kind: kind, name: name, home: hosts[0]}
	for _, h := range hosts {
		l.hosts[h] = b
	}
	for _, w := range words {
		text, whole := strings.CutPrefix(w, "=")
		text = strings.ReplaceAll(text, "-", "")
		l.words = append(l.words, word{brand: b, text: text, skel: skeleton(text), whole: whole || len(text) <= 5})
	}
}

// find returns whose address the host is: its own line or that of an address above it.
func (l *lists) find(host string) *brand {
	for {
		if b := l.hosts[host]; b != nil {
			return b
		}
		_, rest, ok := strings.Cut(host, ".")
		if !ok {
			return nil
		}
		host = rest
	}
}

// hints are the words that fraudulent addresses are made of.
var hints = set(`plata plati platii pay pays payment payments paying checkout incasare incaseaza incasari primeste primire bani banii money cash suma
	verificare verifica verificat verify verified verification confirmare confirma confirm confirmation validare valideaza livrare livrari livrarea delivery deliver livreaza
	colet colete coletul pachet pachete parcel package post posta curier curieri courier express awb track tracking trace urmarire comanda comenzi ordine order orders
	card carduri bank banca banking internet secure secured security sigur sigura siguranta safe safety deal login logare signin cont contul account acces access client clienti customer
	support suport help ajutor service info refund rambursare rambursari ramburs restituire restituiri retur return transfer transferuri virament deposit escrow wallet portofel claim get receive
	update actualizare taxa taxe vamala vama fee bonus premiu cadou promo oferta app apk mobile neo home smart id pin cod online web site portal ro rom romania
	buy sell seller vanzator cumparator tranzactie tranzactii instant rapid protect protectie`)

// hintLooks are the hints as they look.
var hintLooks = func() map[string]bool {
	m := map[string]bool{}
	for hint := range hints {
		m[skeleton(hint)] = true
	}
	return m
}()

// weakHints say too little alone: they stand in honest addresses too.
var weakHints = set(`ro rom romania online web site app info help ajutor suport support service client clienti mobile home smart id express post posta internet neo rapid oferta promo acces access bank banca buy portal update`)

// riskyEndings are the endings that are given away or sold to anybody for next to nothing, and that frauds prefer.
var riskyEndings = set(`top icu cyou buzz click tk ml ga cf gq sbs cfd rest quest bond monster hair zip mov pw su xyz live site online shop store space fun website
	link cc vip club world today life digital delivery support pro work casa uno lol lat beauty skin makeup autos boats homes mom pics win bid loan men date stream download review
	accountant trade science party racing cricket faith webcam host press page one ink run email express finance money cash loans`)

// cheapEndings make an unknown address suspicious by themselves.
var cheapEndings = set(`top icu cyou buzz click tk ml ga cf gq sbs cfd rest quest bond monster hair zip mov pw su win bid loan men date stream download review accountant trade science party racing cricket faith webcam lol`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
