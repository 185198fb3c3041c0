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

// isStale tells an answer that was slower than the stream: it shows less than the page knows to have happened.
const isStale = (message, before) => progress(message) < progress(before);

// progress rises while a message is answered, perhaps called off, and seen.
function progress(message) {
  const open = !message.querySelector(".proposal") || message.querySelector(".proposal--open");
  const answer = open ? 0 : message.querySelector(".proposal--accepted") ? 1 : 2;
  return 2 * answer + (message.querySelector("[data-read]")?.textContent === "Văzut" ? 1 : 0);
}

function showFiles(input) {
  const line = input.form.querySelector("[data-files]");
  line.hidden = !input.files.length;
  line.textContent = [...input.files].map((file) => file.name).join(", ");
}
