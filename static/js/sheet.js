// The filter sheet closes when its form is sent; without scripts the new page does that.
document.addEventListener("submit", (event) => {
  const sheet = document.getElementById(event.target.dataset.sheet ?? "");
  if (sheet?.matches(":popover-open")) sheet.hidePopover();
});
