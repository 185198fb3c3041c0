// The service worker: what can be read and kept without a network. The server puts in front of it: version, the hash of all static files,
// and shell, the addresses of what a page needs to look like one.
//
// Pages come from the network whenever there is one. What is kept for later is fetched without cookies, so that it is
// what any visitor sees and nothing of a signed-in person is ever stored, except the advert that could not be sent.
const looks = `piata-${version}`;
const seen = `piata-vazute-${version}`;
const most = 30; // adverts, each with a photo
const posting = "/adauga-anunt/";
const anonymous = { credentials: "omit", headers: { Purpose: "prefetch" } };

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("sync", (event) => event.waitUntil(sendKept()));
self.addEventListener("message", (event) => {
  const { data } = event;
  if (data === "trimite") event.waitUntil(sendKept());
  else if (data === "uita") event.waitUntil(forget());
  else if (data?.vazut) event.waitUntil(remember(data.vazut));
});

async function install() {
  const cache = await caches.open(looks);
  await cache.addAll(shell.map((address) => new Request(address, anonymous)));
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== looks && name !== seen).map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST") {
    if (pathname === "/auth/clerk/logout/") event.waitUntil(forget());
    if (pathname === posting && request.mode === "navigate") event.respondWith(post(request));
  } else if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => read(pathname, "/fara-internet/")));
  } else if (shell.includes(pathname)) {
    event.respondWith(read(pathname).then((kept) => kept ?? fetch(request)));
  } else if (pathname.startsWith("/foto/")) {
    event.respondWith(fetch(request).catch(async () => (await read(small(pathname))) ?? Response.error()));
  }
});

// read finds the first of the addresses that is kept.
async function read(...addresses) {
  for (const address of addresses) {
    const kept = await caches.match(address, { ignoreVary: true });
    if (kept) return kept;
  }
}

const small = (photo) => photo.replace(/-\d+\.\w+$/, "-400.jpg");

// remember keeps an advert that is on the screen, with its first photo. One that is gone is forgotten.
async function remember(path) {
  const answer = await fetch(path, anonymous);
  const cache = await caches.open(seen);
  await cache.delete(path); // so that the latest stands last
  if (!answer.ok || answer.redirected) return;
  const photo = /\/foto\/[0-9a-f]+-\d+\.\w+/.exec(await answer.clone().text());
  await cache.put(path, answer);
  if (photo) await cache.add(new Request(small(photo[0]), anonymous)).catch(() => {});
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, -2 * most).map((request) => cache.delete(request)));
}

async function forget() {
  await caches.delete(seen);
  await drafts("readwrite", (store) => store.clear());
}

// post sends a new advert. When it does not get through, or the answer does not come back, it is kept and sent later: the
// form's key makes it appear once, however often it is sent.
async function post(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const entries = [...(await copy.formData())];
    await drafts("readwrite", (store) => store.put({ cheie: new Map(entries).get("cheie"), entries }));
    await self.registration.sync?.register("trimite").catch(() => {});
    return read("/fara-internet/ciorna/");
  }
}

// sendKept sends what is kept, one page at a time, once the person can be recognised.
function sendKept() {
  return navigator.locks.request("piata-ciorne", { ifAvailable: true }, async (lock) => {
    const kept = lock ? await drafts("readonly", (store) => store.getAll()) : [];
    if (!kept.length || !(await fetch(posting, { redirect: "manual" })).ok) return;
    for (const { cheie, entries } of kept) {
      const body = new FormData();
      for (const [name, value] of entries) body.append(name, value);
      const answer = await fetch(posting, { method: "POST", body });
      const isPublished = answer.redirected && new URL(answer.url).pathname.startsWith("/anunt/");
      if (!isPublished && ![409, 413, 422].includes(answer.status)) continue; // not now; the others have an error to correct
      await drafts("readwrite", (store) => store.delete(cheie));
      for (const page of await self.clients.matchAll()) page.postMessage({ trimis: isPublished ? answer.url : posting, isPublished });
    }
  }).catch(() => {}); // no network yet
}

function drafts(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("piata", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("ciorne", { keyPath: "cheie" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const work = db.transaction("ciorne", mode);
      const request = act(work.objectStore("ciorne"));
      work.oncomplete = () => resolve(request.result);
      work.onabort = () => reject(work.error);
      db.onversionchange = () => db.close();
    };
  });
}
