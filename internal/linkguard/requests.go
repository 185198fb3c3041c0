package linkguard

// request is something that frauds ask for. Which words ask for it stands in requests.txt under its name.
type request struct {
	verdict  Verdict
	kind     Kind
	window   int  // how many words may lie between the parts of a pattern
	firm     bool // hardly ever said innocently, so that it stands where the learned part is of another mind
	stubborn bool // also counts where somebody warns of frauds: „am luat țeapă, deci vreau banii înainte”
	reason   string
	like     string // what comes after „mesajul seamănă cu cele prin care”
}

var requests = map[string]*request{
	"card":         {Dangerous, KindCard, 16, false, false, "se cer datele cardului; curierii și cumpărătorii nu au nevoie de ele", "se cer datele cardului"},
	"card-confirm": {Dangerous, KindCard, 8, false, false, "se cere confirmarea cardului; banii primiți nu cer așa ceva", "se cer datele cardului"},
	"card-which":   {Dangerous, KindCard, 14, true, false, "se cere ce card ai sau cât ai pe el", "se cer datele cardului"},
	"code":         {Dangerous, KindCode, 16, false, false, "se cere un cod primit de la bancă sau prin SMS; codurile sunt doar ale tale", "se cere un cod primit prin SMS sau de la bancă"},
	"approve":      {Dangerous, KindCode, 12, true, false, "ți se cere să aprobi ceva în aplicația băncii; așa pleacă bani, nu vin", "ți se cere să aprobi o plată în aplicația băncii"},
	"login":        {Dangerous, KindCode, 12, true, false, "se cer datele de intrare în cont sau la bancă", "se cer parole"},
	"page":         {Dangerous, KindPay, 20, false, false, "ești trimis la o pagină ca „să primești” bani; banii nu se primesc așa", "ești trimis la o pagină falsă ca „să primești” bani"},
	"page-sent":    {Suspicious, KindPay, 12, true, false, "ești trimis la un link primit prin SMS sau e-mail; deschide-l doar dacă știi sigur de la cine e", "ești trimis la o pagină falsă"},
	"blocked":      {Dangerous, KindPay, 16, true, false, "banii nu se „blochează” la curier sau pe un site până dai tu date", "ești trimis la o pagină falsă ca „să primești” bani"},
	"account":      {Dangerous, KindPerson, 18, true, false, "se amenință cu închiderea contului sau a anunțului; noi nu cerem confirmări prin mesaje", "cineva se dă drept bancă sau site"},
	"address":      {Suspicious, KindLink, 0, false, false, "", "ești trimis la un site fals"},
	"qr":           {Dangerous, KindPay, 14, false, false, "un cod QR nu se scanează ca să primești bani", "ești pus să scanezi un cod QR ca „să primești” bani"},
	"remote":       {Dangerous, KindRemote, 14, false, false, "se cere o aplicație cu care altcineva îți vede și îți conduce telefonul", "ești pus să instalezi un program prin care ți se golește contul"},
	"pretend":      {Dangerous, KindPerson, 12, true, false, "nimeni de la un site sau de la bancă nu scrie prin mesaje ca să-ți ceară date", "cineva se dă drept bancă sau site"},
	"papers":       {Suspicious, KindPerson, 14, false, false, "se cer acte sau date personale de care o vânzare nu are nevoie", "se cer acte și date personale"},
	"before":       {Suspicious, KindPay, 14, false, true, "se cer bani înainte să vezi produsul", "se cer bani înainte să vezi produsul"},
	"lost":         {Suspicious, KindPay, 14, true, true, "plata aceasta nu se mai poate întoarce", "se cere o plată care nu se mai poate întoarce"},
	"fee":          {Suspicious, KindPay, 16, false, true, "se cere o taxă înainte ca „să primești” ceva; vânzătorul nu plătește taxe", "se cere o taxă înainte"},
	"overpaid":     {Suspicious, KindPay, 20, true, true, "se cere înapoi o „plată greșită”; verifică întâi în cont că ai primit-o", "se cere înapoi o „plată greșită”"},
	"escrow":       {Suspicious, KindPay, 18, true, true, "un „escrow” sau un site de plată ales de celălalt e aproape mereu o înșelătorie", "plata trece pe la un intermediar ales de celălalt"},
	"proof":        {Suspicious, KindPay, 20, true, true, "o poză cu plata nu e plata; trimite produsul după ce vezi banii în cont", "se trimite o dovadă falsă de plată"},
	"gain":         {Suspicious, KindPay, 20, true, true, "câștiguri promise fără muncă", "se promit câștiguri fără muncă"},
	"lend":         {Suspicious, KindPay, 16, true, true, "se cere contul tău sau un împrumut; cine îl folosește răspunde prin tine", "se cere contul tău sau un împrumut"},
	"away":         {Suspicious, KindAway, 10, false, true, "te scoate de pe site, unde nu te mai putem apăra", "ești scos de pe site"},
	"mail":         {Suspicious, KindAway, 14, true, true, "se cere adresa ta de e-mail pentru o plată; acolo vine de obicei pagina falsă", "se cere adresa ta de e-mail pentru o plată"},
}
