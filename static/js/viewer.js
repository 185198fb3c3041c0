// The photos on the whole screen: arrows, swipes and keys go from one to the next, a press or „+” enlarges the one in view.
const dialog = document.querySelector("[data-viewer]");
const strip = dialog.querySelector(".viewer__strip");
const zoomButton = dialog.querySelector("[data-zoom]");
const links = [...document.querySelectorAll(".gallery__slide a")];
let now = 0;

strip.append(...links.map((link) => {
  const slide = document.createElement("li");
  const image = Object.assign(new Image(), { src: link.href, alt: link.querySelector("img").alt, loading: "lazy", decoding: "async" });
  slide.append(image);
  return slide;
}));
const slides = [...strip.children];

function mark(index) {
  if (index !== now) zoom(slides[now], false);
  now = index;
  dialog.querySelector("[data-viewer-count]").textContent = `${now + 1} / ${slides.length}`;
  for (const [name, end] of [["previous", 0], ["next", slides.length - 1]]) dialog.querySelector(`[data-${name}]`)?.toggleAttribute("disabled", now === end);
}

function go(index, behavior) {
  const slide = slides[Math.max(0, Math.min(slides.length - 1, index))];
  strip.scrollTo({ left: slide.offsetLeft, behavior });
  mark(slides.indexOf(slide));
}

// zoom keeps the pressed point, given as parts of the picture, in view.
function zoom(slide, isOn, x = 0.5, y = 0.5) {
  slide.toggleAttribute("data-zoomed", isOn);
  zoomButton.setAttribute("aria-pressed", slides[now].hasAttribute("data-zoomed"));
  if (isOn) slide.scrollTo({ left: slide.scrollWidth * x - slide.clientWidth / 2, top: slide.scrollHeight * y - slide.clientHeight / 2, behavior: "instant" });
}

const toggle = (x, y) => zoom(slides[now], !slides[now].hasAttribute("data-zoomed"), x, y);
const keys = {
  ArrowLeft: () => slides[now].hasAttribute("data-zoomed") || go(now - 1),
  ArrowRight: () => slides[now].hasAttribute("data-zoomed") || go(now + 1),
  Home: () => go(0),
  End: () => go(slides.length - 1),
  "+": () => zoom(slides[now], true),
  "-": () => zoom(slides[now], false),
};

dialog.addEventListener("keydown", (event) => {
  const act = keys[event.key];
  if (act?.() !== true && act) event.preventDefault();
});
dialog.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("[data-previous]")) go(now - 1);
  else if (target.closest("[data-next]")) go(now + 1);
  else if (target.closest("[data-zoom]")) toggle();
  else if (target.closest("[data-close]") || target.matches("li")) dialog.close();
  else if (target.matches("img")) toggle(event.offsetX / target.width, event.offsetY / target.height);
});
// What was looked at last is what the page shows then.
dialog.addEventListener("close", () => {
  zoom(slides[now], false);
  links[now].closest("ul").scrollTo({ left: links[now].closest("li").offsetLeft, behavior: "instant" });
});
const seen = (entries) => entries.forEach((entry) => entry.isIntersecting && dialog.open && mark(slides.indexOf(entry.target)));
const observer = new IntersectionObserver(seen, { root: strip, threshold: 0.6 });
slides.forEach((slide) => observer.observe(slide));

export function open(index) {
  dialog.showModal();
  go(index, "instant");
}
