// On a desk the assistant opens beside the page; without this, and on a phone, it is a page of its own.
const link = document.querySelector("[data-assistant]");

function script(src) {
  return new Promise((resolve, reject) => {
    const tag = Object.assign(document.createElement("script"), { src, onload: resolve, onerror: reject });
    document.head.append(tag);
  });
}

let side = null;

async function open() {
  if (!side) {
    await script(link.dataset.assistant);
    await import("./chat.js");
    side = document.createElement("dialog");
    side.className = "side";
    side.setAttribute("aria-label", "Asistent");
    side.innerHTML = '<button class="btn btn--quiet side__close" type="button">Închide</button><div></div>';
    side.querySelector("button").addEventListener("click", () => side.close());
    side.addEventListener("close", () => link.focus());
    document.body.append(side);
    await window.htmx.ajax("GET", link.href, { target: side.lastChild, swap: "innerHTML", source: side.lastChild });
  }
  side.show();
  side.querySelector("textarea")?.focus();
}

document.addEventListener("keydown", (event) => event.key === "Escape" && side?.open && side.close());

link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !matchMedia("(min-width: 64rem)").matches || document.querySelector(".chat__main:not(.side *)")) return;
  event.preventDefault();
  open().catch(() => location.assign(link.href));
});
