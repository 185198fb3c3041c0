// What two people say to each other about an advert, for the pages that show it: text, a warning, offers, a meeting and a report.
async function post(page, path, fields) {
  const { url, ok } = await page.evaluate(async (path, fields) => {
    const { url, ok } = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
    return { url, ok };
  }, path, fields);
  if (!ok) throw new Error(`POST ${path}: not accepted, at ${url}`);
  return new URL(url).pathname;
}

// talk lets the buyer's page write about the seller's advert and returns the address of the conversation.
export async function talk(buyer, seller, listingID) {
  const path = await post(buyer, `/trimite-mesaj/${listingID}/`, { mesaj: "Bună! Mai e disponibilă? Pot veni s-o văd sâmbătă, pe la prânz." });
  const day = new Date(Date.now() + 48 * 3600e3).toISOString().slice(0, 10);
  await post(seller, path, { mesaj: "Da, este. E în centru, lângă piață." });
  await post(buyer, `${path}oferta/`, { suma: "900" });
  await post(seller, `${path}oferta/`, { suma: "1.100" });
  await post(buyer, `${path}raspuns/4/`, { raspuns: "accepta" });
  await post(buyer, `${path}intalnire/`, { loc: "La intrarea în Piața Mare", zi: day, ora: "12:30" });
  await post(seller, `${path}raspuns/5/`, { raspuns: "accepta" });
  await post(seller, `${path}intalnire/`, { loc: "La poarta parcului", zi: day, ora: "13:30" });
  await post(buyer, path, { mesaj: "Am plătit deja curierul, intră pe https://fancourier-ro.top/primeste și scrie datele cardului ca să primești banii." });
  await post(buyer, path, { mesaj: "Vezi și https://www.pegas.ro/biciclete/oras?utm_source=un-cuvânt-foarte-lung-fără-nicio-pauză-care-trebuie-rupt-undeva" });
  await post(seller, "/raportare/mesaj/7/", { motiv: "inselatorie", detalii: "Cere datele cardului." });
  return path;
}

// endTalk begins another conversation, in which the seller then blocks the buyer.
export async function endTalk(buyer, seller, listingID) {
  const path = await post(buyer, `/trimite-mesaj/${listingID}/`, { mesaj: "Ultimul preț?" });
  await post(seller, `${path}blocare/`, {});
  return path;
}
