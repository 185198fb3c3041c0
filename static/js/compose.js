// Writing in a conversation: the other hears that something is being typed, Enter sends where there is a real keyboard,
// and what was sent stands once in the thread although the stream may have brought it first.
const typingEvery = 3000;

export function compose(pane, post, toEnd) {
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
  let told = 0;

  pane.addEventListener("input", ({ target }) => {
    if (target.type === "file") return showFiles(target);
    if (target.name !== "mesaj" || Date.now() - told < typingEvery) return;
    told = Date.now();
    post(pane.dataset.scrie, {});
  });
  pane.addEventListener("keydown", (event) => {
    if (event.target.name !== "mesaj" || event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  document.addEventListener("htmx:after:swap", () => {
    const seen = new Map();
    for (const message of pane.querySelectorAll("[data-message]")) {
      const before = seen.get(message.id);
      if (before) (isStale(message, before) ? message : before).remove();
      if (message.isConnected) seen.set(message.id, message);
    }
  });
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    const form = detail?.ctx?.sourceElement;
    if (!form?.matches?.("form") || !pane.contains(document.getElementById("mesaj"))) return;
    if (form.id === "scrie") document.getElementById("mesaj").focus({ preventScroll: true });
    toEnd();
  });
}

// isStale tells an answer that was slower than the stream: it shows as open or unread what the page knows to be answered or seen.
function isStale(message, before) {
  const isOpen = (m) => m.querySelector(".proposal--open");
  const isRead = (m) => m.querySelector("[data-read]")?.textContent === "Văzut";
  return (isOpen(message) && !isOpen(before)) || (isRead(before) && !isRead(message) && !isOpen(before) === !isOpen(message));
}

function showFiles(input) {
  const line = input.form.querySelector("[data-files]");
  line.hidden = !input.files.length;
  line.textContent = [...input.files].map((file) => file.name).join(", ");
}
