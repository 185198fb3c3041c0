// Clerk in the browser, loaded on the sign-in pages and for people who are signed in: mounts its components, keeps the
// session's token fresh, signs out. Without it every page works: links lead to Clerk's own pages, forms to the server.
import { followSession } from "./session.js";

const settings = document.querySelector("script[data-clerk]").dataset;
const slot = document.querySelector("[data-clerk-mount]");
const patience = 10000; // a blocked script does not come at all
let isLeaving = false;

async function arrived() {
  const until = Date.now() + patience;
  while (!window.Clerk || (settings.ui && !window.__internal_ClerkUICtor)) {
    if (Date.now() > until) throw new Error("Clerk's scripts did not arrive");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return window.Clerk;
}

async function start() {
  const clerk = await arrived();
  const options = {
    signInUrl: settings.signInUrl,
    signUpUrl: settings.signUpUrl,
    afterSignOutUrl: settings.homeUrl,
    telemetry: false,
  };
  if (settings.ui) {
    options.ui = { ClerkUI: window.__internal_ClerkUICtor };
    options.localization = (await import("../vendor/clerk-ro-RO-4.18.0.js")).roRO;
    options.signInFallbackRedirectUrl = options.signUpFallbackRedirectUrl = slot.dataset.returnTo;
    if (settings.nonce) options.nonce = settings.nonce;
  }
  await clerk.load(options);
  return clerk;
}

function mount(clerk) {
  const component = slot.dataset.clerkMount;
  const isProfile = component === "UserProfile";
  if (!isProfile && clerk.isSignedIn) return recognise(clerk);
  if (isProfile && !clerk.isSignedIn) return;
  slot.replaceChildren();
  clerk[`mount${component}`](slot, { routing: "hash" });
}

// Signed in at Clerk, but the server sent the form: a new token should do. Does it not, the session goes: better to sign
// in once more than to be sent in circles.
async function recognise(clerk) {
  const last = Number(sessionStorage.getItem("piata-recunoscut"));
  if (Date.now() - last < 20000) return signOut(clerk, location.href);
  sessionStorage.setItem("piata-recunoscut", Date.now());
  await clerk.session.getToken({ skipCache: true });
  location.replace(slot.dataset.returnTo);
}

function signOut(clerk, redirectUrl) {
  isLeaving = true;
  return clerk.signOut({ redirectUrl });
}

// Signed out in another tab, or by Clerk: what is on the screen is not for those who look now.
function watch(clerk) {
  let wasSignedIn = Boolean(clerk.session);
  clerk.addListener(({ session }) => {
    if (session === null && wasSignedIn && settings.signedIn && !isLeaving) location.reload();
    wasSignedIn ||= Boolean(session);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-sign-out]") || !clerk.session) return;
    event.preventDefault();
    signOut(clerk, settings.homeUrl).catch(() => form.submit());
  });
}

try {
  const clerk = await start();
  followSession(clerk);
  watch(clerk);
  if (slot) await mount(clerk);
} catch (error) {
  console.warn(error); // the links and forms of the page stay
}
