// The conversation with the assistant: stopping, trying again, and staying at the end while an answer grows.
import { reveal } from "./copy.js";

const main = () => document.querySelector("[data-chat-main]");
const last = () => document.querySelector(".chat__turn:last-child");
const formOf = ({ detail: { ctx } }) => ctx.sourceElement?.closest?.("[data-chat-form]");

let asking = null; // the form whose answer is being written
let stopped = false;
let follows = true; // the end of the answer is in view and stays there

function busy(is) {
  const form = main();
  if (!form) return;
  form.querySelector("[data-chat-stop]").hidden = !is;
  form.querySelector("[type=submit]").hidden = is;
}

// keepFocus gives back what a hidden button lost; on a phone not to the field, which would call the keyboard over the answer.
function keepFocus() {
  const now = document.activeElement;
  if (now && now !== document.body && now.checkVisibility()) return;
  const place = matchMedia("(pointer: coarse)").matches ? document.getElementById("chat-log") : main()?.elements.mesaj;
  place?.focus({ preventScroll: true });
}

function follow() {
  if (follows) last()?.lastElementChild.scrollIntoView({ block: "nearest" });
}

// giveUp says of an answer that ends before its end that it did, and offers to try again.
function giveUp(answer) {
  answer.removeAttribute("data-chat-running");
  const note = answer.querySelector(".chat__working");
  note.className = "chat__fine";
  note.textContent = stopped ? "Ai oprit răspunsul." : "Răspunsul s-a întrerupt.";
  answer.querySelector("[data-chat-form]").hidden = false;
}

document.addEventListener("htmx:before:request", (event) => {
  const form = formOf(event);
  if (!form) return;
  [asking, stopped, follows] = [form, false, true];
  document.getElementById("chat-nota").textContent = "";
  busy(true);
});

document.addEventListener("htmx:sse:after:connection", () => {
  if (!asking) return;
  if (asking === main()) asking.elements.mesaj.value = "";
  else if (asking.closest(".chat__answer")) asking.hidden = true; // asked again below
  keepFocus();
});

document.addEventListener("htmx:finally:request", (event) => {
  if (!formOf(event)) return;
  asking = null;
  busy(false);
  document.querySelectorAll("[data-chat-running]").forEach(giveUp);
  follow();
  keepFocus();
});

document.addEventListener("htmx:before:swap", () => {
  const growing = asking && document.querySelector("[data-chat-running]");
  if (growing) follows = growing.getBoundingClientRect().bottom < main().getBoundingClientRect().top + 120;
});

document.addEventListener("htmx:after:swap", () => {
  reveal();
  if (asking) follow();
});

document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-chat-stop]")) return;
  stopped = true;
  asking?.dispatchEvent(new Event("htmx:abort"));
});

// Enter asks, Shift+Enter begins a line; on a phone Enter begins a line too.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches?.("[data-chat-main] textarea")) return;
  if (matchMedia("(pointer: coarse)").matches || !event.target.value.trim()) return;
  event.preventDefault();
  if (!asking) event.target.form.requestSubmit();
});

// showLatest leads to where a conversation was left.
export function showLatest() {
  reveal();
  if (!location.hash && document.querySelectorAll(".chat__turn").length > 1) last().scrollIntoView();
}

showLatest();
