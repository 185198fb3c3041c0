// The form beside the results. The filter sheet closes when it is sent; without scripts the new page does that.
document.addEventListener("submit", (event) => {
  const sheet = document.getElementById(event.target.dataset.sheet ?? "");
  if (sheet?.matches(":popover-open")) sheet.hidePopover();
});

// A swap changes what the server says of the fields, and a field that was touched does not listen: a tick or a county would stay
// after its chip was taken away. Only what is being typed stays. Lists of options stay folded or open as they were.
const form = () => document.querySelector("[data-sheet]");
const lists = () => form()?.querySelectorAll("details[id]") ?? [];
let folded = new Map();

document.addEventListener("htmx:before:swap", () => (folded = new Map([...lists()].map((list) => [list.id, list.open]))));

document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (!form() || detail?.ctx?.target?.id !== "results") return;
  const typing = document.activeElement?.form === form() && document.activeElement.matches("input:not([type=checkbox])") ? document.activeElement : null;
  const typed = typing?.value;
  form().reset();
  if (typing) typing.value = typed;
  for (const list of lists()) if (folded.has(list.id)) list.open = folded.get(list.id);
});
