import { endTalk, talk } from "./talk.mjs";

// The people whose pages are looked at, each with a browser context of their own.
const advert = {
  titlu: "Bicicletă Pegas de oraș", descriere: "Cadru de oțel, frâne noi, folosită două veri la țară.", pret: "1.250",
  localitate: "Turda", atribut_tip: "Oraș", atribut_roata: "28", atribut_stare: "Bună",
};

async function submit(page, selector) {
  await Promise.all([page.waitForNavigation(), page.$eval(selector, (button) => button.click())]);
}

export async function signIn(page, origin, name) {
  await page.goto(`${origin}/auth/clerk/login/`);
  await page.type("#email", `${name.toLowerCase()}@example.com`);
  await page.type("#first_name", name);
  await submit(page, "main form button[type=submit]");
}

// publish posts an advert with the form and returns its address.
async function publish(page, origin, title) {
  await page.goto(`${origin}/adauga-anunt/?categorie=biciclete`);
  for (const [field, value] of Object.entries({ ...advert, titlu: title })) {
    const input = await page.$(`#anunt [name="${field}"]`);
    const tag = await input?.evaluate((e) => e.localName);
    if (tag === "select") await input.select(value);
    else await input?.evaluate((e, v) => (e.value = v), value);
  }
  await page.select("#judet", "CJ");
  await submit(page, ".form__end button[type=submit]");
  if (page.url().endsWith("/adauga-anunt/")) throw new Error(`not published: ${await page.$eval("#erori", (box) => box.innerText)}`);
  return new URL(page.url()).pathname;
}

async function change(page, origin, address, action) {
  await page.goto(origin + address);
  await submit(page, `form[action$="/${action}/"] button`);
}

export async function ask(page, question) {
  await page.type("[data-chat-main] textarea", question);
  await page.click("[data-chat-main] [type=submit]");
  await page.waitForSelector(".chat__turn:last-child .chat__tools");
}

// introduce returns the contexts by name, and the addresses that the list of pages needs.
export async function introduce(browser, origin) {
  const contexts = {};
  const tab = async (name) => {
    contexts[name] = await browser.createBrowserContext();
    return contexts[name].newPage();
  };
  const visitor = await tab("vizitator");
  await visitor.goto(`${origin}/anunturi/?categorie=autoturisme`);
  const withPhotos = await visitor.$eval(".card:has(.card__count) .card__title a", (a) => a.pathname);
  await visitor.goto(origin + withPhotos);
  const seller = await visitor.$eval(".seller__name a", (a) => a.pathname);
  await visitor.close();

  const nobody = await tab("nou"); // signed in, owns nothing
  await signIn(nobody, origin, "Radu");
  await nobody.close();

  const owner = await tab("ioana");
  await signIn(owner, origin, "Ioana");
  const mine = await publish(owner, origin, advert.titlu);
  const sold = await publish(owner, origin, "Bicicletă copii 20 țoli");
  const reserved = await publish(owner, origin, "Roți de bicicletă pe 28");
  await change(owner, origin, sold, "vandut");
  await change(owner, origin, reserved, "rezervat");
  await owner.goto(`${origin}/anunturi/`);
  await owner.click(".fav__btn");
  await owner.waitForSelector('.fav__btn[aria-pressed="true"]');

  const buyer = await tab("dan");
  await signIn(buyer, origin, "Dan");
  const number = (path) => path.match(/(\d+)\/$/)[1];
  const conversation = await talk(buyer, owner, number(mine));
  await buyer.goto(`${origin}/anunturi/?q=bicicleta&judet=CJ`);
  await submit(buyer, 'form[action="/profil/cautari/"] button');
  await buyer.close();

  const moderator = await tab("moderator"); // whom the seller blocks
  await signIn(moderator, origin, "Moderator");
  const ended = await endTalk(moderator, owner, number(reserved));
  await moderator.close();
  await owner.goto(`${origin}/chat/`);
  await ask(owner, "golf diesel");
  await owner.close();
  return { contexts, found: { withPhotos, seller, mine, sold, reserved, conversation, ended } };
}
