// The share button appears only where it can do something.
import { say } from "./messages.js";

const canShare = Boolean(navigator.share || navigator.clipboard);
for (const button of document.querySelectorAll("[data-share]")) button.hidden = !canShare;

document.addEventListener("click", async (event) => {
  if (!event.target.closest?.("[data-share]")) return;
  const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url });
    } else {
      await navigator.clipboard.writeText(url);
      say("Am copiat adresa anunțului.");
    }
  } catch (error) {
    if (error.name !== "AbortError") say("N-am putut trimite adresa. O poți copia din bara browserului.");
  }
});
