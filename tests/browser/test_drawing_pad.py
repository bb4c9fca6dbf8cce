"""A digit drawn as in lesson 07, with the mouse and with the keyboard."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

A_ONE = re.compile(r"^Your drawing, .* the network answers 1 and is (fairly )?sure\.")


@pytest.fixture(scope="module")
def opened(lab, shared_lab_page):
    path = lab.write("pad.ipynb", "from mlcourse.explorers import *", "DigitsExplorer()")
    return shared_lab_page().open(path).run_all()


@pytest.fixture
def notebook(opened):
    """The notebook in its first state."""
    card = opened.explorer()
    wait_for_the_last_picture(card)
    for name in ("Clear drawing", "Reset"):
        card.get_by_role("button", name=name).press("Enter")
    expect(card.get_by_role("status")).to_contain_text("Digit 3, number 1")
    wait_for_the_last_picture(card)
    return opened


def test_a_vertical_stroke_is_read_as_a_one_and_can_be_cleared(notebook, keep):
    card = notebook.explorer()
    status, image = card.get_by_role("status"), card.locator("img.mlc-picture")
    picked, before = status.text_content(), image.get_attribute("src")
    height = card.bounding_box()["height"]
    draw(card, [(0.4, 0.2), (0.4, 0.8)])
    expect(status).to_have_text(A_ONE)
    expect(image).not_to_have_attribute("src", before)
    wait_for_the_last_picture(card)
    keep(card, "drawing-by-mouse")
    card.get_by_role("button", name="Clear drawing").press("Enter")
    expect(status).to_have_text(picked)
    assert ink(card) == 0
    draw(card, [(0.4, 0.2), (0.4, 0.8)])
    expect(status).to_have_text(A_ONE)
    wait_for_the_last_picture(card)
    card.get_by_role("slider", name="Digit").press("ArrowRight")
    expect(status).to_contain_text("Digit 4, number 1")
    assert ink(card) == 0, "the pad keeps a drawing that is no longer shown"
    assert card.bounding_box()["height"] == height
    assert notebook.errors == []


def test_the_keyboard_draws_too_and_its_keys_do_nothing_to_the_notebook(notebook, keep, axe):
    card = notebook.explorer()
    cells = card.page.locator(".jp-CodeCell").count()
    pad = card.get_by_role("application", name="Draw a digit")
    pad.focus()
    press = card.page.keyboard.press
    for _ in range(8):
        press("ArrowUp")
    assert ink(card) == 0, "a pen that is up draws"
    press("Space")
    for _ in range(17):
        press("ArrowDown")
    expect(card.get_by_role("status")).to_have_text(A_ONE)
    keep(card, "drawing-by-keyboard")
    expect(card.locator("[aria-live=polite]", has_text="Pen down, row 23, column 14")).to_be_attached()
    press("Tab")  # the orange pen covers ink as long as the pad has the focus
    drawn = ink(card)
    pad.focus()
    for key in ("Space", "Space", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Tab"):
        press(key)
    assert ink(card) == drawn, "a pen that has been lifted draws"
    assert card.page.locator(".jp-CodeCell").count() == cells
    assert axe(card.page, ".mlc-explorer") == []
    assert notebook.errors == []


def test_the_last_of_many_strokes_shows(notebook):
    card = notebook.explorer()
    # The bar, then the slope, in many small movements: without the last of them it is no 7.
    draw(card, [(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)], pieces=60)
    expect(card.get_by_role("status")).to_have_text(re.compile("the network answers 7 "))


def test_a_stroke_over_ink_that_is_there_does_not_come_back_when_the_drawing_is_cleared(notebook):
    card = notebook.explorer()
    pad = card.get_by_role("application", name="Draw a digit")
    pad.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Space", "Space", "Space", "Tab"):
        card.page.keyboard.press(key)
    expect(card.get_by_role("status")).to_contain_text("Your drawing")
    wait_for_the_last_picture(card)
    card.get_by_role("button", name="Clear drawing").press("Enter")
    wait_for_the_last_picture(card)
    expect(card.get_by_role("status")).to_contain_text("Digit 3, number 1")
    assert ink(card) == 0


def draw(card, corners, pieces=10):
    """Draw a line through the corners, which are given in parts of the pad's width and height."""
    mouse, box = card.page.mouse, card.locator("canvas").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    mouse.move(*places[0])
    mouse.down()
    for place in places[1:]:
        mouse.move(*place, steps=pieces)
    mouse.up()


def wait_for_the_last_picture(card, quiet=600):
    """Wait until no stroke is on its way any more; one that comes after the next key press would win."""
    card.locator("img.mlc-picture").evaluate(
        """(image, quiet) => new Promise(done => {
          let timer = setTimeout(done, quiet);
          image.addEventListener("load", () => { clearTimeout(timer); timer = setTimeout(done, quiet); });
        })""",
        quiet,
    )


def ink(card):
    """Count the dark pixels of the pad; the orange pen is none."""
    return card.locator("canvas").evaluate(
        """canvas => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
          const rgba = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          let dark = 0;
          for (let i = 0; i < rgba.length; i += 4) dark += rgba[i] < 100;
          done(dark);
        })))"""
    )
