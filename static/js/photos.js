// Shows chosen photos before they are sent, gathers several choices, takes dropped and pasted pictures. The file input
// stays the one source of what is sent.
const maxBytes = 15 * 1024 * 1024;

for (const zone of document.querySelectorAll("[data-photos]")) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-photos-list]");
  const limit = Number(zone.dataset.max) || 12;
  const form = input.form;
  let files = [];
  let urls = [];

  const stored = () => form.querySelectorAll("[name=foto]").length - form.querySelectorAll("[name=sterge_foto]:checked").length;
  const same = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

  function keep(next) {
    const room = Math.max(0, limit - stored());
    files = next.slice(0, room);
    const bag = new DataTransfer();
    files.forEach((file) => bag.items.add(file));
    input.files = bag.files;
    show(next.length > room ? `Încap doar ${limit} fotografii; le-am păstrat pe primele.` : "");
  }

  function show(problem) {
    urls.forEach(URL.revokeObjectURL);
    urls = files.map((file) => URL.createObjectURL(file));
    list.replaceChildren(...files.map(item));
    if (problem) {
      const line = document.createElement("li");
      line.className = "drop__item";
      line.dataset.bad = "";
      line.textContent = problem;
      list.append(line);
    }
  }

  function item(file, index) {
    const line = document.createElement("li");
    line.className = "drop__item";
    const image = new Image();
    image.src = urls[index];
    image.alt = "";
    const label = document.createElement("span");
    const tooBig = file.size > maxBytes;
    label.textContent = tooBig ? "Peste 15 MB" : file.name;
    line.toggleAttribute("data-bad", tooBig);
    const drop = document.createElement("button");
    drop.type = "button";
    drop.textContent = "×";
    drop.setAttribute("aria-label", `Renunță la ${file.name}`);
    drop.addEventListener("click", () => {
      keep(files.filter((other) => other !== file));
      input.focus();
    });
    line.append(image, label, drop);
    return line;
  }

  const add = (more) => keep([...files, ...more.filter((file) => !files.some((old) => same(old, file)))]);
  const pictures = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));

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
}
