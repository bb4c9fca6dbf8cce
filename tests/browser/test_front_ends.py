"""Cards in other places than the JupyterLab of the other tests: Notebook 7, and under a strict policy."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
from lab_pages import LabPage

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser


def _of_the_browser_tests(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"browser_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


conftest, ahead = _of_the_browser_tests("conftest"), _of_the_browser_tests("test_pictures_ahead")
CELLS = "from mlcourse.explorers import *", "LearningRate()", "DigitsExplorer()"
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws:; frame-ancestors 'self'; "
    "object-src 'none'; base-uri 'self'"
)
"""No script of a page's own text, and nothing from elsewhere. JupyterLab itself compiles (ajv's) schemas."""


@pytest.fixture(scope="module")
def strict_lab(tmp_path_factory):
    headers = {"headers": {"Content-Security-Policy": POLICY}}
    with conftest.start_lab(
        tmp_path_factory.mktemp("strict"), f"--ServerApp.tornado_settings={headers}"
    ) as lab:
        yield lab


def moves(notebook, keep, name):
    """Check that slider, menu and pad move the cards, and that the next picture is there beforehand."""
    card = notebook.explorer(0)
    ahead.wait_until_ahead(card)
    assert ahead.press(card, "ArrowRight", 6) >= 5
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.2 ")
    card.get_by_role("combobox").select_option("round bowl")
    expect(card.get_by_role("status")).to_contain_text("2 / steepest curvature = 1.33", timeout=20_000)
    keep(card, name)
    digits = notebook.explorer(1)
    digits.locator("canvas").focus()
    for key in ("Space", *["ArrowDown"] * 8):
        notebook.page.keyboard.press(key)
    expect(digits.get_by_role("status")).to_contain_text("Your drawing", timeout=60_000)


def test_notebook_7_shows_the_cards_with_their_pictures_ahead(lab, browser, keep):
    notebook = LabPage(browser, replace(lab, view="notebooks"))
    notebook.open(lab.write("seven.ipynb", *CELLS))
    assert notebook.page.evaluate("jupyterapp.name") == "Jupyter Notebook"
    before = len(notebook.errors)  # Notebook's own, while it starts
    moves(notebook.run_all(), keep, "notebook-7")
    assert notebook.errors[before:] == []
    notebook.close()


def test_under_a_strict_policy_the_cards_move_all_the_same(strict_lab, browser, keep):
    notebook = LabPage(browser, strict_lab)
    notebook.open(strict_lab.write("strict.ipynb", *CELLS))
    page = notebook.page
    assert (
        page.evaluate("() => fetch(location.href).then(a => a.headers.get('Content-Security-Policy'))")
        == POLICY
    )
    before = len(notebook.errors)  # JupyterLab's own page has a script in its text, for the token's sake
    moves(notebook.run_all(), keep, "strict")
    assert notebook.errors[before:] == []
    notebook.close()
