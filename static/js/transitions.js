// Carries a listing's photo from the list to its page and back, where the browser can. The listing's page names its
// first photo in the stylesheet; here the card that was pressed gets the same name for the moment of the change.
const name = "foto";

function photoOf(url) {
  if (!url) return null;
  const { pathname } = new URL(url);
  if (!pathname.startsWith("/anunt/")) return null;
  const link = document.querySelector(`.card__title a[href="${CSS.escape(pathname)}"]`);
  return link?.closest(".card__box").querySelector(".card__photo img");
}

async function lend(photo, transition) {
  transition?.ready.catch(() => {}); // skipped, as when the other page was not ready: nobody needs to hear of it
  transition?.finished.catch(() => {});
  transition?.updateCallbackDone.catch(() => {});
  if (!photo || !transition) return;
  const current = document.querySelector(".gallery__slide img");
  if (current) current.style.viewTransitionName = "none"; // one page, one bearer of the name
  photo.style.viewTransitionName = name;
  await transition.finished.catch(() => {});
  photo.style.viewTransitionName = "";
  if (current) current.style.viewTransitionName = "";
}

addEventListener("pageswap", (event) => lend(photoOf(event.activation?.entry.url), event.viewTransition));
addEventListener("pagereveal", (event) => lend(photoOf(window.navigation?.activation?.from?.url), event.viewTransition));
