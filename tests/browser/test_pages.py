"""Cards without a kernel in the browser: every control moves them, on a telephone too; axe finds nothing."""

import pytest
from playwright.sync_api import expect

from mlcourse import explorers
from mlcourse.explorers import page as page_module

pytestmark = pytest.mark.browser

NAMES = [name for name in explorers.__all__ if name not in ("Explorer", "GraphStepper")]
MAKERS = {
    **{name: getattr(explorers, name) for name in NAMES},
    "GraphStepper": lambda: explorers.GraphStepper("neuron"),
}
DOCUMENT = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Cards</title>\n'
    '<meta name="viewport" content="width=device-width"></head>\n'
    "<body><main><h1>Cards</h1>\n{}</main></body></html>\n"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory, browser):
    """All explorers on one page, with few places of each control."""
    patch = pytest.MonkeyPatch()
    patch.setattr(page_module, "POSITIONS", 3)
    sections = "".join(make().page() for make in MAKERS.values())
    patch.undo()
    path = tmp_path_factory.mktemp("pages") / "cards.html"
    path.write_text(DOCUMENT.format(sections), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1300, "height": 1000})
    opened.errors = []
    opened.on("console", lambda m: opened.errors.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.goto(path.as_uri())
    yield opened
    opened.close()


@pytest.mark.parametrize("name", MAKERS)
def test_each_control_shows_another_picture_and_says_what_it_is(name, page):
    card = page.locator(".mlc-static").nth(list(MAKERS).index(name))
    expect(card).to_have_accessible_name(MAKERS[name]().title)
    picture, status = card.locator("img"), card.get_by_role("status")
    for control in card.locator("input, select").all():
        before = picture.get_attribute("src")
        kind = control.evaluate("control => control.type")
        control.press("Space" if kind == "checkbox" else "ArrowUp")
        if picture.get_attribute("src") == before:
            control.press("ArrowDown")
        expect(picture).not_to_have_attribute("src", before)
        assert picture.get_attribute("alt") == status.text_content()
    assert page.errors == []


@pytest.mark.parametrize("width", [1300, 390])
def test_nothing_sticks_out_and_axe_finds_nothing(width, page, axe, keep):
    page.set_viewport_size({"width": width, "height": 1000})
    for name, card in zip(MAKERS, page.locator(".mlc-static").all(), strict=True):
        keep(card, f"page-{name}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page, "body") == []
