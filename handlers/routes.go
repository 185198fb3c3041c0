package handlers

import (
	"github.com/gofiber/fiber/v2"

	"piata.ro/internal/assets"
	"piata.ro/internal/urls"
	"piata.ro/models"
)

// machineRoutes answers before anybody's session is looked at.
func (s *Server) machineRoutes(app *fiber.App) {
	app.Get(assets.Prefix+"*", s.serveStatic)
	app.Get(urls.APIDescription, serveAPIDescription)
	app.Get("/favicon.ico", s.serveFavicon)
	app.Get(urls.Feed, s.showFeed)
	app.Get(urls.AlertFeedPattern, s.limitReading(limitReads), s.showAlertFeed)
	app.Get(urls.StopAlertsPattern, s.limitReading(limitReads), s.confirmStop)
	app.Post(urls.StopAlertsPattern, s.limitReading(limitReads), s.stopAlerts) // from mail programs: the address is proof enough
	app.Get(urls.Health, s.health)
	app.Get(urls.Manifest, s.manifest)
	app.Get(urls.PhotoPattern, s.servePhoto)
	app.Get(urls.PreviewPattern, s.showPreview)
	app.Get(urls.Ready, s.ready)
	app.Get(urls.Robots, s.robots)
	app.Get(urls.SecurityTxt, s.securityTxt)
	app.Get(urls.ServiceWorker, s.serviceWorker)
	app.Get(urls.Sitemap, s.sitemapIndex)
	app.Get(urls.SitemapSectionPattern, s.sitemapSection)
	app.Get(urls.Suggestions, s.limitReading(limitSuggest), s.suggest)
	if s.webhooks != nil {
		app.Post(urls.ClerkWebhook, s.takeWebhook) // signed, so neither session nor origin matter
	}
}

// routes lists every page of the site, sorted by path.
func (s *Server) routes(app *fiber.App) {
	app.Use(s.limitReading(limitReads))
	app.Get(urls.Home, s.cached, s.showHome)
	if s.local != nil {
		app.All("/__clerk/*", s.localPages())
		app.Get(urls.Style, s.showStyle)
	}
	app.Get(urls.NewListing, s.requireViewer, s.newListing)
	app.Post(urls.NewListing, s.limitShared(sharedListings), s.createListing)
	app.Get(urls.NewListingAttr, s.showDetails)
	app.Post(urls.Draft, s.limit(limitDrafts), s.autosave)
	app.Post(urls.Notes, s.requireViewer, s.limit(limitDrafts), s.fillFromNotes)
	app.Get(urls.CategoryHint, s.hintCategory)
	app.Post(urls.DraftPhotos, s.limit(limitDrafts), s.addDraftPhotos)
	app.Get(urls.Help, s.cached, s.textPage("help", "Ajutor și siguranță", "Cum cumperi, cum vinzi și cum te ferești de înșelătorii pe Piața.ro."))
	app.Get(urls.ListingPattern, s.countVisit, s.noteHabits, s.cached, s.showListing)
	app.Get(urls.EditListingPattern, s.requireViewer, s.editListing)
	app.Post(urls.EditListingPattern, s.limit(limitChanges), s.updateListing)
	app.Post(urls.EditPhotosPattern, s.requireViewer, s.limit(limitChanges), s.addEditPhotos)
	app.Post(urls.RenewPattern, s.requireViewer, s.limit(limitChanges), s.renewListing)
	app.Post(urls.ReservePattern, s.requireViewer, s.limit(limitChanges), s.reserveListing)
	app.Post(urls.DeletePattern, s.requireViewer, s.limit(limitChanges), s.deleteListing)
	app.Post(urls.SoldPattern, s.requireViewer, s.limit(limitChanges), s.markSold)
	app.Get(urls.Results, s.noteHabits, s.cached, s.showResults)
	app.Get(urls.APICategories, s.apiCategories)
	app.Get(urls.APIFavorites, s.requireViewer, s.apiFavorites)
	app.Put(urls.APIFavoritePattern, s.requireViewer, s.limit(limitFavorites), s.apiSaveFavorite)
	app.Delete(urls.APIFavoritePattern, s.requireViewer, s.limit(limitFavorites), s.apiForgetFavorite)
	app.Get(urls.APIListings, s.apiListings)
	app.Post(urls.APIListings, s.requireViewer, s.limitShared(sharedListings), s.apiCreateListing)
	app.Get(urls.APIListingPattern, s.apiListing)
	app.Patch(urls.APIListingPattern, s.requireViewer, s.limit(limitChanges), s.apiUpdateListing)
	app.Delete(urls.APIListingPattern, s.requireViewer, s.limit(limitChanges), s.apiDeleteListing)
	app.Get(urls.APIMe, s.requireViewer, s.apiMe)
	app.Get(urls.APIMyListings, s.requireViewer, s.apiMyListings)
	app.Get(urls.Callback, s.afterSignIn)
	app.Get(urls.Login, s.showSignIn)
	app.Get(urls.Logout, s.confirmSignOut)
	app.Post(urls.Logout, s.signOut)
	app.Get(urls.Signup, s.showSignUp)
	app.Get(urls.Categories, s.cached, s.showCategories)
	app.Get(urls.CategoryPattern, s.noteHabits, s.cached, s.showCategory)
	if s.assistant != nil {
		app.Get(urls.Chat, s.showChat)
		app.Post(urls.Chat, s.askChat)
		app.Post(urls.RateAnswerPattern, s.limit(limitChanges), s.rateAnswer)
		app.Post(urls.TakeDraftPattern, s.limit(limitChanges), s.takeDraft)
		app.Post(urls.DeleteChatPattern, s.limit(limitChanges), s.deleteChat)
		app.Post(urls.ImproveText, s.requireViewer, s.improveText)
	}
	app.Get(urls.Search, s.redirectSearch)
	app.Get(urls.Contact, s.showContact)
	app.Post(urls.Contact, s.sendContact)
	app.Get(urls.ContactInbox, s.requireModerator, s.showContactInbox)
	app.Post(urls.ContactDonePattern, s.requireModerator, s.limit(limitChanges), s.setContactDone)
	app.Get(urls.About, s.cached, s.textPage("about", "Despre noi", "Ce este Piața.ro: o piață de anunțuri gratuite, rapidă și fără reclame."))
	app.Get(urls.Favorites, s.requireViewer, s.showFavorites)
	app.Post(urls.FavoritePattern, s.requireViewer, s.limit(limitFavorites), s.toggleFavorite)
	app.Get(urls.Offline, s.cached, s.offlinePage("offline", "Fără internet"))
	app.Get(urls.OfflineDraft, s.cached, s.offlinePage("offline_draft", "Anunț păstrat"))
	app.Get(urls.Privacy, s.cached, s.textPage("privacy", "Politica de confidențialitate", "Ce date păstrăm, cât timp, cine le vede și cum le ceri sau le ștergi."))
	app.Get(urls.Profile, s.requireViewer, s.showProfile)
	app.Get(urls.MyListings, s.requireViewer, s.showMyListings)
	app.Post(urls.EndingMails, s.requireViewer, s.limit(limitChanges), s.chooseEndingMails)
	if s.local == nil {
		app.Get(urls.Security, s.requireViewer, s.showSecurity)
	}
	app.Get(urls.EditProfile, s.requireViewer, s.editProfile)
	app.Get(urls.SavedSearches, s.requireViewer, s.showSavedSearches)
	app.Post(urls.SavedSearches, s.requireViewer, s.limit(limitChanges), s.saveSearch)
	app.Post(urls.RotateAlertFeed, s.requireViewer, s.limit(limitChanges), s.rotateAlertFeed)
	app.Get(urls.SavedSearchPattern, s.requireViewer, s.showSavedSearch)
	app.Post(urls.SavedSearchPattern, s.requireViewer, s.limit(limitChanges), s.updateSavedSearch)
	app.Post(urls.DeleteSavedSearchPattern, s.requireViewer, s.limit(limitChanges), s.deleteSavedSearch)
	app.Post(urls.EditProfile, s.keepProfile, s.requireViewer, s.requireSelf, s.limit(limitChanges), s.updateProfile)
	app.Get(urls.ExportData, s.requireViewer, s.requireSelf, s.limit(limitExports), s.exportData)
	app.Get(urls.DeleteAccount, s.requireViewer, s.requireSelf, s.confirmDeleteAccount)
	app.Post(urls.DeleteAccount, s.requireViewer, s.requireSelf, s.limit(limitChanges), s.deleteAccount)
	app.Get(urls.Terms, s.cached, s.textPage("terms", "Termeni și condiții", "Regulile de pe Piața.ro: ce poți publica, ce nu are loc aici și cine răspunde."))
	app.Get(urls.PublicProfilePattern, s.cached, s.showPublicProfile)
	s.talkRoutes(app)
	s.safetyRoutes(app)
}

// safetyRoutes are the pages against fraud and spam.
func (s *Server) safetyRoutes(app *fiber.App) {
	app.Get(urls.Leave, s.limitReading(limitLinks), s.leaveSite)
	app.Get(urls.CheckLink, s.limitReading(limitLinks), s.checkLink)
	app.Get(urls.Moderation, s.requireModerator, s.showModeration)
	app.Post(urls.UndoDecisionPattern, s.requireModerator, s.limit(limitChanges), s.undoDecision)
	app.Post(urls.DecidePattern, s.requireModerator, s.limit(limitChanges), s.decide)
	app.Get(urls.MyReports, s.requireViewer, s.showMyReports)
	app.Get(urls.ReportUserPattern, s.requireViewer, s.reportForm(models.ReportUser))
	app.Post(urls.ReportUserPattern, s.requireViewer, s.limitShared(sharedReports), s.sendReport(models.ReportUser))
	app.Get(urls.ReportMessagePattern, s.requireViewer, s.reportForm(models.ReportMessage))
	app.Post(urls.ReportMessagePattern, s.requireViewer, s.limitShared(sharedReports), s.sendReport(models.ReportMessage))
	app.Get(urls.ReportListingPattern, s.requireViewer, s.reportForm(models.ReportListing))
	app.Post(urls.ReportListingPattern, s.requireViewer, s.limitShared(sharedReports), s.sendReport(models.ReportListing))
	app.Post(urls.RevealPhonePattern, s.requireViewer, s.limitShared(sharedReveals), s.revealPhone)
	app.Post(urls.MovePhonePattern, s.requireViewer, s.limit(limitChanges), s.movePhone)
}

// talkRoutes are the messages between two people.
func (s *Server) talkRoutes(app *fiber.App) {
	app.Get(urls.ConversationPattern, s.requireViewer, s.showConversation)
	app.Post(urls.ConversationPattern, s.limitShared(sharedMessages), s.sendMessage) // keeps what a visitor wrote
	app.Post(urls.ArchivePattern, s.requireViewer, s.limit(limitChanges), s.archiveConversation)
	app.Post(urls.BlockPattern, s.requireViewer, s.limit(limitChanges), s.blockPeer)
	app.Get(urls.CalendarPattern, s.requireViewer, s.sendCalendar)
	app.Post(urls.ReadPattern, s.requireViewer, s.limit(limitTyping), s.markRead)
	app.Get(urls.MessagePhotoPattern, s.requireViewer, s.serveMessagePhoto)
	app.Post(urls.MeetingPattern, s.requireViewer, s.limitShared(sharedMessages), s.proposeMeeting)
	app.Post(urls.OfferPattern, s.requireViewer, s.limitShared(sharedMessages), s.makeOffer)
	app.Post(urls.AnswerPattern, s.requireViewer, s.limit(limitChanges), s.answerMessage)
	app.Post(urls.TypingPattern, s.requireViewer, s.limit(limitTyping), s.tellTyping)
	app.Get(urls.Stream, s.limit(limitStreams), s.openStream)
	app.Get(urls.APIInbox, s.requireViewer, s.apiConversations)
	app.Post(urls.APIInbox, s.requireViewer, s.limitShared(sharedFirst), s.apiStartConversation)
	app.Get(urls.APITalkPattern, s.requireViewer, s.apiConversation)
	app.Post(urls.APITalkPattern, s.requireViewer, s.limitShared(sharedMessages), s.apiSendMessage)
	app.Get(urls.Inbox, s.requireViewer, s.showInbox)
	app.Get(urls.StartPattern, s.requireViewer, s.newConversation)
	app.Post(urls.StartPattern, s.limitShared(sharedMessages), s.startConversation) // keeps what a visitor wrote
}
