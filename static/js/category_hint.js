// Takes the category that the title suggests, as if it had been chosen.
document.addEventListener("click", (event) => {
  const hint = event.target.closest?.("[data-category]");
  if (!hint) return;
  const field = document.getElementById("categorie");
  field.value = hint.dataset.category;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
  hint.remove();
});
