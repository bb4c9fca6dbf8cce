// A card without a kernel. Where one control is moved, the others go back to their start: of these states there
// are pictures.
{
  const root = document.currentScript.parentElement;
  const { frames, lines } = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  const controls = [...root.querySelectorAll(".mlc-controls input, .mlc-controls select")];
  const picture = root.querySelector("img");
  const summary = root.querySelector("[role=status]");

  const at = (control) =>
    control.type === "checkbox" ? Number(control.checked) : control.selectedIndex ?? Number(control.value);
  const put = (control, line, place) => {
    if (control.type === "checkbox") control.checked = Boolean(place);
    else if (control.selectedIndex !== undefined) control.selectedIndex = place;
    else {
      control.value = place;
      control.setAttribute("aria-valuetext", line.values[place]);
      control.parentElement.querySelector(".mlc-value").textContent = line.values[place];
    }
  };
  controls.forEach((control, i) =>
    control.addEventListener("input", () => {
      const place = at(control);
      controls.forEach((other, j) => put(other, lines[j], j === i ? place : lines[j].start));
      const frame = frames[lines[i].frames[place]];
      picture.src = frame.src;
      picture.alt = summary.textContent = frame.words;
    }),
  );

  // Pictures in files are loaded when the card comes into sight, one after the other, before they are asked for.
  const apart = frames.filter((frame) => !frame.src.startsWith("data:"));
  const load = async () => {
    for (const frame of apart) {
      frame.loaded = new Image();
      frame.loaded.src = frame.src;
      await frame.loaded.decode().catch(() => {});
    }
  };
  if (apart.length)
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      load();
    }).observe(root);
}
