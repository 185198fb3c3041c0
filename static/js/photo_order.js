// Arranges the photos of the form: moved by buttons or by dragging, turned, taken out. The fields of the form say the same
// without scripts; here the buttons write into them.
import { announce } from "./messages.js";

const list = document.querySelector("[data-photos-list]");
const shown = () => [...list.children].filter((item) => !item.hidden);
export const count = () => shown().length;

export function arrange() {
  shown().forEach((item, index) => {
    item.draggable = true;
    const order = item.querySelector("[name^=ordine_]");
    if (!order) return;
    order.value = index + 1;
    item.querySelector("img").alt = `Fotografia ${index + 1}`;
  });
  // The draft is told like of any other change.
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(item, step) {
  const items = shown();
  const other = items[items.indexOf(item) + step];
  if (!other) return;
  other[step < 0 ? "before" : "after"](item);
  arrange();
  announce(`Fotografia e acum a ${shown().indexOf(item) + 1}-a din ${items.length}.`);
}

const acts = {
  move: (item, button) => move(item, Number(button.dataset.move)),
  turn(item) {
    const field = item.querySelector("[name^=roteste_]");
    field.value = (Number(field.value) + 1) % 4;
    item.dataset.turned = field.value;
  },
  drop(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.querySelector("[name=sterge_foto]").checked = item.hidden = true;
    (next?.querySelector("[data-drop]") ?? document.getElementById("fotografii")).focus();
    arrange();
    announce("Am scos fotografia.");
  },
};

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const act = Object.keys(acts).find((name) => name in (button?.dataset ?? {}));
  if (!act) return;
  acts[act](button.closest("li"), button);
  if (act === "move") button.focus();
});

let dragged = null;
list.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("li");
  event.dataTransfer.effectAllowed = "move";
});
list.addEventListener("dragover", (event) => {
  const over = event.target.closest("li");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const isLater = dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
  over[isLater ? "after" : "before"](dragged);
});
list.addEventListener("dragend", () => {
  dragged = null;
  arrange();
});
shown().forEach((item) => (item.draggable = true));
