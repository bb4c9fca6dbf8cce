// The page's side of an explorer's card: picture, sentence, and what ipywidgets leaves out for people who do not
// use a mouse or do not see the picture. Pictures that the kernel has sent ahead are shown the moment a control
// moves to their place, whatever the network; the kernel is told by the control itself, as without them.
// `card_view.js` follows in the same module.

const HELD = 5000; // milliseconds after which controls are followed although the kernel has not said where it went
const WANT = 1500; // milliseconds without the picture of the present place, after which the page asks for it
const SAVED = 48_000; // bytes of pictures ahead that are saved with a notebook
const SCALE = 1000; // places are counted in thousandths of a notch, so that they are whole numbers

// Where a control stands, from 0 at its lower end in steps of 1.
function place(control) {
  const get = (name) => control.get(name);
  if (get("index") !== undefined) return get("index");
  const value = get("value");
  if (typeof value === "boolean") return Number(value);
  const at = get("base") ? Math.log(value) / Math.log(get("base")) : value;
  return (at - get("min")) / get("step");
}

const address = (bytes) => URL.createObjectURL(new Blob([bytes], { type: "image/png" }));

// One for each explorer on a page, however often it is shown there.
export default () => {
  const frames = new Map(); // by key: picture, sentence and labels of a state
  const stills = new Map(); // by name: what stands still in pictures, which are laid over it
  const visited = new Map(); // by key: when the controls were there last
  const views = new Set();
  let model, controls, variant, places, timer, saving, holding;
  let visits = 0;
  let shown = { key: "", visit: 0 };
  let held = false; // the kernel is moving several controls: what is between is not a state
  let own = false; // the model is being written to from here
  let asked = 0;
  let alone = false;

  const key = () => `${variant}|${places.join(",")}`;
  const goTo = (text) => {
    variant = text.slice(0, text.indexOf("|"));
    places = text.slice(variant.length + 1).split(",").map(Number);
  };

  function keep(frame, bytes) {
    const still = stills.get(frame.still);
    if (!still) return; // the message that brought it was lost: the page will ask for the picture
    const before = frames.get(frame.key);
    if (before) URL.revokeObjectURL(before.url);
    const kept = { ...frame, still, bytes, url: address(bytes) };
    frames.set(frame.key, kept);
    if (before && before === shown.frame) shown.frame = kept; // for views to come
  }

  function keepStill(name, bytes) {
    if (stills.has(name)) return;
    const still = { name, bytes, url: address(bytes), image: new Image() };
    still.image.src = still.url; // read beforehand, and kept
    stills.set(name, still);
  }

  function show(wanted, visit = ++visits) {
    clearTimeout(timer);
    asked = 0;
    const frame = frames.get(wanted);
    shown = { key: wanted, visit, frame };
    for (const view of views) view.picture(frame);
    // Words and labels after the picture has been painted: they cost the page as much as the picture does.
    requestAnimationFrame(() => setTimeout(tell));
  }

  function tell() {
    const { frame } = shown;
    for (const view of views) view.words(frame, alone);
    // Of its own accord the kernel's labels come later, and may be older.
    if (shown.key === key()) controls?.forEach((control, i) => label(control, frame.captions[i]));
    else if (alone) missing(); // a control has moved on before these words came
    write({ ...asTraits(frame), stills: { ...model.get("stills"), ...bytesOf([frame]) } });
    clearTimeout(saving);
    saving = setTimeout(save, 1000);
  }

  function write(state) {
    own = true;
    model.set(state);
    own = false;
  }

  const asTraits = ({ key, still, bytes, words, captions }) =>
    ({ key, still: still.name, picture: bytes, words, captions });
  const bytesOf = (shown) => Object.fromEntries(shown.map(({ still }) => [still.name, still.bytes]));

  // Of the pictures ahead, the nearest are saved with the notebook too.
  function save() {
    const others = nearest();
    write({ kept: others.map(asTraits), stills: bytesOf([shown.frame, ...others]) });
  }

  function nearest() {
    const distance = ({ key }) =>
      key.slice(variant.length + 1).split(",").reduce((sum, at, i) => sum + Math.abs(at - places[i]), 0);
    const others = [...frames.values()].filter((frame) => frame.key !== shown.key);
    others.sort((a, b) => distance(a) - distance(b));
    let room = SAVED;
    return others.filter(({ bytes }) => (room -= bytes.byteLength) > 0);
  }

  function label(control, caption) {
    if (control.get("description") !== caption) control.set("description", caption);
  }

  // A control is somewhere else: show what is there, or wait for it.
  function moved() {
    const now = key();
    visited.set(now, ++visits);
    if (frames.has(now)) return show(now, visits);
    clearTimeout(timer);
    if (!alone) timer = setTimeout(want, WANT);
    else missing();
  }

  function missing() {
    for (const view of views) view.missing();
    controls.forEach((control, i) => label(control, shown.frame.captions[i].replace(/<b>.*<.b>/, "<b>not drawn</b>")));
  }

  // A message may have been lost, or another page on the same kernel has moved its own controls.
  function want() {
    if (alone || frames.has(key()) || ++asked > 3) return;
    model.send({ kind: "want", key: key(), values: controls.map((control) => value(control)) });
    timer = setTimeout(want, WANT * 2 ** asked);
  }

  const value = (control) => (control.get("index") === undefined ? control.get("value") : control.get("index"));

  function follow(i) {
    const at = SCALE * place(controls[i]);
    // A slider between two notches reports the nearest as its value, though nobody has moved it.
    if (Math.abs(at - places[i]) < SCALE * 0.4999) return false;
    places[i] = Math.round(at);
    return true;
  }

  const followAll = () => controls?.map((_, i) => follow(i)).some(Boolean);

  function release() {
    held = false;
    if (followAll()) moved();
  }

  // In sight where it is in one view, as sharp as the one that needs most.
  function tellSight() {
    const told = [...views].map((view) => view.sight()).filter(({ ratio }) => ratio);
    if (alone || !told.length) return;
    const visible = told.some((sight) => sight.visible);
    model.send({ kind: "sight", visible, ratio: Math.max(...told.map(({ ratio }) => ratio)) });
  }

  function received(message, buffers) {
    if (message.kind === "hold") {
      held = true;
      clearTimeout(holding);
      holding = setTimeout(release, HELD); // its cell has failed, or its word was lost
    }
    if (message.kind === "forget") frames.clear();
    if (message.kind === "frames") {
      for (const gone of message.drop) {
        if (gone === shown.key || !frames.has(gone)) continue;
        URL.revokeObjectURL(frames.get(gone).url);
        frames.delete(gone);
      }
      message.stills.forEach((name, i) => keepStill(name, buffers[message.frames.length + i]));
      message.frames.forEach((frame, i) => keep(frame, buffers[i]));
      if (message.ahead) model.send({ kind: "have" });
      for (const frame of message.frames) {
        if (!frames.has(frame.key)) continue;
        if (frame.key === key() && (!message.ahead || shown.key !== frame.key)) show(frame.key);
        else if (!message.ahead && visited.get(frame.key) > shown.visit) show(frame.key, visited.get(frame.key));
      }
    }
    if (message.kind === "now") {
      clearTimeout(holding);
      held = false;
      // Goes with the next report of each; nothing on the page changes.
      controls?.forEach((control) => control.set("seen", message.number, { silent: true }));
      goTo(message.key);
      if (frames.has(message.key)) show(message.key);
      else moved();
      if (followAll()) moved(); // a control was moved here meanwhile
    }
  }

  function fromModel() {
    if (own) return;
    const [now, still, words, captions] = ["key", "still", "words", "captions"].map((name) => model.get(name));
    for (const [name, bytes] of Object.entries(model.get("stills"))) keepStill(name, bytes);
    goTo(now);
    keep({ key: now, still, words, captions }, model.get("picture"));
    show(now);
  }

  async function connect() {
    const found = await Promise.all(
      model.get("controls").map((id) => model.widget_manager.get_model(id.replace("IPY_MODEL_", ""))),
    );
    controls = found;
    controls.forEach((control, i) => {
      control.on("change:value change:index", () => {
        if (!held && follow(i)) moved();
      });
      control.on("change:description", () => {
        if (shown.frame && shown.key === key()) label(control, shown.frame.captions[i]);
      });
    });
    const live = () => {
      alone = controls[0].comm_live === false;
      if (alone) held = false; // a kernel that went while it moved controls does not say any more that it has
      for (const view of views) view.words(shown.frame, alone);
      if (!alone) model.send({ kind: "hello" });
    };
    controls[0].on("comm_live_update", live);
    live();
    if (followAll()) moved();
  }

  return {
    initialize(given) {
      model = given.model;
      model.on("msg:custom", received);
      model.on("change:key", fromModel);
      fromModel();
      for (const { picture, ...frame } of model.get("kept") ?? []) keep(frame, picture);
      connect();
    },
    render({ model, el }) {
      const view = draw(model, el, tellSight);
      views.add(view);
      view.picture(shown.frame);
      view.words(shown.frame, alone);
      return () => {
        views.delete(view);
        view.close();
        tellSight();
      };
    },
  };
};
