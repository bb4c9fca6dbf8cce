"""What a card does besides following its controls: announce, play, stop, and keep its keys to itself."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# Takes about a minute in small pieces, and can be stopped half-way.
SLOW = """
import time
from mlcourse.explorers import LearningRate
from mlcourse.explorers.learning_rate import descend, _surface

class Slow(LearningRate):
    long = True
    def compute(self, learning_rate, steps, surface):
        done = descend(_surface(surface), learning_rate, steps)
        return done if learning_rate == 0.1 else self.slowly(done)
    def slowly(self, done):
        for piece in range(6000):
            time.sleep(0.01)
            if (yield piece / 6000):
                break
        return done

Slow()
"""


@pytest.fixture(scope="module")
def notebook(lab, shared_lab_page):
    """A stepper, and a card whose work takes long."""
    cells = "from mlcourse.explorers import *", "GraphStepper()", SLOW
    return shared_lab_page().open(lab.write("parts.ipynb", *cells)).run_all()


@pytest.fixture
def stepper(notebook):
    """The first card, in its first state."""
    card = notebook.explorer()
    card.get_by_role("button", name="Reset").press("Enter")
    expect(card.get_by_role("status")).to_contain_text("Step 0 of 7")
    return card


def test_a_screen_reader_is_told_the_new_summary_and_hears_names_and_values(stepper):
    page = stepper.page
    status = stepper.get_by_role("status").element_handle()
    stepper.get_by_role("button", name="Next").press("Enter")
    expect(stepper.get_by_role("status")).to_have_text("Step 1 of 7. Forward: p = 2 · x = 2 · 5 = 10.")
    # The same element, its text changed, is what is announced; a new one would not be.
    assert status.evaluate("(before, now) => before === now", stepper.get_by_role("status").element_handle())
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    live = [n for n in tree if any(p["name"] == "live" for p in n.get("properties", []))]
    regions = [n["properties"] for n in live if n["role"]["value"] == "status"]
    polite = {"name": "live", "value": {"type": "token", "value": "polite"}}
    assert len(regions) == 2 and all(polite in properties for properties in regions)
    expect(stepper).to_match_aria_snapshot(
        """
        - group "y = (2x + 3)², step by step":
          - slider "Step (of 7)"
          - textbox "Step (of 7), value"
          - slider "Input x"
          - checkbox "Ask before a slope is shown" [checked]
          - text: Ask before a slope is shown Your slope
          - textbox "Your slope" [disabled]
          - text: On the way back, Next asks for a slope at each operation.
          - button /Previous/
          - button /Next/
          - button "Play"
          - button "Reset"
          - img /Step 1 of 7\\. Forward/
          - status: /Step 1 of 7\\. Forward/
        """
    )
    expect(stepper.get_by_role("slider", name="Input x")).to_have_attribute("aria-valuetext", "5")


def test_tab_goes_through_the_controls_in_the_order_in_which_they_stand(stepper):
    stepper.get_by_role("slider").first.focus()
    names = []
    for _ in range(8):
        names.append(
            stepper.page.evaluate(
                """() => document.activeElement.ariaLabel || document.activeElement.textContent.trim()
                || document.activeElement.closest("label").textContent.trim()"""
            )
        )
        stepper.page.keyboard.press("Tab")
    assert names == [
        "Step (of 7)",
        "Step (of 7), value",
        "Input x",
        "Ask before a slope is shown",
        "◀ Previous",
        "Next ▶",
        "Play",
        "Reset",
    ]


def test_keys_pressed_in_a_card_do_nothing_to_the_notebook(stepper):
    page = stepper.page
    cells = page.locator(".jp-CodeCell")
    before = cells.count()
    for role in ("slider", "button"):
        for key in ("ArrowDown", "ArrowUp", "a", "b", "x"):
            stepper.get_by_role(role).first.press(key)
    stepper.get_by_role("button", name="Reset").press("Enter")
    expect(stepper.get_by_role("status")).to_contain_text("Step 0 of 7")
    assert cells.count() == before


def test_play_goes_to_the_end_by_itself_and_pause_holds_it(stepper):
    status = stepper.get_by_role("status")
    stepper.get_by_role("button", name="Play").press("Enter")
    expect(status).to_contain_text("Step 2 of 7", timeout=20_000)
    stepper.get_by_role("button", name="Pause").press("Enter")
    expect(stepper.get_by_role("button", name="Play")).to_be_visible()
    held = status.text_content()
    stepper.page.wait_for_timeout(2000)
    assert status.text_content() == held
    stepper.get_by_role("slider", name="Step").press("End")
    expect(status).to_contain_text("Step 7 of 7")
    stepper.get_by_role("button", name="Play").press("Enter")
    expect(status).to_contain_text("Step 1 of 7", timeout=20_000)
    stepper.get_by_role("button", name="Previous").press("Enter")  # takes over
    expect(status).to_contain_text("Step 0 of 7")
    expect(stepper.get_by_role("button", name="Play")).to_be_visible()


def test_long_work_shows_its_progress_can_be_stopped_and_is_dropped_for_newer_settings(notebook):
    card = notebook.explorer(1)
    stop, status = card.get_by_role("button", name="Stop"), card.get_by_role("status")
    height = card.bounding_box()["height"]
    expect(stop).to_be_hidden()
    rate = card.get_by_role("slider", name="Learning rate")
    rate.press("ArrowRight")
    expect(stop).to_be_visible()
    expect(status).to_contain_text("Learning rate 0.1 ")  # the old result stays until there is a new one
    rate.press("ArrowRight")
    card.page.wait_for_function(
        "bar => bar.style.width > '0.2%'", arg=card.locator(".progress-bar").element_handle()
    )
    stop.press("Enter")
    expect(status).to_contain_text("Learning rate 0.126 ", timeout=20_000)
    expect(stop).to_be_hidden()
    assert card.bounding_box()["height"] == height
    assert notebook.errors == []


def test_the_picture_has_as_many_pixels_as_the_screen_up_to_1_4_for_one(lab, lab_page):
    cell = "from mlcourse.explorers import *; LearningRate()"
    notebook = lab_page().open(lab.write("pixels.ipynb", cell))
    screen = notebook.page.context.new_cdp_session(notebook.page)
    for ratio, drawn in ((1, 1), (2, 1.4)):
        about = {"width": 1300, "height": 1000, "deviceScaleFactor": ratio, "mobile": False}
        screen.send("Emulation.setDeviceMetricsOverride", about)
        card = notebook.run_all().explorer()
        card.get_by_role("slider", name="Steps").press("ArrowRight")
        expect(card.get_by_role("status")).to_contain_text("21 steps")
        picture = card.locator("img.mlc-picture")
        expect(picture).to_have_js_property("naturalWidth", 760 * drawn)
        assert picture.bounding_box()["width"] == 760
        # In a window where it has to be shown smaller, it is drawn large at once: so its type stays legible.
        screen.send("Emulation.setDeviceMetricsOverride", {**about, "width": 800})
        expect(picture).to_have_js_property("naturalWidth", 1064)
        assert picture.bounding_box()["width"] < 760
    # On a phone it scrolls in itself: within reach of the keyboard, and with a name.
    screen.send("Emulation.setDeviceMetricsOverride", {**about, "width": 500})
    expect(card.get_by_role("group", name="Picture")).to_have_attribute("tabindex", "0")
    screen.send("Emulation.clearDeviceMetricsOverride")
    screen.detach()
    assert notebook.errors == []
