// One stream of news for the page: new messages, what was read, who is typing. The browser asks for what follows the last
// event that it has seen, so nothing is lost or told twice. A tab that nobody looks at listens no longer: browsers allow
// few connections to one host.
const patience = 15000;
const url = document.body.dataset.flux;
let source;
let retry;
let wait = 1000;
let last = "";

function address() {
  const query = new URLSearchParams(url.split("?")[1]);
  const talk = document.querySelector("[data-conversatie]");
  if (talk) query.set("conversatie", talk.dataset.conversatie);
  if (last) query.set("dupa", last);
  return `${url.split("?")[0]}?${query}`;
}

function close() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function open() {
  close();
  source = new EventSource(address());
  source.addEventListener("open", () => (wait = 1000));
  // A connection that breaks is taken up again by the browser; an answer that is no stream is for us to try again.
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    retry = setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, 60000);
  });
  for (const kind of ["mesaj", "vazut", "citit", "scrie"]) source.addEventListener(kind, (event) => tell(kind, event));
  source.addEventListener("reincarca", () => location.reload());
  source.addEventListener("iesit", close);
}

function tell(kind, event) {
  if (event.lastEventId) last = event.lastEventId;
  const news = JSON.parse(event.data);
  if (kind !== "scrie") count(news.u);
  document.dispatchEvent(new CustomEvent(`flux:${kind}`, { detail: news }));
}

function count(unread) {
  const text = unread > 99 ? "99+" : String(unread || "");
  for (const badge of document.querySelectorAll("[data-unread]")) badge.textContent = text;
  document.title = document.title.replace(/^(\(\d+\+?\) )?/, text && `(${text}) `);
}

let unseen;
document.addEventListener("visibilitychange", () => {
  clearTimeout(unseen);
  if (document.hidden) unseen = setTimeout(close, patience);
  else if (!source) open();
});
addEventListener("pagehide", close);
addEventListener("pageshow", (event) => event.persisted && open());

// What the conversation on this page wants to hear must be there before the first news.
if (document.querySelector("[data-conversatie], [data-hx-trigger=reincarca]")) await import("./talk.js");
open();
