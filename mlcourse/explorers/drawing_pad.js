// The page's side of the drawing pad: a canvas of 28 by 28 cells and a soft pen.
const SIDE = 28;
const CELL = 12; // pixels of the canvas for a cell; the style sheet shows them at half the size
// The ink of a cell falls from 1 to 0 over 1.4 cells and ends 2.2 cells from the pen's path. A stroke then holds
// as much ink across as those of the data set, 3 cells' worth.
const REACH = 2.2;
const EDGE = 1.4;
const KEPT = 8; // strokes
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = "Arrow keys move the pen, space lowers or lifts it.";

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function render({ model, el }) {
  const canvas = element("canvas", "mlc-pad");
  canvas.width = canvas.height = SIDE * CELL;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "drawing pad");
  canvas.setAttribute("aria-label", `Draw a digit. ${KEYS}`);
  canvas.dataset.lmSuppressShortcuts = "true"; // its keys are not JupyterLab's
  const spoken = element("span", "mlc-pad-spoken");
  spoken.setAttribute("aria-live", "polite");
  const hint = element("div", "mlc-pad-hint", `Mouse or keys: ${KEYS[0].toLowerCase()}${KEYS.slice(1)}`);
  hint.setAttribute("aria-hidden", "true"); // the pad's own name says it
  el.classList.add("mlc-pad-box");
  el.append(element("div", "mlc-pad-label", "Draw a digit"), canvas, hint, spoken);

  let ink = Float32Array.from(model.get("ink"), (level) => level / 255);
  let sent = model.get("ink");
  // Strokes that the kernel has not heard of when it empties the pad are not lost to that.
  let strokes = model.get("strokes");
  const fresh = new Map(); // by number: the ink of a stroke
  // Between two cells: a stroke straight down is even on both sides.
  const pen = { x: SIDE / 2, y: SIDE / 2, down: false };
  let pointer = null; // where the mouse was last, while its button is down
  let byKey = false; // the pen is shown to those who use it
  let waiting = false;

  function paint() {
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#ffffff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    ink.forEach((level, i) => {
      if (!level) return;
      brush.fillStyle = `rgba(0, 0, 0, ${level})`;
      brush.fillRect((i % SIDE) * CELL, Math.floor(i / SIDE) * CELL, CELL, CELL);
    });
    if (document.activeElement !== canvas || !byKey) return;
    brush.beginPath();
    brush.arc(pen.x * CELL, pen.y * CELL, 0.9 * CELL, 0, 2 * Math.PI);
    brush.lineWidth = 4;
    brush.strokeStyle = "#d55e00";
    brush.stroke();
    brush.fillStyle = "#d55e00";
    if (pen.down) brush.fill();
  }

  // At most one message for each picture on the screen; the newest ink, whatever came between.
  function changed() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      paint();
      const levels = Array.from(ink, (level) => Math.round(255 * level));
      // A stroke over ink that is there changes no cell. The kernel hears of it all the same: it would come back.
      if (strokes === model.get("strokes") && levels.every((level, i) => level === sent[i])) return;
      sent = levels;
      model.set({ ink: levels, strokes });
      model.save_changes();
    });
  }

  function begin() {
    fresh.set(++strokes, new Float32Array(SIDE * SIDE));
    fresh.delete(strokes - KEPT);
  }

  function stroke(from, to) {
    const own = fresh.get(strokes);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy;
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        const [x, y] = [column + 0.5 - from.x, row + 0.5 - from.y];
        const along = length ? Math.min(1, Math.max(0, (x * dx + y * dy) / length)) : 0;
        const level = Math.min(1, Math.max(0, (REACH - Math.hypot(x - along * dx, y - along * dy)) / EDGE));
        const i = row * SIDE + column;
        ink[i] = Math.max(ink[i], level);
        own[i] = Math.max(own[i], level);
      }
    }
    changed();
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * SIDE,
      y: ((event.clientY - box.top) / box.height) * SIDE,
    };
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId); // a stroke may leave the pad and come back
    pen.down = byKey = false;
    pointer = place(event);
    begin();
    stroke(pointer, pointer);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!pointer) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) {
      const to = place(part);
      stroke(pointer, to);
      pointer = to;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      pointer = null;
      changed();
    });
  }

  canvas.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if ((!arrow && event.key !== " ") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    byKey = true;
    const from = { ...pen };
    if (arrow) {
      const inside = (at) => Math.min(SIDE - 1, Math.max(1, at));
      pen.x = inside(pen.x + arrow[0]);
      pen.y = inside(pen.y + arrow[1]);
    } else {
      pen.down = !pen.down;
      if (pen.down) begin();
    }
    if (pen.down) stroke(from, pen);
    else changed();
    spoken.textContent = `Pen ${pen.down ? "down" : "up"}, row ${pen.y}, column ${pen.x}`;
  });
  canvas.addEventListener("focus", () => {
    byKey = canvas.matches(":focus-visible");
    paint();
  });
  canvas.addEventListener("blur", () => {
    pen.down = false;
    paint();
  });

  function replaced() {
    const levels = model.get("ink");
    if (levels.every((level, i) => level === sent[i])) return; // our own words
    sent = levels;
    ink = Float32Array.from(levels, (level) => level / 255);
    for (const [number, own] of fresh) {
      if (number <= model.get("answered")) fresh.delete(number);
      else own.forEach((level, i) => (ink[i] = Math.max(ink[i], level)));
    }
    paint();
    changed();
  }
  model.on("change:ink", replaced);
  paint();
  return () => model.off("change:ink", replaced);
}

export default { render };
