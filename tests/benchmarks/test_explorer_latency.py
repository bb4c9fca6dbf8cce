"""How long a key press takes to become a picture, in JupyterLab in a real browser.

Ours beside the same figure drawn anew by plain `ipywidgets.interact`, in turn on the same page, so that other
work on the machine hits both alike.
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
# Times on the page's own clock: of each key press, and of each picture once it is decoded.
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


def test_key_press_to_new_picture(lab, lab_page, capsys):
    ours = "from mlcourse.explorers import GraphStepper, LearningRate, TrainingPlayer\n"
    cells = [ours + "LearningRate()", 'GraphStepper("two-layer")', "TrainingPlayer()", PLAIN]
    notebook = lab_page(width=1300, height=1000).open(lab.write("latency.ipynb", *cells)).run_all()
    page = notebook.page
    for index in range(3):
        notebook.explorer(index)
    page.wait_for_selector(".jp-RenderedImage img", state="attached")
    page.wait_for_timeout(1000)
    page.evaluate(CLOCK)
    cards = [notebook.explorer(index) for index in range(3)]
    contestants = {
        "learning rate": cards[0].get_by_role("slider", name="Learning rate"),
        "graph stepper": cards[1].get_by_role("slider"),
        "training player, epoch": cards[2].get_by_role("slider", name="Epoch"),
        "training player, learning rate": cards[2].get_by_role("slider", name="Learning rate"),
        "plain interact": page.locator(".noUi-handle").last,
    }
    times = {name: [] for name in contestants}
    for step in range(STEPS):
        for name, handle in contestants.items():
            handle.focus()
            page.wait_for_timeout(300)  # scrolling there paints the page anew, which is not what is measured
            # Back and forth, two of each: every press asks for another picture.
            times[name].append(single(page, handle, "ArrowRight" if step % 4 < 2 else "ArrowLeft"))
    bursts = {name: burst(page, handle) for name, handle in contestants.items()}

    plain = statistics.median(times["plain interact"])
    with capsys.disabled():
        print(f"\nkey press to new picture, {STEPS} single steps; then {BURST} presses, 15 ms apart")
        columns = (
            ("median", 10),
            ("worst", 10),
            ("interact/this", 15),
            ("last after burst", 18),
            ("pictures", 10),
        )
        print(" " * 34 + "".join(f"{name:>{width}}" for name, width in columns))
        for name, took in times.items():
            median = statistics.median(took)
            print(
                f"  {name:32}{median:7.0f} ms{max(took):7.0f} ms{plain / median:15.1f}"
                f"{bursts[name][0]:15.0f} ms{bursts[name][1]:10}"
            )
    assert plain > statistics.median(times["learning rate"])
