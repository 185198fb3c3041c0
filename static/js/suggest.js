// Suggestions under the search box: the combobox pattern of WAI-ARIA. htmx fetches the options; this opens the list and moves in it.
const input = () => document.querySelector("[data-suggest]");
const list = (box) => document.getElementById(box.dataset.suggest);
const options = (box) => [...list(box).children];

function show(box, open) {
  list(box).hidden = !open;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list(box).id);
  box.setAttribute("aria-expanded", open);
  select(box, null);
}

function select(box, option) {
  for (const other of options(box)) other.setAttribute("aria-selected", other === option);
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function choose(box, option) {
  show(box, false);
  if (option.dataset.href) return location.assign(option.dataset.href);
  box.value = option.dataset.words;
  box.form.requestSubmit();
}

// The box before and after what htmx swaps in belongs to the page, so all events are delegated.
document.addEventListener("htmx:after:swap", () => {
  const box = input();
  if (!box) return;
  const count = options(box).length;
  const open = count > 0 && document.activeElement === box && box.value.trim() !== "";
  show(box, open);
  box.form.querySelector("[data-suggest-count]").textContent = open ? (count === 1 ? "o sugestie" : `${count} sugestii`) : "";
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!box.matches?.("[data-suggest]") || list(box).hidden) return;
  const all = options(box);
  const at = all.findIndex((o) => o.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") select(box, all[at + 1] ?? null);
  else if (event.key === "ArrowUp") select(box, at < 0 ? all.at(-1) : (all[at - 1] ?? null));
  else if (event.key === "Enter" && at >= 0) choose(box, all[at]);
  else if (event.key === "Escape") show(box, false);
  else return;
  event.preventDefault();
});

// A press on an option would take the focus from the box and close the list before the click.
document.addEventListener("mousedown", (event) => event.target.closest?.(".suggest") && event.preventDefault());
document.addEventListener("click", (event) => {
  const option = event.target.closest?.(".suggest__option");
  if (option) choose(input(), option);
});
document.addEventListener("focusout", (event) => event.target.matches?.("[data-suggest]") && show(event.target, false));
if (input()) show(input(), false);
