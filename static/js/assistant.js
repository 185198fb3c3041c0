// On a desk the assistant opens beside the page; without this, and on a phone, it is a page of its own.
const link = document.querySelector("[data-assistant]");

function script(src) {
  return new Promise((resolve, reject) => {
    const tag = Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject });
    document.head.append(tag);
  });
}

let side = null;

// show loads a page of the assistant into the side.
async function show(href) {
  const { showLatest } = await import("./chat.js");
  await window.htmx.ajax("GET", href, { target: side.lastChild, swap: "innerHTML", source: side.lastChild });
  if (!side.querySelector("[data-chat-main]")) throw new Error("no conversation came");
  side.show();
  showLatest();
  side.querySelector("textarea").focus({ preventScroll: true });
}

async function open() {
  if (!side) {
    await script(link.dataset.assistant);
    side = document.createElement("dialog");
    side.className = "side";
    side.setAttribute("aria-label", "Asistent");
    side.innerHTML = '<button class="btn btn--quiet side__close" type="button">Închide</button><div></div>';
    side.querySelector("button").addEventListener("click", () => side.close());
    side.addEventListener("close", () => link.focus());
    side.addEventListener("click", fresh);
    document.body.append(side);
    return show(link.href);
  }
  side.show();
  side.querySelector("textarea")?.focus({ preventScroll: true });
}

// fresh begins a new conversation without leaving the page.
async function fresh(event) {
  const to = event.target.closest(".chat__new");
  if (!to) return;
  event.preventDefault();
  await show(to.href).catch(() => {});
}

document.addEventListener("keydown", (event) => event.key === "Escape" && side?.contains(document.activeElement) && side.close());

link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !matchMedia("(min-width: 64rem)").matches || document.querySelector(".chat__main:not(.side *)")) return;
  event.preventDefault();
  open().catch(() => location.assign(link.href));
});
