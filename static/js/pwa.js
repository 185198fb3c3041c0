// Starts the service worker and tells it what it cannot see: which advert is being read, that the network is back, and
// that the person leaves.
import { say } from "./messages.js";

const { serviceWorker } = navigator;
const tell = async (what) => (await serviceWorker.ready).active.postMessage(what);

serviceWorker.register("/sw.js").catch(() => {}); // private windows refuse; the site does not need it
serviceWorker.addEventListener("message", ({ data: { trimis, isPublished } }) => {
  if (document.querySelector("[data-kept]")) location.assign(trimis);
  else say(isPublished ? "Anunțul păstrat pe acest telefon a fost publicat." : "Anunțul păstrat are ceva de corectat. Deschide „Adaugă anunț”.");
});

addEventListener("online", () => tell("trimite"));
addEventListener("offline", () => say("Nu mai ai internet. Anunțurile văzute de curând se pot citi în continuare."));
document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && tell("uita"));

tell("trimite");
if (/^\/anunt\/[^/]+-\d+\/$/.test(location.pathname) && !navigator.connection?.saveData) tell({ vazut: location.pathname });
