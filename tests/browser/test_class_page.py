"""The page of a class in a browser: wide and narrow, light and dark, on paper; axe finds nothing."""

import runpy
from pathlib import Path

import pytest

from mlcourse.grading.class_page import render

CLASS = Path(__file__).parents[1] / "grading" / "test_class_page.py"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Address of the page of a small class in which everything occurs."""
    small = runpy.run_path(str(CLASS))
    path = tmp_path_factory.mktemp("class") / "class.html"
    path.write_text(render(small["REPORT"], small["Lines"]()), encoding="utf-8", errors="replace")
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 800, 390])
def test_nothing_sticks_out_and_axe_finds_nothing(width, scheme, address, browser, axe, keep):
    # The page forbids itself scripts, axe's too.
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto(address)
    keep(page.locator("main"), f"class-{width}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page, "html") == []
    context.close()


def test_on_paper_it_is_dark_on_white(address, browser):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    context.close()
