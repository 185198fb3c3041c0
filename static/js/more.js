// „Mai multe anunțuri” adds cards under the same address. The entry of the history remembers what was added and how far
// one had come, so that Back returns to the same place in the list.
import { announce } from "./messages.js";

const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
// htmx looks after entries that bear its mark, and puts the mark in the place of everything else where it is missing.
const remember = (what) => history.replaceState({ ...history.state, htmx: true, ...what }, "");
let before = null;
let isTravelling = false;

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const button = ctx.sourceElement;
  before = null;
  if (!button?.matches?.("[data-more]") || ctx.response?.status >= 400) return;
  before = button.closest("li").previousElementSibling;
  remember({ more: [...(history.state?.more ?? []), button.getAttribute("href")], y: scrollY });
  history.scrollRestoration = "manual";
});

document.addEventListener("htmx:after:swap", () => {
  if (isTravelling) restore();
  isTravelling = false;
  if (!before) return;
  // The button is gone: the focus goes on to the first card that came instead of it.
  before.nextElementSibling?.querySelector("a")?.focus({ preventScroll: true });
  announce(`Sunt afișate ${document.querySelectorAll(".cards .card").length} de anunțuri.`);
  before = null;
});

document.addEventListener("scrollend", () => history.state?.more && remember({ y: scrollY }));
document.addEventListener("htmx:after:history:push", () => (history.scrollRestoration = "auto"));
document.addEventListener("htmx:before:history:restore", () => (isTravelling = true));

// restore brings back what had been added, all at once.
async function restore() {
  const { more, y } = history.state ?? {};
  const button = document.querySelector("[data-more]");
  if (!more?.length || !button) return;
  try {
    const answers = await Promise.all(more.map((address) => fetch(address, { headers })));
    if (!answers.every((answer) => answer.ok)) return;
    const parts = await Promise.all(answers.map((answer) => answer.text()));
    const list = button.closest("ul");
    for (const part of parts) list.querySelector("[data-more]")?.closest("li").replaceWith(document.createRange().createContextualFragment(part));
    window.htmx?.process(list);
    document.dispatchEvent(new Event("htmx:after:swap"));
    scrollTo({ top: y, behavior: "instant" });
  } catch {
    // Without a network the first page is what there is.
  }
}

restore();
