// Short messages at the foot of the screen, read out by screen readers.
let timer;

export function say(text) {
  const box = document.getElementById("anunt-scurt");
  if (!box) return;
  box.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (box.textContent = ""), 7000);
}

document.addEventListener("htmx:response:error", (event) => {
  if ((event.detail?.ctx?.response?.status ?? 500) >= 500) say("Ceva n-a mers la noi. Încearcă din nou peste câteva clipe.");
});
document.addEventListener("htmx:error", () => say("N-am putut ajunge la server. Verifică conexiunea și încearcă din nou."));
