// Short messages at the foot of the screen, read out by screen readers.
let timer;

// say shows a sentence and, with again, a button that repeats what failed.
export function say(text, again) {
  const box = document.getElementById("anunt-scurt");
  if (!box) return;
  clearTimeout(timer);
  box.replaceChildren(text);
  if (again) {
    const button = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: "Încearcă din nou" });
    button.addEventListener("click", () => {
      box.replaceChildren();
      again();
    });
    box.append(button);
  }
  timer = setTimeout(() => box.replaceChildren(), again ? 30000 : 7000);
}

// announce tells screen readers alone.
export function announce(text) {
  document.getElementById("vestire").textContent = text;
}

// repeat does again what made the request: the same press, choice or form.
function repeat({ sourceElement: element, sourceEvent: event }) {
  if (!element?.isConnected) return location.reload();
  if (element.matches("form")) return element.requestSubmit();
  if (event?.type === "change") return element.dispatchEvent(new Event("change", { bubbles: true }));
  element.click();
}

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status >= 500) say("Ceva n-a mers la noi.", () => repeat(ctx));
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx) say("N-am putut ajunge la server. Verifică conexiunea.", () => repeat(ctx));
});
