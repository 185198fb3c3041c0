// The conversation with the assistant: keys, stopping, copying, and staying at the end while an answer grows.
const root = () => document.querySelector(".chat");
const main = () => document.querySelector("[data-chat-main]");

function busy(is) {
  const form = main();
  if (!form) return;
  form.querySelector("[data-chat-stop]").hidden = !is;
  form.querySelector("[type=submit]").hidden = is;
}

function reveal() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

let asking = null;

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement?.closest?.("[data-chat-form]");
  if (!form) return;
  asking = form;
  document.getElementById("chat-nota").textContent = "";
  busy(true);
});

document.addEventListener("htmx:sse:after:connection", () => {
  const field = main()?.elements.mesaj;
  if (asking === main() && field) field.value = "";
  field?.focus({ preventScroll: true });
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement?.closest?.("[data-chat-form]")) return;
  asking = null;
  busy(false);
  for (const note of document.querySelectorAll(".chat__working")) note.textContent = "Oprit.";
  reveal();
});

document.addEventListener("htmx:after:swap", () => {
  reveal();
  if (asking) root()?.querySelector(".chat__turn:last-child .chat__answer")?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("click", async ({ target }) => {
  if (target.closest?.("[data-chat-stop]")) asking?.dispatchEvent(new Event("htmx:abort"));
  const copy = target.closest?.("[data-copy]");
  if (!copy) return;
  await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).innerText);
  copy.lastChild.textContent = "Copiat";
});

// Enter asks, Shift+Enter begins a line; on a phone Enter begins a line too.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("[data-chat-main] textarea")) return;
  if (matchMedia("(pointer: coarse)").matches || !event.target.value.trim()) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

reveal();
