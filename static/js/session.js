// A laptop that wakes up sends an expired token with the next click. So requests of htmx first wait for a fresh one, and
// one that is refused all the same is sent once more. When that does not help, htmx goes where the server says.
const patience = 5000; // Clerk retries for minutes

async function freshToken(clerk, options) {
  if (!clerk.session) return null;
  const tooLate = new Promise((resolve) => setTimeout(resolve, patience, null));
  return Promise.race([clerk.session.getToken(options), tooLate]).catch(() => null);
}

// What changes something is repeated only when the server can tell that it is the same.
function isRepeatable({ method, body }) {
  return method === "GET" || Boolean(body?.has?.("cheie"));
}

export function followSession(clerk) {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const send = ctx.fetch;
    ctx.fetch = async (address, request) => {
      await freshToken(clerk);
      const answer = await send(address, request);
      if (answer.status !== 401 || !answer.headers.has("X-Clerk-Auth-Reason") || !isRepeatable(request)) return answer;
      return (await freshToken(clerk, { skipCache: true })) ? send(address, request) : answer;
    };
  });
}
