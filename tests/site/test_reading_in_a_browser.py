"""Pages of the reading edition as they are read: on a phone, in the dark, by keyboard, and no other site."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.site, pytest.mark.browser]

LESSON = "01-doubling/01-doubling.html"


@pytest.fixture(scope="module")
def served(small_site, serve):
    return serve(small_site)


def test_below_a_path_it_asks_nothing_of_another_site_and_misses_nothing(served, reader):
    one = reader(served)
    for name in ("", LESSON, "search.html?q=twice"):
        one.open(name)
    assert (one.elsewhere, served.missing, one.errors) == ([], [], [])


def test_every_formula_is_set(served, reader):
    page = reader(served).open(LESSON).page
    assert page.locator(".math").count() == 4
    assert page.locator(".math > mjx-container").count() == 4
    assert page.locator("mjx-merror").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 390])
def test_it_is_accessible_and_nothing_moves_the_page_sideways(served, reader, axe, width, theme):
    one = reader(served, width, theme).open(LESSON)
    one.page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true; })")
    one.page.wait_for_timeout(300)
    assert one.page.evaluate("document.documentElement.dataset.theme") == theme
    assert one.page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(one.page, "body") == []
    one.open("")
    assert one.page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(one.page, "body") == []


def test_on_a_phone_what_is_wide_scrolls_in_itself_also_by_keyboard(served, reader):
    page = reader(served, 390).open(LESSON).page
    page.get_by_text("Hint", exact=True).click()
    for selector in (
        'mjx-container[display="true"]',
        "mjx-container.mlc-wide",
        ".pst-scrollable-table-container",
        ".output pre",
        ".cell_output:has(> img)",
        ".mlc-view",
    ):
        box = page.locator(selector).first
        expect(box).to_have_attribute("tabindex", "0")
        box.evaluate("box => { box.scrollLeft = 40; }")
        assert box.evaluate("box => box.scrollLeft") == 40, selector


def test_on_a_phone_what_is_touched_is_as_large_as_a_thumb(served, reader):
    page = reader(served, 390).open(LESSON).page
    for selector in (".mlc-ways a", "summary", ".mlc-explorer input"):
        for place in page.locator(selector).all():
            assert place.bounding_box()["height"] >= 44, selector


def test_an_explorer_moves(served, reader):
    one = reader(served).open(LESSON)
    card = one.page.get_by_role("group", name="y = (2x + 3)², step by step")
    picture, said = card.locator("img"), card.get_by_role("status")
    before = picture.get_attribute("src"), said.inner_text()
    card.get_by_role("slider").first.press("ArrowLeft")
    expect(said).to_contain_text("Step 6 of 7.")
    assert picture.get_attribute("src") != before[0]
    assert picture.get_attribute("alt") == said.inner_text() != before[1]
    # The page that is moved has its pictures before they are asked for.
    one.page.wait_for_function(
        "performance.getEntriesByType('resource').filter(one => one.name.includes('/pictures/')).length > 40"
    )
    assert one.errors == []


def test_a_search_finds_a_lesson(served, reader):
    page = reader(served).open("search.html?q=twice").page
    expect(page.get_by_role("link", name="Lesson 1: Doubling").last).to_be_visible()


def test_dark_and_light_are_a_choice_that_is_kept(served, reader):
    page = reader(served).open("").page
    root = page.locator("html")
    page.get_by_role("button", name="Color mode").click()
    page.get_by_role("button", name="Dark").click()
    expect(root).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(root).to_have_attribute("data-theme", "dark")
