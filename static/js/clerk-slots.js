// Where Clerk's components go. A swap of htmx takes them away and brings new places: call settle as often as you like.
const mounted = new Map(); // place to what takes its component away

export async function settle(clerk, settings, signOut) {
  for (const [slot, unmount] of mounted) {
    if (slot.isConnected) continue;
    mounted.delete(slot);
    unmount?.();
  }
  for (const slot of document.querySelectorAll("[data-clerk-mount]")) {
    if (mounted.has(slot)) continue;
    mounted.set(slot, null); // asked again meanwhile, it is mounted once
    mounted.set(slot, await mount(clerk, settings, signOut, slot));
  }
}

async function mount(clerk, settings, signOut, slot) {
  const component = slot.dataset.clerkMount;
  const isProfile = component === "UserProfile";
  if (!isProfile && clerk.isSignedIn) return recognise(clerk, signOut, slot.dataset.returnTo);
  if (!settings.ui || (isProfile && !clerk.isSignedIn)) return null; // the link stays
  slot.replaceChildren();
  clerk[`mount${component}`](slot, { routing: "hash" });
  return () => clerk[`unmount${component}`](slot);
}

// Signed in at Clerk, but the server sent the form: a new token should do. Does it not, the session goes: better to sign
// in once more than to be sent in circles.
async function recognise(clerk, signOut, returnTo) {
  const last = Number(sessionStorage.getItem("piata-recunoscut"));
  if (Date.now() - last < 20000) return signOut(location.href);
  sessionStorage.setItem("piata-recunoscut", Date.now());
  await clerk.session.getToken({ skipCache: true });
  location.replace(returnTo);
}
