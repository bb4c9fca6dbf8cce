"""Where the cards live: Notebook 7 beside the other tests' JupyterLab, and a strict policy on every page."""

from dataclasses import replace

import pytest
from lab_pages import LabPage, press, wait_until_ahead
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CELLS = "from mlcourse.explorers import *", "LearningRate()", "DigitsExplorer()"
INLINE = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  return window.ran === true;
}"""


def test_notebook_7_shows_the_cards_with_their_pictures_ahead(lab, browser, keep):
    notebook = (
        LabPage(browser, replace(lab, view="notebooks")).open(lab.write("seven.ipynb", *CELLS)).run_all()
    )
    assert notebook.page.evaluate("jupyterapp.name") == "Jupyter Notebook"
    card = notebook.explorer(0)
    wait_until_ahead(card)
    assert press(card, "ArrowRight", 6) >= 5
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.2 ")
    card.get_by_role("combobox").select_option("round bowl")
    expect(card.get_by_role("status")).to_contain_text("2 / steepest curvature = 1.33", timeout=20_000)
    keep(card, "notebook-7")
    digits = notebook.explorer(1)
    digits.locator("canvas").focus()
    for key in ("Space", *["ArrowDown"] * 8):
        notebook.page.keyboard.press(key)
    expect(digits.get_by_role("status")).to_contain_text("Your drawing", timeout=60_000)
    assert notebook.errors == []
    # What this and all other tests of this folder show, they show under the policy.
    policy = notebook.page.evaluate(
        "() => fetch(location.href).then(answer => answer.headers.get('Content-Security-Policy'))"
    )
    assert "script-src 'self' 'unsafe-eval' blob:;" in policy
    assert not notebook.page.evaluate(INLINE), "the policy is not kept"
    notebook.close()
