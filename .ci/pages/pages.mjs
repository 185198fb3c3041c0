// Every page of the site: who looks at it and what they do there before it is checked.
import { ask } from "./people.mjs";

const press = (selector) => (page) => Promise.all([page.waitForNavigation(), page.$eval(selector, (button) => button.click())]);
const send = press("main form [type=submit]:not([hidden])");
// unscripted sends a form as without scripts: htmx does not hear of it.
const unscripted = (selector) => (page) => Promise.all([page.waitForNavigation(), page.$eval(selector, (form) => form.submit())]);

export function pages({ withPhotos, seller, mine, sold, reserved, conversation, ended }) {
  const id = mine.match(/(\d+)\/$/)[1];
  return [
    { as: "vizitator", path: "/" },
    { as: "vizitator", path: "/anunturi/" },
    { as: "vizitator", path: "/anunturi/?aspect=lista" },
    { as: "vizitator", path: "/anunturi/?q=golf+diesel&judet=CJ&pret_max=9000&moneda=EUR" },
    { as: "vizitator", path: "/anunturi/?q=zzzqqq", name: "nothing found" },
    { as: "vizitator", path: "/anunturi/?pret_min=abc", name: "filter not understood" },
    { as: "vizitator", path: "/anunturi/?categorie=autoturisme", name: "filter sheet", widths: [360], act: (page) => page.click(".results__filters") },
    { as: "vizitator", path: "/categorii/" },
    { as: "vizitator", path: "/stil/", widths: [1280] },
    { as: "vizitator", path: "/categorii/autoturisme/" },
    { as: "vizitator", path: withPhotos },
    { as: "vizitator", path: mine },
    { as: "vizitator", path: sold },
    { as: "vizitator", path: reserved },
    { as: "vizitator", path: seller },
    { as: "vizitator", path: "/auth/clerk/login/" },
    { as: "vizitator", path: "/auth/clerk/signup/" },
    { as: "vizitator", path: "/verifica-link/" },
    { as: "vizitator", path: "/chat/" },
    { as: "nou", path: "/chat/?nou=1", name: "assistant answering", grows: true, act: (page) => ask(page, "cum plătesc prin curier?") },
    { as: "ioana", path: "/chat/", name: "assistant's answers" },
    { as: "ioana", path: "/anunturi/", name: "assistant beside", widths: [1280], act: async (page) => {
      await page.click("[data-assistant]");
      await page.waitForSelector(".side[open] .chat__turn");
    } },
    { as: "vizitator", path: "/verifica-link/?link=https://fancourier-ro.top/primeste" },
    { as: "vizitator", path: "/verifica-link/?link=fancourier.ro" },
    { as: "vizitator", path: "/iesire/?catre=https://exemplu.ro/pagina" },
    { as: "vizitator", path: "/fara-internet/" },
    { as: "vizitator", path: "/ajutor/" },
    { as: "vizitator", path: "/despre-noi/" },
    { as: "vizitator", path: "/contact/" },
    { as: "vizitator", path: "/contact/", name: "contact with errors", status: 422, act: press(".prose form [type=submit]") },
    { as: "vizitator", path: "/fara-internet/" },
    { as: "vizitator", path: "/fara-internet/ciorna/" },
    { as: "vizitator", path: "/termeni-si-conditii/" },
    { as: "vizitator", path: "/politica-confidentialitate/" },
    { as: "vizitator", path: "/anunt/dacia-logan-alb/", status: 404 },
    { as: "nou", path: "/favorite/", name: "no favourites" },
    { as: "nou", path: "/mesaje/", name: "no messages" },
    { as: "nou", path: "/profil/" },
    { as: "nou", path: "/profil/anunturi/", name: "no adverts" },
    { as: "nou", path: "/profil/editare/" },
    { as: "nou", path: "/profil/editare/", name: "profile with errors", status: 422, act: async (page) => {
      await page.$eval("#nume", (field) => (field.value = ""));
      await page.$eval("#telefon", (field) => (field.value = "abc"));
      await send(page);
    } },
    { as: "nou", path: "/profil/stergere/" },
    { as: "nou", path: "/auth/clerk/logout/" },
    { as: "nou", path: "/adauga-anunt/" },
    { as: "nou", path: "/adauga-anunt/?categorie=autoturisme", name: "advert with errors", status: 422, act: press(".form__end [type=submit]") },
    { as: "ioana", path: "/" },
    { as: "ioana", path: "/favorite/" },
    { as: "ioana", path: "/profil/anunturi/" },
    { as: "ioana", path: mine, name: "own advert" },
    { as: "ioana", path: `/anunt/${id}/editare/` },
    { as: "ioana", path: "/mesaje/" },
    { as: "ioana", path: conversation, name: "conversation of the seller" },
    { as: "ioana", path: conversation, name: "offer", act: (page) => page.click("#oferta summary") },
    { as: "ioana", path: ended, name: "blocked by oneself" },
    { as: "ioana", path: "/profil/raportari/" },
    { as: "dan", path: "/mesaje/" },
    { as: "dan", path: "/mesaje/?arhiva=da", name: "nothing archived" },
    { as: "dan", path: conversation, name: "conversation of the buyer" },
    { as: "dan", path: conversation, name: "meeting not understood", status: 422, act: unscripted("#intalnire form") },
    { as: "moderator", path: ended, name: "blocked" },
    { as: "dan", path: withPhotos, name: "advert with a box for messages" },
    { as: "dan", path: `/trimite-mesaj/${withPhotos.match(/(\d+)\/$/)[1]}/` },
    { as: "dan", path: `/raportare/${id}/` },
    { as: "dan", path: `/raportare/${id}/`, name: "report without a reason", status: 422, act: send },
    { as: "dan", path: "/profil/cautari/" },
    { as: "dan", path: "/profil/cautari/1/", name: "saved search" },
    { as: "moderator", path: "/moderare/" },
  ];
}
