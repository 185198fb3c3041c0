package handlers

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/text"
)

// flashCookie carries what was just done to the next page, as a code: text in a cookie could be anybody's.
const flashCookie = "piata_flash"

// Codes that several handlers leave.
const (
	flashNotesUsed   = "note"
	flashTextBetter  = "text"
	flashTextShort   = "scurt"
	flashTextLong    = "lung"
	flashTextLater   = "maine"
	flashTextFailed  = "nescris"
	flashChatDeleted = "discutie"
)

// flashes are the sentences by code; %n stands for the numbers that follow the code.
var flashes = map[string]string{
	"publicat":   "Anunțul tău e publicat. Mult succes!",
	"salvat":     "Am salvat schimbările.",
	"reinnoit":   "Anunțul e din nou primul în listă, pentru încă 30 de zile.",
	"vandut":     "Felicitări! Am trecut anunțul la vândute.",
	"rezervat":   "Anunțul arată acum că e rezervat.",
	"nerezervat": "Anunțul nu mai e rezervat.",
	"sters":      "Am șters anunțul și fotografiile lui.",
	"profil":     "Am salvat profilul.",
	"cont":       "Ți-am șters contul și tot ce era în el.",
	"iesit":      "Ai ieșit din cont. Pe curând!",
	"telefon":    "Am mutat numărul în profil. Îl văd doar cei care apasă pe „Arată telefonul”.",
	"mesaj":      "Am primit mesajul tău. Îți răspundem pe e-mail.",
	"pastrat":    "Am păstrat mesajul. Intră în cont și apasă „Trimite”.",
	"arhivat":    "Am mutat conversația în arhivă. Un mesaj nou o aduce înapoi.",
	"dezarhivat": "Conversația e din nou printre cele active.",
	"blocat":     "Am blocat persoana. Nu-ți mai poate scrie.",
	"deblocat":   "Persoana îți poate scrie din nou.",
	"ciorna":     "Am păstrat ce ai scris, nu s-a pierdut nimic.",

	flashNotesUsed:   "Am completat ce am înțeles. Verifică fiecare câmp înainte să publici.",
	flashTextBetter:  "Am rescris descrierea. Citește-o: faptele trebuie să fie ale tale.",
	flashTextShort:   "Scrie întâi câteva propoziții; apoi le putem îmbunătăți.",
	flashTextLong:    "Descrierea e prea lungă ca s-o rescriem: putem cel mult 2.000 de litere. Am păstrat-o cum era.",
	flashTextLater:   "Pentru azi ajunge: mâine putem rescrie iar. Am păstrat descrierea cum era.",
	flashTextFailed:  "N-am reușit să rescriem descrierea. Am păstrat-o cum era; încearcă din nou.",
	flashChatDeleted: "Am șters conversația cu asistentul.",

	"raportat":      "Mulțumim! Un moderator se uită. Răspunsul apare în cont, la „Raportările mele”.",
	"raportat-deja": "Ai raportat deja asta. Vezi răspunsul în cont, la „Raportările mele”.",
	"hotarat":       "Am notat hotărârea.",
	"retras":        "Hotărârea e retrasă.",
	"cautare":       "Am salvat căutarea. Aici apare ce găsește de acum înainte.",
	"uitata":        "Am șters căutarea.",
	"flux":          "Fluxul are o adresă nouă, cea veche nu mai merge.",
}

// setFlash leaves a sentence for the next page; photo notes may follow it.
func setFlash(c *fiber.Ctx, code string, done photoTally) {
	value := code
	if done.turned > 0 || done.located > 0 {
		value += "." + strconv.Itoa(done.turned) + "." + strconv.Itoa(done.located)
	}
	setCookie(c, flashCookie, value, time.Minute)
}

// takeFlash returns the sentence left by the page before and removes it.
func takeFlash(c *fiber.Ctx) string {
	raw := c.Cookies(flashCookie)
	if raw == "" {
		return ""
	}
	dropCookie(c, flashCookie)
	parts := strings.Split(raw, ".")
	sentence := flashes[parts[0]]
	if sentence == "" || len(parts) != 3 {
		return sentence
	}
	turned, err1 := strconv.Atoi(parts[1])
	located, err2 := strconv.Atoi(parts[2])
	if err1 != nil || err2 != nil || turned < 0 || located < 0 || turned > 99 || located > 99 {
		return sentence
	}
	return strings.TrimSpace(sentence + " " + photoTally{turned: turned, located: located}.sentence())
}

// photoTally counts what was done with uploaded photos.
type photoTally struct {
	turned  int // turned upright
	located int // had a position, now removed
}

// sentence says what was done, e.g. „Am îndreptat 2 fotografii și am șters locația din ele.”
func (t photoTally) sentence() string {
	photos := func(n int) string {
		if n == 1 {
			return "o fotografie"
		}
		return text.Count(int64(n), "fotografie", "fotografii")
	}
	switch {
	case t.turned > 0 && t.turned == t.located:
		return "Am îndreptat " + photos(t.turned) + " și am șters locația din " + map[bool]string{true: "ea", false: "ele"}[t.turned == 1] + "."
	case t.turned > 0 && t.located > 0:
		return "Am îndreptat " + photos(t.turned) + " și am șters locația din " + photos(t.located) + "."
	case t.turned > 0:
		return "Am îndreptat " + photos(t.turned) + "."
	case t.located > 0:
		return "Am șters locația din " + photos(t.located) + "."
	}
	return ""
}
