package urls

import "strconv"

// Paths of messages, and their patterns in Fiber's notation.
const (
	Inbox               = "/mesaje/"
	Stream              = "/flux/"
	StartPattern        = "/trimite-mesaj/:id/"
	ConversationPattern = "/conversatie/:id/"
	OfferPattern        = "/conversatie/:id/oferta/"
	MeetingPattern      = "/conversatie/:id/intalnire/"
	AnswerPattern       = "/conversatie/:id/raspuns/:message/"
	ArchivePattern      = "/conversatie/:id/arhiva/"
	BlockPattern        = "/conversatie/:id/blocare/"
	TypingPattern       = "/conversatie/:id/scrie/"
	ReadPattern         = "/conversatie/:id/citit/"
	MessagePhotoPattern = "/conversatie/:id/foto/:file"
	CalendarPattern     = "/conversatie/:id/calendar/:file"
	APITalkPattern      = "/api/v1/conversations/:id"
)

// StartConversation sends a first message about a listing.
func StartConversation(listingID int64) string { return "/trimite-mesaj/" + itoa(listingID) + "/" }

// Conversation is the page of one conversation; posting to it sends a message.
func Conversation(id int64) string { return "/conversatie/" + itoa(id) + "/" }

// Offer makes an offer in a conversation.
func Offer(id int64) string { return Conversation(id) + "oferta/" }

// Meeting proposes a meeting in a conversation.
func Meeting(id int64) string { return Conversation(id) + "intalnire/" }

// AnswerMessage answers an offer or a meeting.
func AnswerMessage(id, messageID int64) string {
	return Conversation(id) + "raspuns/" + itoa(messageID) + "/"
}

// ArchiveConversation puts a conversation among the archived ones, or takes it back.
func ArchiveConversation(id int64) string { return Conversation(id) + "arhiva/" }

// BlockPeer blocks the other person of a conversation, or no longer.
func BlockPeer(id int64) string { return Conversation(id) + "blocare/" }

// Typing says that the viewer is typing in a conversation.
func Typing(id int64) string { return Conversation(id) + "scrie/" }

// MarkRead says that the viewer has seen messages of a conversation.
func MarkRead(id int64) string { return Conversation(id) + "citit/" }

// MessagePhoto is one width of a picture in a conversation, for its two people alone.
func MessagePhoto(id int64, photoID string, width int) string {
	return Conversation(id) + "foto/" + photoID + "-" + strconv.Itoa(width) + ".jpg"
}

// MeetingCalendar is an accepted meeting as a file for calendars.
func MeetingCalendar(id, messageID int64) string {
	return Conversation(id) + "calendar/" + itoa(messageID) + ".ics"
}

// ReportMessage reports a message to the moderators.
func ReportMessage(id int64) string { return "/raportare/mesaj/" + itoa(id) + "/" }

// APIConversation is the JSON form of a conversation.
func APIConversation(id int64) string { return APIInbox + "/" + itoa(id) }
