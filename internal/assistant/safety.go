package assistant

import (
	"slices"
	"strings"

	"piata.ro/internal/text"
)

// Safety is the fixed advice that goes with answers about paying and sending; the model has no say in it.
const Safety = "Plătește doar când ai produsul în față. Nu trimite bani în avans, nu scrie datele cardului și nu deschide linkuri de plată sau de „curier” primite în mesaje."

// riskyWords are roots, folded: a question or an answer with one of them gets the advice.
var riskyWords = []string{
	"plat", "avans", "card", "iban", "transfer", "banc", "livr", "curier", "colet", "ramburs", "trimit", "expedi", "cont bancar", "revolut",
	"paypal", "western", "moneygram", "teap", "tepar", "inselator", "frauda", "cod sms", "whatsapp", "link",
}

// NeedsSafety reports whether one of the texts touches on payment, delivery or fraud.
func NeedsSafety(texts ...string) bool {
	for _, t := range texts {
		folded := " " + text.Fold(t)
		if slices.ContainsFunc(riskyWords, func(w string) bool { return strings.Contains(folded, " "+w) }) {
			return true
		}
	}
	return false
}
