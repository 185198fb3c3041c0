// Thumbnails slide the strip instead of jumping the page, both follow what is in view, and a photo opens on the whole screen.
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const strip = gallery.querySelector(".gallery__strip");
  const slides = [...strip.children];
  const thumbs = [...gallery.querySelectorAll(".gallery__thumbs a")];
  const now = gallery.querySelector("[data-gallery-now]");

  const mark = (index) => {
    if (now) now.textContent = index + 1;
    thumbs.forEach((thumb, i) => (i === index ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
  };
  const seen = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => mark(slides.indexOf(entry.target))),
    { root: strip, threshold: 0.6 },
  );
  slides.forEach((slide) => seen.observe(slide));

  gallery.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const slide = slides.indexOf(event.target.closest?.(".gallery__slide"));
    const index = thumbs.indexOf(event.target.closest?.("a"));
    if (slide < 0 && index < 0) return;
    event.preventDefault();
    if (slide < 0) strip.scrollTo({ left: slides[index].offsetLeft - strip.offsetLeft });
    else (await import("./viewer.js")).open(slide);
  });
}
