// An open conversation: messages that arrive, what the other has seen, who is typing. And the list beside it.
const pane = document.querySelector("[data-conversatie]");
const id = Number(pane?.dataset.conversatie);
const thread = pane?.querySelector("#mesaje");
const typing = pane?.querySelector("[data-typing]");
const newest = () => Math.max(0, ...[...thread.querySelectorAll("[data-message]")].map((li) => Number(li.dataset.message)));
const post = (url, fields) => fetch(url, { method: "POST", body: new URLSearchParams(fields) }).catch(() => {});

// A message is known by its id: one that came already, by another way or because it has changed, is put in its old place.
function show(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const message = box.content.firstElementChild;
  const old = document.getElementById(message.id);
  if (old) old.replaceWith(message);
  else thread.append(message);
  window.htmx?.process(message);
  if (!old) toEnd();
}

function toEnd() {
  thread.parentElement.scrollTop = thread.parentElement.scrollHeight;
}

let reading;
function read() {
  clearTimeout(reading);
  if (document.visibilityState === "visible") reading = setTimeout(() => post(pane.dataset.citit, { pana: newest() }), 300);
}

// Only one list is asked for, however much happens at once.
let listing;
function refreshList() {
  clearTimeout(listing);
  listing = setTimeout(() => window.htmx?.trigger("#conversatii", "reincarca"), 400);
}

document.addEventListener("flux:mesaj", ({ detail }) => {
  refreshList();
  if (detail.c !== id || !detail.html) return;
  show(detail.html);
  if (!document.getElementById(`m-${detail.m}`)?.classList.contains("msg--mine")) {
    typing.hidden = true;
    read();
  }
});
document.addEventListener("flux:citit", refreshList);
document.addEventListener("flux:vazut", ({ detail }) => {
  if (detail.c !== id) return;
  for (const mark of thread.querySelectorAll("[data-read]")) {
    if (Number(mark.closest("[data-message]").dataset.message) <= detail.m) mark.textContent = "Văzut";
  }
});

let quiet;
document.addEventListener("flux:scrie", ({ detail }) => {
  if (detail.c !== id) return;
  typing.hidden = false;
  clearTimeout(quiet);
  quiet = setTimeout(() => (typing.hidden = true), 5000);
});

if (pane) {
  document.addEventListener("visibilitychange", read);
  import("./compose.js").then(({ compose }) => compose(pane, post, toEnd));
}
