// Lists the adverts that can be read without a network, the latest first.
const list = document.querySelector("[data-seen]");

for (const name of await caches.keys()) {
  if (!name.startsWith("piata-vazute-")) continue;
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/anunt/")) continue;
    const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = pathname;
    link.textContent = page.querySelector("h1")?.textContent ?? pathname;
    const line = document.createElement("li");
    line.append(link);
    list.prepend(line);
  }
}
list.closest("section").hidden = !list.children.length;
