// Buttons that copy the text of an element: <button data-copy="its id" hidden>.
export function reveal() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
  button.lastChild.textContent = "Copiat";
});
