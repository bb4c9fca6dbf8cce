// What ipywidgets leaves out for people who do not use a mouse or do not see the picture. Runs once for each
// explorer on the page, as the load handler of an image of one transparent pixel inside the card (`this`).
const pixel = this;

function connect(root) {
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", root.querySelector(".mlc-title").textContent);
  let ratio = 0;
  // The kernel draws as many pixels as the screen has: it reads their ratio from a field that nobody sees. A
  // picture that is shown smaller than it was drawn looks better if it was drawn large.
  const fit = () => {
    const field = root.querySelector(".mlc-ratio input");
    const picture = root.querySelector("img.mlc-picture");
    if (!field || !picture || !picture.clientWidth) return;
    const wanted = picture.clientWidth < Number(picture.getAttribute("width")) ? 2 : devicePixelRatio;
    if (ratio === wanted) return;
    field.value = ratio = wanted;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  new ResizeObserver(fit).observe(root);
  const complete = () => {
    fit();
    // Arrow keys and Enter belong to the control that has the focus, not to JupyterLab's command mode. Its
    // shortcuts match the focused element itself, so an attribute on the card as a whole would come too late.
    for (const control of root.querySelectorAll("button, input, select, .noUi-handle")) {
      control.dataset.lmSuppressShortcuts = "true";
    }
    const summary = root.querySelector(".mlc-summary .widget-html-content");
    const picture = root.querySelector("img.mlc-picture");
    if (summary) {
      // This element stays while its text changes: that is what screen readers announce.
      summary.setAttribute("role", "status");
      summary.setAttribute("aria-live", "polite");
    }
    if (summary && picture) picture.alt = summary.textContent;
    for (const control of root.querySelectorAll(".mlc-controls > .widget-hslider")) {
      const label = control.querySelector(".widget-label");
      const readout = control.querySelector(".widget-readout");
      const handle = control.querySelector(".noUi-handle");
      if (!label || !label.firstChild || !readout || !handle) continue;
      const value = label.querySelector("b");
      const name = label.firstChild.textContent.trim();
      handle.setAttribute("aria-label", name);
      handle.setAttribute("aria-valuetext", (value || readout).textContent);
      if (readout.isContentEditable) {
        readout.setAttribute("role", "textbox");
        readout.setAttribute("aria-label", name + ", value");
      }
    }
  };
  complete();
  new MutationObserver(complete).observe(root, { childList: true, subtree: true, characterData: true });
}

// The views of a card's parts are made one after the other: wait until this one stands in its card.
function wait(tries) {
  const root = pixel.closest(".mlc-explorer");
  if (root) connect(root);
  else if (tries) setTimeout(wait, 20, tries - 1);
}
wait(500);
