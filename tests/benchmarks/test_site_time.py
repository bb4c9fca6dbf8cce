"""What a site weighs, how long it takes to open, and how long a key press takes to become a picture there.

Of the site that ``MLCOURSE_SITE`` names, built by ``mlcourse site FOLDER --pyodide DIR``, on a plain static
host on the loopback address. Each figure of three runs: a visit of its own, with nothing kept (cold), then
the same page again (warm). Beside the time by the clock stands the browser's processor time, of all its
processes, which other work on the machine stretches less.
"""

import os
import statistics
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from browser_edition import MINUTES, Visit, let_in, serve

pytestmark = [pytest.mark.benchmark, pytest.mark.browser, pytest.mark.timeout(3600)]

RUNS = 3
STEPS = 20
EVERY = 250
LESSON, EXPLORER = "01-chain-rule", "y = (2x + 3)², step by step"
CALL = 'GraphStepper("square")'
CLOCK = """() => {
  for (const handle of document.querySelectorAll(".noUi-handle")) handle.dataset.lmSuppressShortcuts = "true";
  window.clock = {key: 0, picture: 0};
  addEventListener("keydown", () => { clock.key = performance.now(); clock.picture = 0; }, true);
  document.addEventListener("load", event => {
    if (event.target.tagName === "IMG") clock.picture ||= performance.now();
  }, true);
}"""
RUN_UNTIL = """async (words) => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.sessionContext.ready;
  for (const [index, cell] of panel.content.widgets.entries()) {
    if (cell.model.type !== "code") continue;
    panel.content.activeCellIndex = index;
    await window.jupyterapp.commands.execute("notebook:run-cell");
    if (cell.model.sharedModel.getSource().includes(words)) return;
  }
}"""


@pytest.fixture(scope="module")
def folder():
    site = os.environ.get("MLCOURSE_SITE")
    if not site:
        pytest.skip("needs MLCOURSE_SITE, a folder that mlcourse site has made")
    return Path(site).absolute()


@pytest.fixture(scope="module")
def host(folder):
    let_in(folder / "browser")
    server = serve(folder.parent)
    yield f"{server.address}{folder.name}/"
    server.shutdown()


def megabytes(paths):
    return sum(path.stat().st_size for path in paths) / 1e6


class Watch:
    """Seconds since it was made: by the clock, and of the browser's processors."""

    def __init__(self):
        self._begun, self._used = time.perf_counter(), self._processors()

    def __str__(self):
        used = sum(used - self._used.get(pid, 0) for pid, used in self._processors().items())
        return f"{time.perf_counter() - self._begun:.1f} s (processors {used:.1f} s)"

    @staticmethod
    def _processors():
        used = {}  # by process: the last visit's may end meanwhile
        for process in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                used[process.pid] = sum(process.cpu_times()[:2])
        return used


def latency(page):
    """Milliseconds from a key press on the first slider of the card to its picture, median and worst."""
    card = page.get_by_role("group", name=EXPLORER).first
    card.scroll_into_view_if_needed()
    slider = card.get_by_role("slider").first
    slider.focus()
    page.wait_for_timeout(3000)
    page.evaluate(CLOCK)
    took = []
    for step in range(STEPS):
        page.keyboard.press("ArrowRight" if step % 8 < 4 else "ArrowLeft")
        page.wait_for_timeout(EVERY)
        key, picture = page.evaluate("[clock.key, clock.picture]")
        if picture:  # at the end of the slider there is no other
            took.append(picture - key)
    return f"{statistics.median(took):.1f}, worst {max(took):.1f} ms of {len(took)} steps"


def test_size(folder, capsys):
    whole = [path for path in folder.rglob("*") if path.is_file()]
    browser = [path for path in whole if path.is_relative_to(folder / "browser")]
    pages = {path: path.stat().st_size for path in set(whole) - set(browser) if path.suffix == ".html"}
    largest = max(pages, key=pages.get)
    with capsys.disabled():
        print(f"\n\nsite: {megabytes(whole):.1f} MB in {len(whole)} files", end="")
        print(f"; browser edition {megabytes(browser):.1f} MB in {len(browser)}")
        print(f"largest page: {largest.relative_to(folder)}, {pages[largest]:,} bytes")


def test_reading_edition(host, browser, capsys):
    for run in range(RUNS):
        visit = Visit(browser, host)
        for kind in ("cold", "warm"):
            visit.asked.clear()
            watch = Watch()
            visit.page.goto(f"{host}{LESSON}/{LESSON}.html", wait_until="commit")
            visit.page.wait_for_selector("article h1")
            readable = str(watch)
            visit.page.wait_for_load_state("load")
            visit.page.evaluate("window.MathJax.startup.promise.then(() => true)")
            formulas = str(watch)
            with capsys.disabled():
                print(
                    f"\nreading {run} {kind}: readable {readable}, formulas set {formulas}, "
                    f"{len(visit.asked)} requests",
                    end="",
                )
        with capsys.disabled():
            print(f"; explorer {latency(visit.page)}", end="")
        assert not visit.elsewhere
        visit.close()


def test_browser_edition(host, browser, capsys):
    for run in range(RUNS):
        visit = Visit(browser, f"{host}browser/")
        for kind in ("cold", "warm"):
            visit.asked.clear()
            watch = Watch()
            page = visit.page
            page.goto(
                f"{visit.address}notebooks/index.html?path=lessons/{LESSON}/{LESSON}.ipynb",
                wait_until="commit",
            )
            page.wait_for_selector(".jp-Notebook h1", timeout=5 * MINUTES)
            readable = str(watch)
            visit.ready()
            page.evaluate(RUN_UNTIL, "")
            first = str(watch)
            with capsys.disabled():
                print(
                    f"\nbrowser {run} {kind}: readable {readable}, first cell done {first}, "
                    f"{len(visit.asked)} requests",
                    end="",
                )
        page.evaluate(RUN_UNTIL, CALL)
        with capsys.disabled():
            print(f"; explorer {latency(page)}", end="")
        assert not visit.elsewhere
        visit.close()
