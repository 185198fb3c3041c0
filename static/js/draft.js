// Keeps what is typed in a new listing on the server a moment after typing stops. Photos go with the form itself.
const wait = 1500;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const note = document.querySelector("[data-draft-note]");
  let timer;
  let sending = null;

  async function save() {
    sending?.abort();
    sending = new AbortController();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, signal: sending.signal });
      if (answer.ok && note) {
        const time = new Date().toLocaleTimeString("ro", { hour: "2-digit", minute: "2-digit" });
        note.textContent = `Ciorna ta, salvată la ${time}.`;
      }
    } catch {
      // Without a network the draft waits for the next change; the form itself is not lost.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sending?.abort();
  });
}
