// After „Mai multe anunțuri” the button is gone: the focus goes on to the first card that came instead of it.
let before = null;

document.addEventListener("htmx:before:swap", (event) => {
  const button = event.detail?.ctx?.sourceElement;
  before = button?.matches?.("[data-more]") ? (button.closest("li")?.previousElementSibling ?? null) : null;
});

document.addEventListener("htmx:after:swap", () => {
  before?.nextElementSibling?.querySelector("a")?.focus({ preventScroll: true });
  before = null;
});
