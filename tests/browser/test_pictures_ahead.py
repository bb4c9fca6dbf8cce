"""Pictures ahead on a real page: at once on any network, never an older state after a newer one."""

import importlib.util
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser

_spec = importlib.util.spec_from_file_location("slow_network", Path(__file__).with_name("slow_network.py"))
slow_network = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(slow_network)

IMPORTS = "from mlcourse.explorers import *"
# What the card has shown, in its order: the rate in its sentence.
WATCH = r"""card => {
  window.seen = [];
  const status = card.querySelector("[role=status]");
  new MutationObserver(() => seen.push(Number(/rate ([\d.]+)/.exec(status.textContent)[1])))
    .observe(status, {childList: true, characterData: true, subtree: true});
}"""
# Whether the picture is another one as soon as a key press has been dealt with.
PRESS = """(handle, key) => {
  const picture = handle.closest(".mlc-explorer").querySelector("img.mlc-picture"), before = picture.src;
  handle.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  return picture.src !== before;
}"""


@pytest.fixture(scope="module")
def notebook(lab, shared_lab_page):
    """One explorer, in its first state before each test."""
    return shared_lab_page().open(lab.write("ahead.ipynb", IMPORTS, "LearningRate()")).run_all()


@pytest.fixture
def card(notebook):
    card = notebook.explorer()
    card.get_by_role("button", name="Reset").press("Enter")
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.1 ")
    wait_until_ahead(card)
    return card


def wait_until_ahead(card, key="ArrowRight", back="ArrowLeft", handle=None):
    """Wait until the next step is there: it shows, and the step back, at once."""
    handle = handle or card.get_by_role("slider", name="Learning rate")
    for _ in range(40):
        card.page.wait_for_timeout(250)
        if handle.evaluate(PRESS, key):
            handle.evaluate(PRESS, back)
            card.page.wait_for_timeout(250)
            return
        handle.evaluate(PRESS, back)
    raise AssertionError("nothing is ahead after ten seconds")


def press(card, key, count):
    handle = card.get_by_role("slider", name="Learning rate")
    ahead = 0
    for _ in range(count):
        ahead += handle.evaluate(PRESS, key)
        card.page.wait_for_timeout(120)
    return ahead


def test_picture_words_label_and_the_kernel_are_one_step_further(card, notebook):
    assert press(card, "ArrowRight", 6) >= 5
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.2 ")
    expect(card.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.2")
    picture = card.locator("img.mlc-picture")
    assert picture.get_attribute("alt") == card.get_by_role("status").text_content()
    card.get_by_role("slider", name="Steps").press("ArrowRight")  # the kernel knows the rate
    expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.2 .*: 21 steps"))
    assert notebook.errors == []


def test_a_control_moved_while_pictures_arrive_ends_at_its_newest_state(card):
    card.evaluate(WATCH)
    steps = card.get_by_role("slider", name="Steps")
    steps.press("End")  # nothing is ahead here
    handle = card.get_by_role("slider", name="Learning rate")
    handle.evaluate(
        """async handle => {
          for (let i = 0; i < 6; i++) {
            handle.dispatchEvent(
              new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true, cancelable: true}));
            await new Promise(done => setTimeout(done, 33));
          }
        }"""
    )
    expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.2 .*: 50 steps"))
    card.page.wait_for_timeout(1000)
    seen = card.page.evaluate("seen")
    assert seen == sorted(seen) and seen[-1] == 0.2


def test_set_from_code_moves_the_card_without_a_state_in_between(lab, lab_page):
    cells = [IMPORTS, "e = LearningRate(); e", "e.set(learning_rate=0.2, steps=30)\nNone"]
    notebook = lab_page().open(lab.write("code.ipynb", *cells)).run_all()
    status = notebook.explorer().get_by_role("status")
    expect(status).to_contain_text(re.compile("rate 0.2 .*: 30 steps"))
    assert notebook.errors == []


def test_on_a_slow_network_the_next_pictures_are_there_too(lab, lab_page):
    network = slow_network.SlowNetwork(int(lab.url.rsplit(":", 1)[1]), 0.15)
    far = replace(lab, url=f"http://127.0.0.1:{network.port}")
    path = lab.write("far.ipynb", IMPORTS, "LearningRate()")
    card = lab_page(lab=far).open(path).run_all().explorer()
    wait_until_ahead(card)
    assert press(card, "ArrowRight", 6) >= 5
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.2 ")


def test_two_pages_on_one_kernel_each_show_where_their_own_controls_stand(card, lab, lab_page):
    press(card, "ArrowRight", 1)
    card.page.evaluate("jupyterapp.commands.execute('docmanager:save')")  # the second page reads the file
    second = lab_page(fresh=True).open("ahead.ipynb")
    other = second.explorer()
    expect(other.get_by_role("status")).to_contain_text("Learning rate 0.112 ")
    other.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(other.get_by_role("status")).to_contain_text("Learning rate 0.126 ")
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.112 ")
    card.get_by_role("slider", name="Steps").press("ArrowLeft")
    expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.112 .*: 19 steps"), timeout=10_000)
    second.page.close()


def test_after_a_restart_the_card_says_so_and_shows_what_was_ahead(lab, lab_page, axe, keep):
    notebook = lab_page().open(lab.write("alone.ipynb", IMPORTS, "LearningRate()")).run_all()
    card = notebook.explorer()
    wait_until_ahead(card)
    card.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(card.get_by_role("note")).to_contain_text("then the one above this card: LearningRate()")
    press(card, "ArrowRight", 1)
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.112 ")
    card.get_by_role("combobox").select_option("round bowl")
    expect(card.get_by_role("status")).to_contain_text("This place was not drawn")
    keep(card, "alone")
    assert axe(card.page, ".mlc-explorer") == []
    notebook.run_all()
    expect(notebook.explorer().get_by_role("status")).to_contain_text("Learning rate 0.1 ")
    expect(notebook.explorer().get_by_role("note")).to_be_hidden()


def test_a_notebook_that_is_opened_again_shows_its_cards(lab, lab_page, keep):
    settings = lab.folder.parent / "lab-settings" / "@jupyter-widgets" / "jupyterlab-manager"
    settings.mkdir(parents=True, exist_ok=True)
    switch = settings / "plugin.jupyterlab-settings"
    switch.write_text(json.dumps({"saveState": True}))
    try:
        path = lab.write("again.ipynb", IMPORTS, "GraphStepper()")
        notebook = lab_page(fresh=True).open(path).run_all()
        card = notebook.explorer()
        wait_until_ahead(card, handle=card.get_by_role("slider", name="Step"))
        card.get_by_role("slider", name="Step").press("ArrowRight")
        expect(card.get_by_role("status")).to_contain_text("Step 1 of 7")
        card.page.wait_for_timeout(2500)
        card.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        card.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
        card.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        card.page.wait_for_timeout(500)
        card.page.close()
        card = lab_page(fresh=True).open(path).explorer()
        expect(card.get_by_role("status")).to_contain_text("Step 1 of 7")
        expect(card.get_by_role("note")).to_be_visible()
        card.get_by_role("slider", name="Step").press("ArrowRight")
        expect(card.get_by_role("status")).to_contain_text("Step 2 of 7")
        keep(card, "opened-again")
    finally:
        switch.unlink()
