"""Pictures ahead on a real page: at once on any network, never an older state after a newer one."""

import re

import pytest
from lab_pages import press, wait_until_ahead
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

IMPORTS = "from mlcourse.explorers import *"
LOOP = """
for i in range(600):
    e.set(steps=1 + i % 50)
e.set(learning_rate=0.2, steps=30)
None
"""
# What the card has shown, in its order: the rate in its sentence.
WATCH = r"""card => {
  window.seen = [];
  const status = card.querySelector("[role=status]");
  new MutationObserver(() => seen.push(Number(/rate ([\d.]+)/.exec(status.textContent)[1])))
    .observe(status, {childList: true, characterData: true, subtree: true});
}"""
# How long a page waits for an answer of the kernel, which goes the way of the controls.
THERE_AND_BACK = """async () => {
  const begun = performance.now();
  await jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestKernelInfo();
  return performance.now() - begun;
}"""
IN_THE_KERNEL = """async code => {
  await jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code}).done;
}"""


@pytest.fixture(scope="module")
def notebook(lab, shared_lab_page):
    """Two explorers, the second shown twice, and moved from code through more states than a page can show."""
    cells = [IMPORTS, "LearningRate()", "e = LearningRate(); display(e, e)"]
    notebook = shared_lab_page().open(lab.write("ahead.ipynb", *cells)).run_all()
    wait_until_ahead(notebook.explorer(2))  # before the kernel has heard its page, each state is drawn
    notebook.page.evaluate(IN_THE_KERNEL, LOOP)
    return notebook


@pytest.fixture
def card(notebook):
    """The first, in its first state."""
    card = notebook.explorer()
    # From elsewhere, so that one sees when the reset has come back: one on its way would swallow a key press.
    card.get_by_role("slider", name="Steps").press("Home")
    expect(card.get_by_role("status")).to_contain_text("one step takes")
    card.get_by_role("button", name="Reset").press("Enter")
    expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.1 .*: 20 steps"))
    wait_until_ahead(card)
    return card


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


def test_set_from_code_moves_the_card_and_its_controls_are_followed_afterwards(notebook):
    cards = [notebook.explorer(i) for i in (1, 2)]
    for card in cards:
        expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.2 .*: 30 steps"))
    wait_until_ahead(cards[1])
    cards[0].get_by_role("slider", name="Steps").press("ArrowRight")
    for card in cards:
        expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.2 .*: 31 steps"))
    for after, steps in (10**9, 31), (0, 32):  # as if code had moved it since, and not
        notebook.page.evaluate(IN_THE_KERNEL, f"e._live._put['steps'] = {after}")
        cards[0].get_by_role("slider", name="Steps").press("ArrowRight")
        notebook.page.wait_for_timeout(1000)
        for card in cards:
            expect(card.get_by_role("status")).to_contain_text(re.compile(f"rate 0.2 .*: {steps} steps"))
    assert notebook.errors == []


def test_on_a_slow_network_the_next_pictures_are_there_too(card, network):
    network.seconds = 0.15
    try:
        assert card.page.evaluate(THERE_AND_BACK) > 150
        card.get_by_role("slider", name="Steps").press("ArrowRight")  # nothing of this line is there yet
        wait_until_ahead(card)
        assert press(card, "ArrowRight", 6) >= 5
        expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.2 .*: 21 steps"))
    finally:
        network.seconds = 0


def test_two_pages_on_one_kernel_each_show_where_their_own_controls_stand(card, lab_page):
    press(card, "ArrowRight", 1)
    card.page.evaluate("jupyterapp.commands.execute('docmanager:save')")  # the second page reads the file
    second = lab_page(second=True).open("ahead.ipynb")
    other = second.explorer()
    expect(other.get_by_role("status")).to_contain_text("Learning rate 0.112 ")
    other.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(other.get_by_role("status")).to_contain_text("Learning rate 0.126 ")
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.112 ")
    card.get_by_role("slider", name="Steps").press("ArrowLeft")
    expect(card.get_by_role("status")).to_contain_text(re.compile("rate 0.112 .*: 19 steps"), timeout=10_000)
    second.close(shut_down=False)


def test_after_a_restart_the_card_says_so_and_shows_what_was_ahead(card, notebook, axe, keep):
    card.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    expect(card.get_by_role("note")).to_contain_text("then the one above this card: LearningRate()")
    press(card, "ArrowRight", 1)
    expect(card.get_by_role("status")).to_contain_text("Learning rate 0.112 ")
    card.get_by_role("slider", name="Steps").press("Home")  # where two controls have moved, nothing was drawn
    card.get_by_role("combobox").select_option("round bowl")
    expect(card.get_by_role("status")).to_contain_text("This place was not drawn")
    keep(card, "alone")
    assert axe(card.page, ".mlc-explorer") == []
    notebook.run_all()
    expect(notebook.explorer().get_by_role("status")).to_contain_text("Learning rate 0.1 ")
    expect(notebook.explorer().get_by_role("note")).to_be_hidden()


def test_a_notebook_that_is_opened_again_shows_its_cards(lab, lab_page, keep):
    path = lab.write("again.ipynb", IMPORTS, "GraphStepper()")
    notebook = lab_page().open(path).run_all()
    card = notebook.explorer()
    wait_until_ahead(card, "Step")
    card.get_by_role("slider", name="Step").press("ArrowRight")
    expect(card.get_by_role("status")).to_contain_text("Step 1 of 7")
    card.page.wait_for_timeout(2500)
    card.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    card.page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    notebook.close()
    card = lab_page(second=True).open(path).explorer()  # a page that knows nothing of the first
    expect(card.get_by_role("status")).to_contain_text("Step 1 of 7")
    expect(card.get_by_role("note")).to_be_visible()
    card.get_by_role("slider", name="Step").press("ArrowRight")
    expect(card.get_by_role("status")).to_contain_text("Step 2 of 7")
    keep(card, "opened-again")
