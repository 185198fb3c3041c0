package linkguard

import "testing"

func TestLink(t *testing.T) {
	t.Parallel()
	g := New("piata-test.fly.dev", "localhost")
	for want, links := range map[Verdict][]string{
		Known: {
			"https://www.fancourier.ro/awb-tracking/?awb=1", "sameday.ro", "HTTPS://WWW.OLX.RO/d/oferta/x.html", "https://tracking.dpd.ro/?n=1", "cargus.ro/tracking",
			"https://www.posta-romana.ro/track-trace.html", "https://gls-group.com/RO/ro/", "https://www.emag.ro/x/pd/1/", "https://m.autovit.ro/", "https://ing.ro.",
			"https://maps.app.goo.gl/x", "https://goo.gl/maps/x", "https://youtu.be/x", "http://localhost:8080/anunturi/", "https://piata-test.fly.dev/anunt/x-1/", "https://george.bcr.ro/login",
			"https://www.google.com/search?q=fancourier", "https://ro.wikipedia.org/wiki/OLX", "https://www.olx.pl/", "https://www.vinted.fr/items/1", "https://www.erovinieta.ro/vignettes-portal-web/", "https://www.bt24.ro/", "https://www.mybrdnet.ro/", "https://www.raiffeisenonline.ro/", "https://online.gls-romania.ro/",
		},
		Unknown: {
			"https://mobilalalupu.ro/", "www.restaurantcasaveche.ro", "https://ing-popescu.ro/", "https://fan-club-steaua.ro/", "https://primaria-turda.ro/contact", "https://mașini-vechi.ro/",
			"https://scoala.edu.ro/orar", "https://livrare-flori-cluj.ro/", "https://blog.example.com/2024/pret", "abc", "", "https://curieruldevalcea.ro/stiri", "https://docs.google.com/document/d/1",
			"https://transportmarfa.ro", "https://upsilon-electronics.ro", "https://brandul-meu.ro", "https://digitaldreams.ro", "https://autoservicefan.ro", "https://cecilia-flori.ro", "https://universul-olt.ro",
			"https://piata-de-flori.ro", "https://piața-agricolă.ro", "https://posta24ore.ro/stiri", "https://studio54.ro", "https://radio3net.ro", "https://www.4x4club.ro", "https://casa7.ro", "https://flori365.ro", "https://anunturi-cluj.ro", "https://roviniete.ro",
		},
		Suspicious: {
			"bit.ly/x", "https://t.me/x", "https://wa.me/40722", "https://plata-rapida.online/x", "https://xvbn.top/", "http://example.ro:8081/", "https://example.ro/app.apk",
			"https://example.ro/?u=fancourier.ro", "fancou\u200brier.ro", "https://example.ro\\x",
		},
		Dangerous: {
			"fancourier.ro.plata-sigura.top", "https://fan-courier.com/", "fancurier.ro", "fancourrier.ro", "fancuorier.ro", "fan-courier24.ro", "f4ncourier.ro", "fаncourier.ro", "xn--fncourier-53g.ro",
			"sarneday.ro", "same-day.ro.track.buzz", "samedey.ro", "sameday-livrare.ro", "c4rgus.ro", "carqus.ro", "cargus.top", "0lx.ro", "oIx.ro", "olx.top", "olx-livrare.ro", "livrareolx.com",
			"olx.ro-plata.com", "o1x.ro", "οlx.ro", "ｏｌｘ.top", "publi24.top", "vlnted.ro", "emaq.ro", "ernag.ro", "revo1ut.com", "paypaI.com", "bancatransilvanla.ro", "bcr-george.top", "ing-homebank.ro",
			"posta-romana.ro-taxe.icu", "postaromana.top", "dpd-romania.info", "gls-colet.site", "dhl-express.top", "https://fancourier.ro@evil.ro/", "http://185.22.14.9/x", "http://3232235777/", "http://0x7f.1/",
			"javascript:alert(1)", "data:text/html,x", "https://fancourier%2ero.evil.top/", "fancourier。ro.evil.top", "https://piata-ro.top", "https://fancourier-plata.web.app/",
			"https://www.google.com/url?q=https://fancourier-plata.top/", "raiffeisen-online.help", "autov1t.ro", "https://brd-net.online", "https://westernunlon.com", "https://netopia-plati.com", "easybox-sameday.info",
			"0lx-livrare.ro", "piata.ro.oferte24.shop", "0lx-r0.com", "livrare0lx.ro", "0lx-pl4ti.ro", "p1ata.ro", "pia\u0163a.ro", "p0sta.ro", "1ng.ro", "dpd-c0let.ro", "gls-r0.ro", "0lx24.shop",
		},
	} {
		for _, link := range links {
			if r := g.Link(link); r.Verdict != want {
				t.Errorf("%q: %s (%s, %s), want %s", link, r.Verdict, r.Reason, r.Brand, want)
			}
		}
	}
}
