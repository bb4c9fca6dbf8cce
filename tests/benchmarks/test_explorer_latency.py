"""How long a key press takes to become a picture, in JupyterLab in a real browser.

Each explorer, 20 single steps of a slider and then 40 key presses, 15 ms apart. Ours beside the same figure
drawn anew by plain `ipywidgets.interact`, in turn on the same page, so that other work on the machine hits
both alike; and beside two stored pictures of an explorer that take turns, for which the kernel computes and
draws nothing: what they take is JupyterLab's, the server's and the browser's part.
"""

import importlib.util
import statistics
from pathlib import Path

import pytest

from mlcourse.explorers.learning_rate import VALLEY

pytestmark = [pytest.mark.benchmark, pytest.mark.browser]

_path = Path(__file__).parents[1] / "browser" / "conftest.py"
_spec = importlib.util.spec_from_file_location("browser_fixtures", _path)
_fixtures = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_fixtures)
lab, browser, lab_page = _fixtures.lab, _fixtures.browser, _fixtures.lab_page

CONTROLS = {
    "LearningRate()": ["Learning rate"],
    'GraphStepper("two-layer")': ["Step"],
    "TrainingPlayer()": ["Epoch", "Learning rate"],
    "GradientCheckCurve()": ["Nudge"],
    "ActivationExplorer()": ["Weighted sum"],
    "GradientFlow()": ["Epoch"],
    "Initialization()": ["Standard deviation"],
    "OptimizerRace()": ["Learning rate"],
    "BatchSize()": ["Batch size"],
    "DigitsExplorer()": ["Noise"],
}
STEPS = 20
BURST = 40
PLAIN = f"""
import matplotlib.pyplot as plt, numpy as np
from ipywidgets import FloatLogSlider, interact
from mlcourse.explorers.learning_rate import _surface, descend
surface = _surface("{VALLEY}")

@interact(rate=FloatLogSlider(value=0.1, min=-3, max=0.5, step=0.05))
def show(rate):
    run = descend(surface, rate, 20)
    figure, (plane, curve) = plt.subplots(1, 2, figsize=(7.6, 3.7))
    U, V = np.meshgrid(np.linspace(*surface.u, 120), np.linspace(*surface.v, 120))
    plane.contourf(U, V, surface.loss(U, V), surface.levels, cmap="Blues")
    plane.contour(U, V, surface.loss(U, V), surface.levels)
    plane.plot(*run.path.T, "-o")
    plane.set(xlabel="parameter u", ylabel="parameter v", title="Path on the surface")
    curve.semilogy(run.losses, "-o")
    curve.set(xlim=(-1, 51), ylim=surface.losses, xlabel="step", title="Loss after each step")
    curve.grid(True)
    plt.show()
"""
STORED = """
from base64 import b64encode
from ipywidgets import Image, IntSlider, VBox
from mlcourse.explorers.settings import without_echo

def stored(rate):
    explorer = LearningRate()
    explorer.figure
    explorer._picture.set_pixel_ratio(1)
    explorer.set(learning_rate=rate).figure
    return b"data:image/png;base64," + b64encode(explorer._picture.png())

pictures = [stored(0.05), stored(0.1)]
turns, shown = without_echo(IntSlider(max=100)), Image(format="url", width="760", value=pictures[0])
turns.observe(lambda change: setattr(shown, "value", pictures[change["new"] % 2]), "value")
VBox([turns, shown])
"""
# Times on the page's own clock: of each key press, and of each picture's load event.
CLOCK = """() => {
  window.clock = {keys: [], pictures: []};
  document.addEventListener("keydown", () => clock.keys.push(performance.now()), true);
  document.addEventListener("load", event => {
    if (event.target.tagName !== "IMG") return;
    clock.pictures.push(performance.now());
    clock.came?.();
  }, true);
  for (const handle of document.querySelectorAll(".noUi-handle")) handle.dataset.lmSuppressShortcuts = "true";
}"""


def single(page, handle, key):
    """Milliseconds from one key press to its picture."""
    # Waiting on a promise, not by asking again and again: that would take time from the page itself.
    page.evaluate(
        "() => { clock.keys = []; clock.pictures = []; clock.next = new Promise(came => clock.came = came); }"
    )
    handle.press(key)
    page.evaluate("clock.next")
    took = page.evaluate("clock.pictures[0] - clock.keys[0]")
    settle(page)
    return took


def settle(page, quiet=150):
    """Wait until no further picture comes for so many milliseconds."""
    seen = -1
    while seen != (now := page.evaluate("clock.pictures.length")):
        seen = now
        page.wait_for_timeout(quiet)


def burst(page, handle):
    """Milliseconds from the last of many key presses to the last picture, and the number of pictures."""
    page.evaluate("() => { clock.keys = []; clock.pictures = []; }")
    # Pressed by the page itself: playwright would wait between two.
    handle.evaluate(
        """async (handle, presses) => {
          for (let i = 0; i < presses; i++) {
// Back and forth, and in the end to where none of the pictures before was.
            const key = i === presses - 1 ? "End" : i % 2 ? "ArrowLeft" : "ArrowRight";
            handle.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
            await new Promise(done => setTimeout(done, 15));
          }
        }""",
        BURST,
    )
    settle(page, quiet=2500)
    return page.evaluate("[clock.pictures.at(-1) - clock.keys.at(-1), clock.pictures.length]")


@pytest.mark.parametrize("call", CONTROLS)
def test_key_press_to_new_picture(call, lab, lab_page, capsys):
    cells = ["from mlcourse.explorers import *", call, STORED, PLAIN]
    notebook = lab_page(width=1300, height=1000).open(lab.write("latency.ipynb", *cells)).run_all()
    page = notebook.page
    card = notebook.explorer()
    page.wait_for_selector(".jp-RenderedImage img", state="attached")
    page.wait_for_timeout(2000)
    page.evaluate(CLOCK)
    contestants = {label: card.get_by_role("slider", name=label) for label in CONTROLS[call]}
    handles = page.locator(".noUi-handle")
    contestants["stored pictures"] = handles.nth(handles.count() - 2)
    contestants["plain interact"] = handles.last
    times = {name: [] for name in contestants}
    for step in range(STEPS):
        for name, handle in contestants.items():
            handle.focus()
            page.wait_for_timeout(300)  # scrolling there paints the page anew, which is not what is measured
            # Back and forth, two of each: every press asks for another picture.
            times[name].append(single(page, handle, "ArrowRight" if step % 4 < 2 else "ArrowLeft"))
    # Of two stored pictures, the last press may ask for the one that is there.
    bursts = {name: burst(page, at) for name, at in contestants.items() if name != "stored pictures"}

    plain = statistics.median(times["plain interact"])
    with capsys.disabled():
        for name, took in times.items():
            median = statistics.median(took)
            print(
                f"\n  {call[:22] + ' ' + name:44}median{median:5.0f} ms, worst{max(took):5.0f} ms, "
                f"interact{plain / median:5.1f} times",
                end="",
            )
            if name in bursts:
                last, pictures = bursts[name]
                print(f";  last after burst{last:5.0f} ms, {pictures} pictures", end="")
    assert plain > statistics.median(times[CONTROLS[call][0]])
