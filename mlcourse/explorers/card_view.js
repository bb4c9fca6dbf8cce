function element(tag, className, attributes = {}) {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// The parts of one view, and what the card around them lacks.
function draw(model, el, tellSight) {
  const width = model.get("width");
  const picture = element("img", "mlc-picture", { width, height: model.get("height") });
  // A picture of fewer pixels has sides that are rounded differently, and must not move the page.
  picture.style.aspectRatio = `${width} / ${model.get("height")}`;
  const summary = element("p", "mlc-summary", { role: "status", "aria-live": "polite" });
  const note = element("p", "mlc-alone", { role: "note" });
  note.hidden = true;
  el.classList.add("mlc-page");
  el.append(picture, summary, note);
  let card = null;
  let ratio = 0;
  let visible = false;

  // The kernel draws as many pixels as the screen has. A picture that is shown smaller than it was drawn looks
  // better if it was drawn large.
  function measure() {
    if (!picture.clientWidth) return;
    // What scrolls in itself must be within reach of the keyboard, and its arrow keys not JupyterLab's.
    const scrolls = el.scrollWidth > el.clientWidth + 1;
    for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": "Picture" })) {
      if (scrolls) el.setAttribute(name, value);
      else el.removeAttribute(name);
    }
    el.dataset.lmSuppressShortcuts = "true";
    const now = picture.clientWidth < width ? 2 : devicePixelRatio;
    if (ratio === now) return;
    ratio = now;
    tellSight();
  }

  function connect() {
    measure();
    if (card) return;
    card = el.closest(".mlc-explorer");
    if (!card) return;
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", card.querySelector(".mlc-title").textContent);
    complete(card);
    labels.observe(card, { childList: true, subtree: true, characterData: true });
  }
  const labels = new MutationObserver(() => complete(card));
  const size = new ResizeObserver(connect); // also called when the card comes into the page
  size.observe(el);
  const looking = new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
    ratio ||= devicePixelRatio;
    tellSight();
  });
  looking.observe(picture);
  addEventListener("resize", measure); // as when the page is zoomed

  return {
    sight: () => ({ visible, ratio }),
    picture(frame) {
      const behind = `url("${frame.still.url}")`;
      // What moves comes when it has been read: what stands still must not come before it.
      picture.onload = () => {
        if (picture.style.backgroundImage !== behind) picture.style.backgroundImage = behind;
      };
      picture.src = frame.url;
      picture.alt = frame.words;
      picture.classList.remove("mlc-other");
    },
    words(frame, alone) {
      if (summary.textContent !== frame.words) summary.textContent = frame.words;
      note.hidden = !alone;
      if (alone && !note.textContent) {
        const cell = model.get("cell");
        note.textContent =
          "The kernel that drew this card is gone. What it had drawn ahead can still be seen. To go on, run the "
          + "first code cell of the notebook, then the one above this card" + (cell ? `: ${cell}` : ".");
      }
    },
    missing() {
      picture.classList.add("mlc-other");
      summary.textContent = "This place was not drawn before the kernel went. The picture shows another one.";
    },
    close() {
      for (const observer of [labels, size, looking]) observer.disconnect();
      removeEventListener("resize", measure);
    },
  };
}

function complete(card) {
  // Arrow keys and Enter belong to the control that has the focus, not to JupyterLab's command mode. Its
  // shortcuts match the focused element itself, so an attribute on the card as a whole would come too late.
  for (const control of card.querySelectorAll("button, input, select, .noUi-handle")) {
    control.dataset.lmSuppressShortcuts = "true";
  }
  card.querySelector(".mlc-question-words .widget-html-content")?.setAttribute("aria-live", "polite");
  for (const control of card.querySelectorAll(".mlc-controls > .widget-hslider")) {
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
}
