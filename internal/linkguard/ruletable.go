package linkguard

// groups are words that several patterns share.
var groups = map[string]string{
	"card": "card cardul cardului cardu cardurile carduri cardurilor kard cartdul cardo",
	"notcard": `card*_memorie card*_sd card*_microsd micro_sd sd_card cititor* card*_masa card*_grafic placa_video card*_fidelitate card*_acces card*_tahograf card*_combustibil card*_cadou
		card*_combustibil gb card*_de_sanatate`,
	"ask": `trimite trimiteti trimiti trimitei trimitem trimitemi trimita da dami dati datimi dai daimi spune spuneti spui spunemi zi zimi ziceti zici scrie scrieti scriemi dicteaza dictati dictezi citeste cititi citi
		comunica comunicati lasa lasati lasi lasam arata aratati pozeaza pozezi pozati fotografiaza nevoie trebuie trebuiesc trebui cere cer vreau introdu introduci introduceti introduca completeaza completezi completati completa
		confirma confirmi confirmati confirme valideaza validezi validati verificati verifica verifici pune pui puneti baga bagi bagati inregistrezi inregistreaza inregistrati asociaza asociezi adauga
		transmite transmiteti forward astept aveti ofera furnizati`,
	"enter": `introdu introduci introduceti introduca introduc completeaza treci treceti treaca completezi completati completa complet* confirma confirmi confirmati confirme confirmarea valideaza validezi validati validarea verifica verificati verifici
		baga bagi bagati inregistr* asocia* adauga adaugi adaugati actualiza* activ* atasa* leaga legati conect* logheaza loghezi logati loghati autentific* salveaza`,
	"open": `intra intri intrati intre acceseaza accesezi accesati accesa deschide deschizi deschideti apasa apesi apasati click clik da_click dai_click urmeaza urmati viziteaza foloseste folositi
		mergi mergeti gasiti gasesti primesti ai aici completezi completeaza completati confirma confirmi confirmati accepta accepti acceptati verifica verificati bagi incasezi incasati`,
	"openly": `intra intri intrati acceseaza accesezi accesati accesa accesezi deschide deschizi deschideti apasa apesi apasati click clik urmeaza urmati introdu* completez* completeaza completati complet
		confirma confirmi confirmati accepta accepti acceptati bagi pui pune alegi logheaza`,
	"linkword": "link linkul linku linkului linkuri linkurile linc linq formular formularul formularului pagina site site-ul siteul saitul url",
	"money":    "bani banii banilor suma sumei plata platii plati lei ron euro virament viramentul viramentului transferul incasarea rambursul contravaloarea bainii",
	"getmoney": `primesti_bani* primiti_bani* primi_bani* primeasca_bani* sa_primesti sa_primiti a_primi pentru_primirea primirea_plati* primirea_bani* primirea_sume* primesti_plata primiti_plata primesti_suma primiti_suma
		incasa incasezi incasati incaseze incasarea incasare incaseaza incasi ridici_bani* ridicati_bani* ridica_bani* ridici_plata ridicati_plata retrage* retragere iei_bani* luati_bani* ei_banii ia_bani* iau_bani* intra_banii intre_banii intra_bani
		vin_bani* vina_bani* vine_bani* banii_vin banii_intra banii_ajung suma_intra sa_iti_vina iti_vin iti_intra iti_vina va_vin va_intra iti_vireaza iti_iei sa_iei accept*_plata accept*_suma accept*_bani* debloc*_suma debloc*_bani* debloc*_plata
		confirm*_plata confirm*_primirea confirm*_incasarea confirm*_suma valid*_incasarea valid*_plata accept*_transferul revendic* pt_bani banii_sunt_in_cont deblocare pentru_plata incasati`,
	"cvv":  "cvv cvv2 cvc cvc2 cvv-ul cvvul cvcul csv 16_cifre saisprezece_cifre #16_cifre #3_cifre trei_cifre 3_cifre cifre*_spate cod*_spate codul_de_pe_spate data_expirarii data_exp* dat*_de_expirare expirare_si expir*_card*",
	"code": "cod codul codu coduri codurile otp kodul codul",
	"notcode": `awb easybox locker posta* cod*_postal cod*_produs* cod*_culoare cod*_motor* cod*_reducere cod*_fiscal cod*_caen cod*_deblocare cod*_voucher cod*_piese cod*_vopsea cod*_oem cod*_eroare cod*_bare cod*_de_bare
		ridicare cod*_articol* cod*_piesei cod*_model* interfon cod*_digital`,
	"codefrom": `sms sms-ul smsul mesaj mesajul mesaje banca bancii telefon telefonul verificare verificarea confirmare primit venit vine vina primesti primi primiti cifre whatsapp google facebook aplicatie aplicatia bt bcr ing brd revolut olx
		curier curierul livrarii trimis expira siguranta autorizare unic`,
	"app": "wats* whats* watz* vats* uats* wazz* watt* whasap* whatup* teleg* whatsapp whatsap whatsup whatsapp-ul whatsappul whatapp wattsapp watsap watsapp wazap vatsap whats wapp wap wup wupp wa whats_app telegram telegramul telegrm viber viberul vaiber signal messenger messengerul mesenger mess imo wechat discord skype insta instagram instagramul snapchat snap",
	"move": `hai haide haideti scrie scrieti scriemi scri contact* vorbim vorbi discutam discuta discutam continua* mesaj msg mesaje mesajul dami da dati dai lasa lasati lasi lasatimi adauga adaugama intra raspund raspunde raspundeti numar numarul nr #tel
		suna sunati sunama gasesti gasiti muta mutam mutati prefer mai_bine aveti ai aveai apel apeleaza cauta grup grupul trimite trimiteti trimit va_scriu iti_scriu detalii pe privat treci trecem doar numai #nr @`,
	"notapp": "instalat instalate instalata merge merg functioneaza aplicatii compatibil smartwatch notificari_de tableta ceas ceasul",
	"bank":   `banca bancii bancara bancare bancar homebank home_bank george internet_banking internetbanking mobile_banking banking neo_bt bt24 btpay smart_mobile contul_bancar contului_bancar contul_de_banca`,
	"remote": "anydesk any_desk teamviewer team_viewer quicksupport rustdesk ultraviewer airdroid alpemix supremo screenconnect anydesck anidesk teamvewer team_viewver",
	"pay":    `plata platesti platiti plateste plati platit platim achita achitati achiti achitat vireaza virati virezi virament transfera transferi transferati depune depuneti depui trimite trimiteti trimiti trimit bani banii rezerv* suma avans`,
}

// ruleTable is what is looked for. The order does not matter; of several the worst verdict counts.
var ruleTable = []rule{
	{Dangerous, KindCard, "se cer datele cardului; curierii și cumpărătorii nu au nevoie de ele", 12, []string{
		"@cvv @ask|@card|plata|platesc !@notcard",
		"dat*_card*|dat*_de_card*|dat*_de_pe_card*|dat*_cardului|datelor_card* @ask|@getmoney|@enter|plata|vira*|transfer* !@notcard",
		"dat*_bancare|dat*_bancii|dat*_de_la_banca @enter|debloc*|blocat*|@linkword !iban*",
		"nr_card*|nr_de_card*|numar*_card*|numar*_de_card*|nr_de_pe_card*|numar*_de_pe_card*|seria_card*|numele_de_pe_card*|seria_de_pe_el|numarul_de_pe_el|nr_de_pe_el @ask|#tel|@card !@notcard",
		"poza_card*|poze_card*|poza_cu_card*|poza_la_card*|pozezi_card*|pozeaza_card*|fotografi*_card* !@notcard",
		"pin|pinul|pin-ul @ask !bratara|bratarii|ceas|telefon*|sim|cartela|surub",
	}, false},
	{Dangerous, KindCard, "se cere confirmarea cardului; banii primiți nu cer așa ceva", 5, []string{
		"@enter @card !@notcard !cu_cardul !cash !pos",
		"confirm*_cu_cardul|confirmi_tu_cu_cardul|valid*_cu_cardul|complet*_cu_cardul",
		"pui_cardul|pune_cardul|puneti_cardul|bagi_cardul|baga_cardul|cu_cardul_dupa_ce|cardul_pe_pagina|pagina_lor_cu_cardul !@notcard",
	}, false},
	{Dangerous, KindCard, "se cere ce card ai sau cât ai pe el", 14, []string{"sold|soldul|cat_ai|cati_bani_ai|cati_bani|minim @card ai|tau|aveti|dvs|trebuie|disponibil|sold|soldul !@notcard !cash !pos", "ce_card|care_card|pe_ce_card|ce_fel_de_card ai|aveti|folosesti|folositi|primesti|primiti !@notcard"}, false},
	{Dangerous, KindCode, "se cere un cod primit de la bancă sau prin SMS; codurile sunt doar ale tale", 9, []string{
		"@code trimite|trimiteti|trimitemi|trimitemil|trimiti|da|dami|dati|dai|spune|spuneti|spunemi|spui|zi|zimi|ziceti|zici|citeste|citesti|cititi|citi|dicteaza|dictati|dictezi|scrie|scrieti|introdu|introduci|introduceti|mi_l_dai|mi_l_dati|nevoie|dai|completeaza|comunic* @codefrom !@notcode",
		"otp|otp-ul|otpul @ask|trimite|primit",
	}, false},
	{Dangerous, KindCode, "ți se cere să aprobi ceva în aplicația băncii; așa pleacă bani, nu vin", 9, []string{
		"aproba|aprobi|aprobati|confirma|confirmi|confirmati|accepta|accepti|acceptati|autorizeaza|autorizati @bank|aplicatia_bancii tranzactia|notificarea|operatiunea|aplicatia|aplicatie|plata",
		"aproba|aprobi|aprobati|confirma|confirmi|confirmati|accepta|accepti|acceptati|autorizeaza|autorizati tranzactia|notificarea|operatiunea aplicatia|aplicatie|push|telefon|@getmoney",
	}, false},
	{Dangerous, KindCode, "se cer datele de intrare în cont sau la bancă", 10, []string{
		"parola|parolele|user|userul|username|utilizatorul|logare|logheaza|loghezi|logati|loghati|login|autentific* @bank|banca",
		"userul|parola|user mi|imi|dai|dati|trimite internet_banking|homebank|banca|cont",
		"parola_de_la|parola_contului|parola_ta @ask !wifi|wi|router*|telefon*|laptop*",
		"parola nevoie|trimite|trimiteti|dami|dai|dati|spune contul|cont|olx|facebook|email !wifi !router* !laptop* !joc*",
		"alegi_banca|alege_banca|alegeti_banca|selectezi_banca|selecteaza_banca|selectati_banca",
	}, false},
	{Dangerous, KindPay, "ești trimis la o pagină ca „să primești” bani; banii nu se primesc așa", 14, []string{
		"#link @getmoney",
		"#link @card",
		"#link @money @openly",
		"#link confirm*|accept*|valid* plata|comanda|livrarea|incasarea|primirea|adresa|coletul|contul|transferul|tranzactia",
		"#link taxa|taxe|taxa* achit*|plat*",
		"@linkword|link* @openly|trimit|trimis|primesti|primi @getmoney",
		"link*|formular* sms|mail*|email*|curier* @getmoney|confirm*|complet*",
		"link* @card|banca @money|@openly|pui|bagi",
		"accept*_plata|accept*_bani* email*|mail*|link*|sms*|el",
		"confirm* link*|linkul @money",
		"mail*|email*|sms*|mesaj* urmezi|urmati|urmeaza|pasii|instructiunile @getmoney|banii|plata",
		"formular*|linkul|linku|pagina @card @ask|@enter|posta|curier* !@notcard",
		"primesti_banii_pe_un_link|bani*_pe_link|bani*_printr_un_link",
	}, false},
	{Suspicious, KindPay, "ești trimis la un link primit prin SMS sau e-mail; deschide-l doar dacă știi sigur de la cine e", 8, []string{
		"link|linkul|linku sms|mail|email|emailul|mesaj|mesajul apasa|apasati|apesi|intra|intri|intrati|acceseaza|accesezi|accesati|deschide|deschizi|deschideti|urmeaza|urmezi|urmati",
	}, false},
	{Dangerous, KindPay, "banii nu se „blochează” la curier sau pe un site până dai tu date", 14, []string{
		"blocat*|blocati|blocata|retinut*|asteptare|suspendat* bani*|sum*|plata confirm*|complet*|acces*|accept*|debloc*|link*|verific*",
		"blocat*|suspendat* cont*|colet* verific*|confirm*|debloc*|achit*|plat* !cash",
		"inregistrezi|inregistreaza|inregistrati cardul|pagina_lor bani*|@money",
		"formular*_de_incasare|formular*_incasare|formular*_de_plata sms*|link*|mail*|email*|primesti|complet*",
	}, false},
	{Dangerous, KindPay, "un cod QR nu se scanează ca să primești bani", 12, []string{"scan* qr|qr-ul|qrul|cod*_qr|code_qr", "qr|qrul @money|@card|complet*"}, false},
	{Dangerous, KindRemote, "se cere o aplicație cu care altcineva îți vede și îți conduce telefonul", 12, []string{
		"@remote instal*|descarc*|pune*|pui|ia|iei|da*|spune*|deschide*|numar*|cod*|ajut*|acces*|conect*|foloseste",
		"apk|apk-ul|apkul instal*|descarc*|trimit|deschide*",
		"imparte_ecranul|impart*_ecran*|partaj*_ecran*|share_screen|distribui*_ecran*",
		"instal*|descarc* aplicati* curier*|banca|bancii|plata|bani*|#link",
	}, false},
	{Dangerous, KindPerson, "nimeni de la un site sau de la bancă nu scrie prin mesaje ca să-ți ceară date", 12, []string{
		"operator|operatorul|suport|suportul|suportului|consultant|moderator|echipa|administrator|departament* sunt|suntem|aici olx|piata*|publi24|autovit|vinted|curier*|banca*|bancii|emag|bcr|brd|bt|ing|raiffeisen|cec|unicredit|revolut|politia|anaf !bicicleta|suport_pentru",
	}, false},
	{Suspicious, KindPerson, "se cer acte sau date personale de care o vânzare nu are nevoie", 10, []string{
		"buletin*|buletinul|ci|cnp|cnp-ul|cnpul|selfie|act*_de_identitate|pasaport* poza|poze|pozezi|fata|verso|selfie|seria|trimite|trimiteti|dai|dati !contract* !notar* !acte !actele !inmatricul*",
	}, false},
	{Suspicious, KindPay, "se cer bani înainte să vezi produsul", 10, []string{
		"avans|avansul|avansu|anticipat|in_avans @pay|#100|jumatate|livrez|expediez|rezerv*|doar|numai|decat|lei|euro|revolut|cont|restul !leasing !credit* !rate !cand_ne_vedem !cand_vin !cand_vii !cand_veniti !cand_semnam !vreti !cereti !ceri !las !dau !lasa_eu !avansez !pot_lasa !pot_da !pot_trimite",
		"livrez|trimit|expediez|expediem|livram doar_dupa|numai_dupa|dupa_ce_primesc|dupa_ce_faci|dupa_ce_platesti|dupa_ce_platiti|dupa_ce_intra|dupa_plata|dupa_virament @money|platesti|platiti !cash",
		"achita|achitati|plateste|platiti|trimite|trimiteti|vireaza garanti*|chiria tin|pastrez|rezerv*|blochez !semn* !contract*",
		"banii|plata|transferul|viramentul intai|mai_intai|prima_data faci|faceti|fa|trimiti|trimiteti|vreau|cer|imi|sa",
		"vreau|cer|accept|doresc banii_inainte|plata_inainte|bani_inainte !vedeti !vezi !verific*",
		"livreaza|livrez|livram|trimit|expediez|aduce|vine|pleaca dupa_ce virati|virezi|platiti|platesti|achitati|achiti|faci|faceti|trimiti @money|plata|transferul !verific* !cash !la_livrare !ramburs !vedeti",
		"doar_dupa|numai_dupa|doar_cand|numai_cand vad|intra|primesc|ajung bani*|plata|suma !la_curier !curierul",
		"plateste|platesti|platiti|achita|achitati transport*|livrarea|curierul inainte|intai|mai_intai|in_avans !cand_*",
		"garantia|garantie|chirie|chiria avans|inainte|dupa_ce_platiti|vizionare @pay|achit*|vireaza !semn* !contract*",
		"trimite|trimiteti|trimiti|dai|dati|virezi|virati|vireaza %|lei|euro|ron|jumatate acum|azi|inainte|rezerv* !cand_* !poze !dupa_ce !sms !vin !vii !veniti",
		"plata|platesti|platiti|bani*|transfer*|viram* inainte|in_avans|anticipat doar|numai|apoi|decat|dupa_care !cand_* !vedeti !vezi !las",
		"cheile posta|curier|airbnb|booking|strainatate|plecat|plecata plata|plat*|garanti*|avans",
		"jumatate trimite|trimiteti|vireaza|virati|depune acum|inainte|restul !cand_vin",
		"vireaza|virati|depuneti|depune|transfera|transferati acum|azi|cardul|revolut|rezerv*|blochez #*|lei|euro|bani*|suma !dupa_ce !cand",
	}, true},
	{Suspicious, KindPay, "plata aceasta nu se mai poate întoarce", 12, []string{
		"western_union|moneygram|money_gram|westernunion @pay|prin|pe",
		"paysafecard|paysafe|gift_card|giftcard|card*_cadou|google_play|steam_card|card_steam|steam|itunes|carduri_cadou @code|trimite*|cumpara|ia|plat*",
		"crypto|cripto|criptomonede|usdt|bitcoin|btc|ethereum|binance plata|plat*|trimite*|expediez|invest*|livrez",
		"friends_and_family|friends_family|prieteni_si_familie paypal|trimi*|plat*",
	}, true},
	{Suspicious, KindPay, "se cere o taxă înainte ca „să primești” banii; vânzătorul nu plătește taxe", 14, []string{
		"tax* asigur*|transport*|vamal*|livrare|procesare|deblocare plat*|achit* inapoi|returneaz*|inainte|curier*|vanzator*|primi*|bani*|dvs|dumneavoastra !achitate",
		"platesti|platiti|plateste|achiti|achitati|achita asigurarea|taxa|comisionul lei|euro|link*|curier*|agent*|inainte|ca_sa !notar* !primari* !inmatricul* !radiere !rca !cand_*",
		"muta|mutati|mutam|transferati|transfera bani* cont_sigur|contul_sigur|cont_de_siguranta|pericol|protej*",
		"tax*_de_asigurare|tax*_vamal* plati*|platesti|achitati|achiti|platiti",
		"achita_doar_transportul|achiti_doar_transportul|doar_transportul|achitati_transportul ales|castig*|premiu*|iphone|gratis|#link",
	}, true},
	{Suspicious, KindPay, "se cere înapoi o „plată greșită”; verifică întâi în cont că ai primit-o", 14, []string{
		"gres*|mai_mult|mai_multi|in_plus return*|diferenta|restul|inapoi|gresita|gresit am_virat|am_platit|am_trimis|platit|virat|trimis @money|#*|diferenta",
		"ti_am_platit_mai_mult|am_platit_mai_mult trimite*|rest*|dai",
	}, true},
	{Suspicious, KindPay, "un „escrow” sau un site de plată ales de celălalt e aproape mereu o înșelătorie", 14, []string{"escrow plat*|bani*|serviciu*|#link|tranzactie|folosim|pagina"}, true},
	{Suspicious, KindPay, "câștiguri promise fără muncă", 14, []string{
		"castig*|invest*|profit* zi|24h|garantat*|dublez|inzece* #*|euro|lei|@app",
		"ales_castigator|castigator|ai_castigat|ati_castigat iphone|premiu*|achit*|transport*|#link|suma",
	}, true},
	{Suspicious, KindAway, "te scoate de pe site, unde nu te mai putem apăra", 7, []string{
		"@app @move !@notapp",
		"in_afara_site*|in_afara_platformei|in_afara_olx discut*|vorbi*|prefer*|lasa*|continu*",
	}, true},
	{Suspicious, KindAway, "se cere adresa ta de e-mail pentru o plată; acolo vine de obicei pagina falsă", 12, []string{
		"email*|mail*|e_mail*|gmail da|dami|dati|trimite*|trebuie|lasa*|nevoie|scrie plat*|confirmarea_plat*|bani*|olx|vinted !iban* !factur*",
		"#mail trimite|trimiteti|scrie|scrieti|scriemi|mail|contact* plata|platii|plata*|bani*",
	}, true},
}
