"""A question in the browser: typed or chosen, marked at once, usable by keyboard and by screen reader."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WAIT = 60_000
SOURCE = """
from mlcourse.exercises import Question
from mlcourse.feedback.questions import Asked
from IPython.display import display
display(Asked(Question("number", 0.25, "Because `1 / 4` is.", notes={4: "That is its inverse."})))
display(Asked(Question("choice", "up", "It rises.", ("up", "down"), notes={"down": "The sign is lost."})))
"""


@pytest.fixture(scope="module")
def page(lab, shared_lab_page):
    notebook = shared_lab_page().open(lab.write("questions.ipynb", SOURCE)).run_all()
    notebook.page.get_by_role("button", name="up", exact=True).wait_for(timeout=WAIT)
    return notebook


def test_a_number_is_marked_on_enter_and_a_choice_on_click(page, keep):
    field = page.page.get_by_role("textbox", name="Your answer")
    said = page.page.get_by_role("alert")
    field.fill("4")
    field.press("Enter")
    expect(said.first).to_contain_text("Not 4. That is its inverse.", timeout=WAIT)
    expect(said.first.get_by_text("Because")).to_be_hidden()
    field.fill("1/4")
    page.page.get_by_role("button", name="Answer", exact=True).click()
    expect(said.first).to_contain_text("Right. Because 1 / 4 is.", timeout=WAIT)
    page.page.get_by_role("button", name="down", exact=True).press("Enter")
    expect(said.nth(1)).to_contain_text("Not down. The sign is lost.", timeout=WAIT)
    keep(page.page.locator(".jp-OutputArea").first, "questions")


def test_it_is_accessible_in_both_themes(page, axe, keep):
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        page.theme(theme)
        keep(page.page.locator(".jp-OutputArea").first, f"questions-{theme.split()[1].lower()}")
        assert axe(page.page, ".jp-OutputArea") == []
    assert page.errors == []
