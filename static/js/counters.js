// Says how much room is left in a text field, once it matters.
function update(field) {
  const help = document.getElementById(`${field.id}-ajutor`);
  if (!help || field.maxLength < 0) return;
  let counter = help.querySelector(".field__counter");
  if (!counter) {
    counter = document.createElement("span");
    counter.className = "field__counter";
    help.append(" ", counter);
  }
  const used = field.value.length;
  counter.textContent = used ? `${used.toLocaleString("ro")}/${field.maxLength.toLocaleString("ro")}` : "";
  counter.toggleAttribute("data-near", used > field.maxLength * 0.95);
}

document.querySelectorAll("[data-count]").forEach(update);
document.addEventListener("input", (event) => event.target.matches?.("[data-count]") && update(event.target));
