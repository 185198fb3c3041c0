// Sends photos ahead, one after the other, each with a bar of its own. Those that do not get through stay in the file
// field and go with the form; the server's answer takes the place of the preview.
import { announce, say } from "./messages.js";
import { arrange, count } from "./photo_order.js";
import { send } from "./upload.js";

const maxBytes = 15 * 1024 * 1024;
const zone = document.querySelector("[data-photos]");
const input = zone.querySelector("input");
const list = document.querySelector("[data-photos-list]");
const entries = new Set(); // not on the server yet
let queue = Promise.resolve();
let running = 0;

// carry leaves in the field what must go with the form.
function carry() {
  const bag = new DataTransfer();
  for (const { file, isCarried } of entries) if (isCarried) bag.items.add(file);
  input.files = bag.files;
}

function button(label, act) {
  const element = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  element.addEventListener("click", act);
  return element;
}

function preview(file) {
  const line = Object.assign(document.createElement("li"), { className: "photos__item" });
  const frame = Object.assign(document.createElement("div"), { className: "photos__frame" });
  const image = Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" });
  const bar = Object.assign(document.createElement("progress"), { value: 0, ariaLabel: `Se încarcă ${file.name}` });
  const note = Object.assign(document.createElement("p"), { className: "photos__note" });
  const tools = Object.assign(document.createElement("div"), { className: "photos__tools" });
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  frame.append(image);
  line.append(frame, bar, note, tools);
  list.append(line);
  return { file, line, bar, note, tools };
}

function remove(entry) {
  entry.cancel?.();
  entries.delete(entry);
  entry.line.remove();
  carry();
  input.focus();
}

function fail(entry, problem) {
  const again = button("Încearcă din nou", () => enqueue(entry));
  entry.isCarried = !problem.isFinal;
  entry.bar.hidden = true;
  entry.note.textContent = entry.isCarried ? "N-a ajuns încă. Pleacă odată cu anunțul." : problem.message;
  entry.line.toggleAttribute("data-bad", !entry.isCarried);
  entry.tools.replaceChildren(...(entry.isCarried ? [again] : []), button("Renunță", () => remove(entry)));
  announce(`${entry.file.name}: ${entry.note.textContent}`);
  carry();
}

async function upload(entry) {
  if (!entries.has(entry)) return;
  const body = new FormData(input.form);
  body.delete(input.name);
  body.append(input.name, entry.file);
  const { done, cancel } = send(zone.dataset.photos, body, (part) => (entry.bar.value = part));
  entry.cancel = cancel;
  try {
    entry.line.replaceWith(document.createRange().createContextualFragment(await done));
    entries.delete(entry);
    arrange();
    announce(`Fotografia ${entry.file.name} e încărcată.`);
  } catch (problem) {
    if (problem.name !== "AbortError") fail(entry, problem);
  }
}

function enqueue(entry) {
  Object.assign(entry, { isCarried: false }).bar.hidden = false;
  entry.note.textContent = "";
  entry.tools.replaceChildren(button("Renunță", () => remove(entry)));
  running++;
  queue = queue.then(() => upload(entry)).finally(() => running--);
}

export function add(files) {
  const fitting = files.slice(0, Math.max(0, Number(zone.dataset.max) - count()));
  if (fitting.length < files.length) say(`Încap doar ${zone.dataset.max} fotografii; le-am păstrat pe primele.`);
  for (const file of fitting) {
    const entry = preview(file);
    entries.add(entry);
    if (file.size > maxBytes) fail(entry, { isFinal: true, message: "Are peste 15 MB." });
    else enqueue(entry);
  }
  carry();
}

// busy is a promise for the end of what is under way, or nothing.
export const busy = () => running > 0 && queue;
