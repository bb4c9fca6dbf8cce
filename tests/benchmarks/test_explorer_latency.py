"""How long a key press takes to become a picture, in JupyterLab in a real browser, on two networks.

Of each control: a picture that is ahead (20 steps, four a second), one made when it is asked for (the same
explorer with nothing ahead), and the same figure drawn anew by plain `ipywidgets.interact`; then the key held
down (45 presses, 30 a second), from the last press to the last picture. The page's own clock counts, from the
key press to the load event of the picture. A step is ahead where its picture is there before the key press
has been dealt with.

A row takes 20 seconds. Of some explorers, or on one of the networks: ``-k "LearningRate and far"``.
"""

import importlib.util
import math
import statistics
from dataclasses import replace
from pathlib import Path

import pytest
from lab_pages import LabPage
from slow_network import SlowNetwork

from mlcourse.explorers.learning_rate import VALLEY

pytestmark = [pytest.mark.benchmark, pytest.mark.browser]


def _of_the_browser_tests(name):
    path = Path(__file__).parents[1] / "browser" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"browser_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_fixtures = _of_the_browser_tests("conftest")
lab = _fixtures.lab

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
NETWORKS = {"loopback": 0, "far": 0.15}
"""Seconds there and back."""
SLOW_STEPS = 10
"""Of `interact`, which takes half a second for each."""
STEPS = 20
EVERY = 250
HELD, REPEAT = 45, 33
PREPARE = f"""
from mlcourse.explorers import *
from mlcourse.explorers.learning_rate import _surface, descend
import matplotlib.pyplot as plt, numpy as np
from ipywidgets import FloatLogSlider, interact

class Nothing:
    "What is ahead of an explorer that draws nothing ahead."
    def __contains__(self, key): return False
    def add(self, frames): return []
    def forget(self): pass
    start = end = arrived = lambda self, *_: None

def asked(explorer):
    display(explorer)
    card, explorer._live.ahead = explorer._live.panel.card, Nothing()
    send = card.frames
    card.frames = lambda *given, **named: (card.send({{"kind": "forget"}}), send(*given, **named))

def plain():
    surface = _surface("{VALLEY}")
    @interact(rate=FloatLogSlider(value=0.1, min=-3, max=0.5, step=0.05))
    def show(rate):
        run = descend(surface, rate, 20)
        figure, (plane, curve) = plt.subplots(1, 2, figsize=(7.6, 3.7))
        (u, v), *_ = surface.frames
        U, V = np.meshgrid(np.linspace(*u, 120), np.linspace(*v, 120))
        plane.contourf(U, V, surface.loss(U, V), surface.levels, cmap="Blues")
        plane.contour(U, V, surface.loss(U, V), surface.levels)
        plane.plot(*run.path.T, "-o")
        plane.set(xlabel="parameter u", ylabel="parameter v", title="Path on the surface")
        curve.semilogy(run.losses, "-o")
        curve.set(xlim=(-1, 51), ylim=surface.losses, xlabel="step", title="Loss after each step")
        curve.grid(True)
        plt.show()
"""
CLOCK = """() => {
  for (const handle of document.querySelectorAll(".noUi-handle")) handle.dataset.lmSuppressShortcuts = "true";
  if (window.clock) return;
  window.clock = {keys: [], pictures: [], ahead: 0};
  let before;
  const sources = () => [...document.querySelectorAll("img.mlc-picture")].map(img => img.src).join();
  addEventListener("keydown", () => { clock.keys.push(performance.now()); before = sources(); }, true);
  addEventListener("keydown", () => { clock.ahead += before !== sources(); });
  document.addEventListener("load", event => {
    if (event.target.tagName !== "IMG") return;
    clock.pictures.push(performance.now());
    clock.came?.();
  }, true);
}"""
EMPTY = """() => {
  Object.assign(clock, {keys: [], pictures: [], ahead: 0});
  clock.next = new Promise(came => clock.came = came);
}"""
PRESS = """async (handle, [keys, pause]) => {
  for (const key of keys) {
    handle.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    await new Promise(done => setTimeout(done, pause));
  }
}"""


def keys(count):
    """Two to the right, two to the left: each asks for another picture."""
    return ["ArrowRight" if i % 4 < 2 else "ArrowLeft" for i in range(count)]


def there_and_back(count):
    """Four to the right, then four to the left, and so on: also pictures that have not been shown yet."""
    return ["ArrowRight" if i % 8 < 4 else "ArrowLeft" for i in range(count)]


def in_rhythm(page, handle):
    """Milliseconds of steps at four a second, and how many of them were ahead."""
    took, ahead = [], 0
    for key in there_and_back(STEPS):
        page.evaluate(EMPTY)
        handle.evaluate(PRESS, [[key], EVERY])
        waited, was_ahead = page.evaluate("[clock.pictures[0] - clock.keys[0], clock.ahead]")
        ahead += was_ahead
        if not math.isnan(waited):  # the picture came before the next key press
            took.append(waited)
    return took, ahead / STEPS


def one_by_one(page, handle, steps=STEPS):
    """Milliseconds of steps, each after the picture of the one before."""
    took = []
    for key in keys(steps):
        page.evaluate(EMPTY)
        handle.evaluate(PRESS, [[key], 0])
        page.evaluate("clock.next")
        took.append(page.evaluate("clock.pictures[0] - clock.keys[0]"))
        page.wait_for_timeout(60)
    return took


def held(page, handle):
    """Milliseconds from the last of many key presses to the last picture."""
    page.evaluate(EMPTY)
    handle.evaluate(PRESS, [["ArrowRight" if i % 16 < 8 else "ArrowLeft" for i in range(HELD)], REPEAT])
    page.wait_for_timeout(1500)
    return page.evaluate("clock.pictures.at(-1) - clock.keys.at(-1)")


@pytest.fixture(scope="module")
def open_in_turn(lab, browser):
    """What opens a notebook in the one page for all and runs it, and the network on the way there."""
    network = SlowNetwork(int(lab.url.rsplit(":", 1)[1]))
    there, page = replace(lab, url=f"http://127.0.0.1:{network.port}"), browser.new_page()

    def opened(name, *cells):
        return LabPage(browser, there, page).open(there.write(name, *cells)).run_all()

    yield opened, network
    page.close()


@pytest.fixture(scope="module", params=NETWORKS)
def way(request, open_in_turn):
    """A network, and what `interact` takes there."""
    opened, network = open_in_turn
    network.seconds = 0  # to load the notebook
    notebook = opened(f"interact-{request.param}.ipynb", PREPARE, "plain()")
    notebook.page.wait_for_selector(".jp-RenderedImage img", state="attached", timeout=180_000)
    network.seconds = seconds = NETWORKS[request.param]
    print(f"\nnetwork {1000 * seconds:.0f} ms; median, worst of {STEPS} steps in ms")
    print(f"{'':38}{'ahead':>12}{'share':>7}{'held':>6}{'asked':>12}{'held':>6}{'interact':>12}", end="")
    notebook.page.wait_for_timeout(1000)
    notebook.page.evaluate(CLOCK)
    plain = notebook.page.locator(".noUi-handle")
    plain.focus()
    slow = one_by_one(notebook.page, plain, SLOW_STEPS)
    notebook.close()
    return opened, slow


@pytest.mark.parametrize("call", CONTROLS)
def test_key_press_to_new_picture(call, way):
    opened, slow = way
    notebook = opened(f"latency-{list(CONTROLS).index(call)}.ipynb", PREPARE, call, f"asked({call})")
    page = notebook.page
    notebook.explorer(1)
    page.wait_for_timeout(1000)
    page.evaluate(CLOCK)
    for label in CONTROLS[call]:
        columns = []
        for card in (0, 1):
            handle = notebook.explorer(card).get_by_role("slider", name=label).first
            handle.focus()
            page.wait_for_timeout(1500)
            if card:
                columns += [one_by_one(page, handle), held(page, handle)]
            else:
                columns += [*in_rhythm(page, handle), held(page, handle)]
        ahead, share, ahead_held, asked, asked_held = columns
        print(
            f"\n{call[:22] + ' ' + label:38}{pair(ahead)}{share:7.0%}{ahead_held:6.0f}"
            f"{pair(asked)}{asked_held:6.0f}{pair(slow)}",
            end="",
        )
    notebook.close()


def pair(took):
    return f"{statistics.median(took):7.1f}{max(took):5.0f}"
