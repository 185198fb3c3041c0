// Photos come into the form by choosing, dropping and pasting.
import { say } from "./messages.js";
import { add, busy } from "./photo_queue.js";

const zone = document.querySelector("[data-photos]");
const input = zone.querySelector("input");
const pictures = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
add([...input.files]); // chosen before this script came
input.addEventListener("change", () => add([...input.files]));
for (const type of ["dragenter", "dragover"]) {
  zone.addEventListener(type, (event) => {
    event.preventDefault();
    zone.dataset.over = "";
  });
}
for (const type of ["dragleave", "drop"]) zone.addEventListener(type, () => delete zone.dataset.over);
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  add(pictures(event.dataTransfer));
});
document.addEventListener("paste", (event) => {
  const pasted = pictures(event.clipboardData);
  if (pasted.length) add(pasted);
});

// The form waits for what is under way.
input.form.addEventListener("submit", (event) => {
  const sending = busy();
  if (!sending) return;
  event.preventDefault();
  say("Mai așteptăm fotografiile…");
  sending.then(() => input.form.requestSubmit(event.submitter));
});
