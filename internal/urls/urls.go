// Package urls holds every path of the site: the pattern that the router takes and, beside it, the function that builds it.
// Handlers, templates, feeds and mails call the builders, so that a misspelt path does not compile.
package urls

import (
	"net/url"
	"strconv"
)

// Fixed paths.
const (
	Home           = "/"
	Categories     = "/categorii/"
	Results        = "/anunturi/"
	Search         = "/cautare/"
	Suggestions    = "/sugestii/"
	NewListing     = "/adauga-anunt/"
	NewListingAttr = "/adauga-anunt/atribute/"
	Notes          = "/adauga-anunt/din-note/"
	ImproveText    = "/adauga-anunt/imbunatateste/"
	Chat           = "/chat/"
	Draft          = "/adauga-anunt/ciorna/"
	DraftPhotos    = "/adauga-anunt/fotografii/"
	CategoryHint   = "/adauga-anunt/categorie/"
	Style          = "/stil/" // in local mode only
	CheckLink      = "/verifica-link/"
	Moderation     = "/moderare/"
	MyReports      = "/profil/raportari/"
	Leave          = "/iesire/"
	Profile        = "/profil/"
	EditProfile    = "/profil/editare/"
	MyListings     = "/profil/anunturi/"
	SavedSearches  = "/profil/cautari/"
	ExportData     = "/profil/date/"
	DeleteAccount  = "/profil/stergere/"
	Security       = "/profil/securitate/"
	Favorites      = "/favorite/"
	Login          = "/auth/clerk/login/"
	Signup         = "/auth/clerk/signup/"
	Callback       = "/auth/clerk/callback/"
	Logout         = "/auth/clerk/logout/"
	DevSignIn      = "/__clerk/sign-in"
	ClerkWebhook   = "/webhooks/clerk"
	Terms          = "/termeni-si-conditii/"
	Privacy        = "/politica-confidentialitate/"
	Contact        = "/contact/"
	ContactInbox   = "/moderare/mesaje-contact/"
	About          = "/despre-noi/"
	Help           = "/ajutor/"
	Feed           = "/feed.xml"
	Sitemap        = "/sitemap.xml"
	Robots         = "/robots.txt"
	SecurityTxt    = "/.well-known/security.txt"
	PreviewMarket  = "/previzualizare/piata.jpg"
	Manifest       = "/manifest.webmanifest"
	ServiceWorker  = "/sw.js"
	Offline        = "/fara-internet/"
	OfflineDraft   = "/fara-internet/ciorna/"
	Health         = "/healthz"
	Ready          = "/readyz"
	APIListings    = "/api/v1/listings"
	APICategories  = "/api/v1/categories"
	APIMe          = "/api/v1/me"
	APIMyListings  = "/api/v1/me/listings"
	APIFavorites   = "/api/v1/favorites"
	APIInbox       = "/api/v1/conversations"
	APIDescription = "/api/v1/openapi.json"
)

// RotateAlertFeed gives the feed of somebody's saved searches another address.
const RotateAlertFeed = "/profil/cautari/flux/"

// EndingMails is where somebody chooses whether to be told by e-mail of listings that end soon.
const EndingMails = "/profil/anunturi/e-mailuri/"

// Patterns of paths with a variable part, in Fiber's notation.
const (
	CategoryPattern       = "/categorii/:slug/"
	ListingPattern        = "/anunt/:ref/"
	EditListingPattern    = "/anunt/:id/editare/"
	EditPhotosPattern     = "/anunt/:id/fotografii/"
	SoldPattern           = "/anunt/:id/vandut/"
	ReservePattern        = "/anunt/:id/rezervat/"
	RenewPattern          = "/anunt/:id/reinnoire/"
	DeletePattern         = "/anunt/:id/sterge/"
	ReportListingPattern  = "/raportare/:id/"
	ReportUserPattern     = "/raportare/utilizator/:username/"
	ReportMessagePattern  = "/raportare/mesaj/:id/"
	DecidePattern         = "/moderare/:kind/:id/"
	UndoDecisionPattern   = "/moderare/hotarare/:id/retrage/"
	RevealPhonePattern    = "/anunt/:id/telefon/"
	MovePhonePattern      = "/anunt/:id/muta-telefon/"
	FavoritePattern       = "/favorite/toggle/:id/"
	PublicProfilePattern  = "/utilizator/:username/"
	PhotoPattern          = "/foto/:file"
	APIListingPattern     = "/api/v1/listings/:id"
	APIFavoritePattern    = "/api/v1/favorites/:id"
	DeleteChatPattern     = "/chat/:id/sterge/"
	RateAnswerPattern     = "/chat/raspuns/:id/parere/"
	TakeDraftPattern      = "/chat/raspuns/:id/ciorna/"
	SitemapSectionPattern = "/sitemap/:part"
	ContactDonePattern    = "/moderare/mesaje-contact/:id/"
	PreviewPattern        = "/previzualizare/:file"

	SavedSearchPattern       = "/profil/cautari/:id/"
	DeleteSavedSearchPattern = "/profil/cautari/:id/sterge/"
	AlertFeedPattern         = "/cautari/flux/:token/"
	StopAlertsPattern        = "/cautari/oprire/:token/"
)

// Category is the page of one category.
func Category(slug string) string { return "/categorii/" + slug + "/" }

// Listing is the public page of a listing.
func Listing(slug string, id int64) string { return "/anunt/" + slug + "-" + itoa(id) + "/" }

// EditListing is the form that edits a listing.
func EditListing(id int64) string { return "/anunt/" + itoa(id) + "/editare/" }

// EditPhotos takes photos for a listing that is being edited.
func EditPhotos(id int64) string { return "/anunt/" + itoa(id) + "/fotografii/" }

// Sold marks a listing as sold.
func Sold(id int64) string { return "/anunt/" + itoa(id) + "/vandut/" }

// Reserve toggles a listing between reserved and free.
func Reserve(id int64) string { return "/anunt/" + itoa(id) + "/rezervat/" }

// Renew puts a listing on top again for another term.
func Renew(id int64) string { return "/anunt/" + itoa(id) + "/reinnoire/" }

// Delete removes a listing.
func Delete(id int64) string { return "/anunt/" + itoa(id) + "/sterge/" }

// ReportListing reports a listing.
func ReportListing(id int64) string { return "/raportare/" + itoa(id) + "/" }

// ReportUser reports a person.
func ReportUser(username string) string { return "/raportare/utilizator/" + username + "/" }

// Decide takes a moderator's decision about a thing: listing, user or message.
func Decide(kind string, id int64) string { return "/moderare/" + kind + "/" + itoa(id) + "/" }

// UndoDecision takes a decision back.
func UndoDecision(id int64) string { return "/moderare/hotarare/" + itoa(id) + "/retrage/" }

// RevealPhone shows the seller's phone number.
func RevealPhone(id int64) string { return "/anunt/" + itoa(id) + "/telefon/" }

// MovePhone moves the phone numbers of a listing's texts into its owner's profile.
func MovePhone(id int64) string { return "/anunt/" + itoa(id) + "/muta-telefon/" }

// Favorite toggles a listing among the viewer's favourites.
func Favorite(id int64) string { return "/favorite/toggle/" + itoa(id) + "/" }

// PublicProfile is what everybody sees of a person.
func PublicProfile(username string) string { return "/utilizator/" + username + "/" }

// ChatID is one conversation with the assistant.
func ChatID(id int64) string { return Chat + "?c=" + itoa(id) }

// DeleteChat removes a conversation with the assistant.
func DeleteChat(id int64) string { return Chat + itoa(id) + "/sterge/" }

// RateAnswer takes an opinion on an answer of the assistant.
func RateAnswer(id int64) string { return Chat + "raspuns/" + itoa(id) + "/parere/" }

// TakeDraft opens the advert that the assistant prepared in an answer.
func TakeDraft(id int64) string { return Chat + "raspuns/" + itoa(id) + "/ciorna/" }

// Photo is the address of one width of a photo; the server picks the format that the browser accepts.
func Photo(hash string, width int) string {
	return "/foto/" + hash + "-" + strconv.Itoa(width) + ".jpg"
}

// ContactDone says that a moderator is done with a message, or not.
func ContactDone(id int64) string { return ContactInbox + itoa(id) + "/" }

// Preview is the picture that stands for a listing where its address is shared; it changes with the version.
func Preview(id, version int64) string {
	return "/previzualizare/" + itoa(id) + "-" + itoa(version) + ".jpg"
}

// APIListing is the JSON form of a listing.
func APIListing(id int64) string { return "/api/v1/listings/" + itoa(id) }

// APIFavorite saves or forgets a listing for a program.
func APIFavorite(id int64) string { return "/api/v1/favorites/" + itoa(id) }

// SitemapSection is one file of the sitemap index, e.g. "anunturi-3.xml".
func SitemapSection(part string) string { return "/sitemap/" + part }

// SavedSearch shows what a saved search found; a POST changes its name and frequency.
func SavedSearch(id int64) string { return "/profil/cautari/" + itoa(id) + "/" }

// DeleteSavedSearch forgets a saved search.
func DeleteSavedSearch(id int64) string { return "/profil/cautari/" + itoa(id) + "/sterge/" }

// AlertFeed is the secret address of what somebody's saved searches found.
func AlertFeed(token string) string { return "/cautari/flux/" + token + "/" }

// StopAlerts is the secret address that ends e-mails about saved searches.
func StopAlerts(token string) string { return "/cautari/oprire/" + token + "/" }

// SignIn is the sign-in page that returns to the local path afterwards.
func SignIn(returnTo string) string {
	if returnTo == "" {
		return Login
	}
	return Login + "?" + url.Values{"redirect_url": {returnTo}}.Encode()
}

// WithQuery appends the query to the path when there is one.
func WithQuery(path string, q url.Values) string {
	if enc := q.Encode(); enc != "" {
		return path + "?" + enc
	}
	return path
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
