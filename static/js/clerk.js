// Clerk in the browser, loaded on the sign-in pages and for people who are signed in: mounts its components, keeps the
// session's token fresh, signs out. Without it every page works: links lead to Clerk's own pages, forms to the server.
import { settle } from "./clerk-slots.js";
import { followSession } from "./session.js";

const settings = document.querySelector("script[data-clerk]").dataset;
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
    const target = document.querySelector("[data-clerk-mount]")?.dataset.returnTo ?? settings.homeUrl;
    options.ui = { ClerkUI: window.__internal_ClerkUICtor };
    options.signInFallbackRedirectUrl = options.signUpFallbackRedirectUrl = target;
    if (settings.nonce) options.nonce = settings.nonce;
    Object.assign(options, await import("./clerk-ro.js"));
  }
  await clerk.load(options);
  return clerk;
}

// Signed out in another tab, or by Clerk: what is on the screen is not for those who look now.
function watch(clerk, signOut) {
  let wasSignedIn = Boolean(clerk.session);
  clerk.addListener(({ session }) => {
    if (session === null && wasSignedIn && settings.signedIn && !isLeaving) location.reload();
    wasSignedIn ||= Boolean(session);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-sign-out]") || !clerk.session) return;
    event.preventDefault();
    signOut(settings.homeUrl).catch(() => form.submit());
  });
}

try {
  const clerk = await start();
  const signOut = (redirectUrl) => {
    isLeaving = true;
    return clerk.signOut({ redirectUrl });
  };
  const place = () => settle(clerk, settings, signOut);
  followSession(clerk);
  watch(clerk, signOut);
  document.addEventListener("htmx:after:swap", place);
  await place();
} catch (error) {
  console.warn(error); // the links and forms of the page stay
}
