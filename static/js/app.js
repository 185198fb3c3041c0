// Every page works without this. Each module adds one comfort, attached through data- attributes and delegated events,
// so that parts swapped in later have it too.
import "./times.js";
import "./guard.js";
import "./messages.js";
import "./more.js";
import "./share.js";
import "./transitions.js";

// What only some pages have is fetched only there. Without a network the page goes on without it.
const on = (selector, load) => document.querySelector(selector) && load().catch(() => {});
navigator.serviceWorker && addEventListener("load", () => import("./pwa.js"));
on("[data-suggest]", () => import("./suggest.js"));
on("[data-seen]", () => import("./offline.js"));
on("[data-assistant]", () => import("./assistant.js"));
on(".chat", () => import("./chat.js"));
on("[data-sheet]", () => import("./filters.js"));
on("[data-gallery]", () => import("./gallery.js"));
on("[data-count]", () => import("./counters.js"));
on("#categorie-sugestie", () => import("./category_hint.js"));
on("[data-photos]", () => import("./photos.js"));
on("form[data-draft]", () => import("./draft.js"));
on("[data-flux]", () => import("./live.js"));
