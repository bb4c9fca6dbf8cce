"""Every explorer of the lessons in a real JupyterLab: moved by keyboard, looked at, scanned with axe.

All stand in one notebook, as to open one, to change the theme and to start a kernel takes longest.
"""

import ast
import math
import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from mlcourse import explorers
from mlcourse.authoring.course import Course
from mlcourse.explorers.settings import Choice, Number, Switch, Whole

pytestmark = pytest.mark.browser

NAMES = {name: getattr(explorers, name) for name in explorers.__all__ if name != "Explorer"}
CALL = re.compile(rf"^(?:{'|'.join(NAMES)})\(.*\)$")
SHOWN = """image => image.complete && image.naturalWidth > 0
  && image.alt === image.closest(".mlc-explorer").querySelector("[role=status]").textContent"""
# The visible parts of a card as rectangles, with what they say where they are too long for their place.
PARTS = """card => [...card.querySelectorAll(
    ".mlc-title, .mlc-controls > *, .mlc-controls .widget-label, .mlc-controls .widget-readout, "
    + ".mlc-buttons > button, img.mlc-picture, .mlc-summary > *")].map(part => {
  const box = part.getBoundingClientRect();
  return {what: part.className, left: box.left, right: box.right, top: box.top, bottom: box.bottom,
          inside: part.closest(".mlc-controls > *") !== null && !part.matches(".mlc-controls > *"),
          cut: part.scrollWidth > part.clientWidth + 1 && !part.matches("img")};
})"""


def explorers_of(path):
    """The cells of a notebook that show an explorer, with the cells that make what they show."""
    cells = [cell.source.strip() for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    shown = {}
    for number, cell in enumerate(cells):
        if CALL.match(cell):
            names = {node.id for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name)}
            shown[cell] = () if names <= set(NAMES) else (cells[0], cells[number - 1])
    return shown


CALLS = {
    call: before
    for lesson in Course.find(Path(__file__)).lessons()
    for call, before in explorers_of(lesson.learner).items()
}


@pytest.fixture(scope="module")
def notebook(lab, shared_lab_page):
    """All explorers of the lessons, one below the other."""
    sources = [source for call, before in CALLS.items() for source in (*before, call)]
    path = lab.write("explorers.ipynb", "from mlcourse.explorers import *", *sources)
    opened = shared_lab_page().open(path).run_all()
    opened.explorer(len(CALLS) - 1)
    assert opened.page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    return opened


@pytest.mark.parametrize("call", CALLS)
def test_each_control_moves_the_card_and_reset_brings_it_back(call, notebook):
    names = dict(NAMES)
    for source in CALLS[call]:
        exec(source, names)
    made = eval(call, names)
    card = notebook.explorer(list(CALLS).index(call))
    height = move_each_control(card, made)
    card.get_by_role("button", name="Reset").press("Enter")
    says(card, made.reset().summary)
    for menu in card.locator(".mlc-controls select").all():
        assert menu.input_value() in [str(value) for value in made.values.values()], "it shows another choice"
    assert card.bounding_box()["height"] == height, "the layout has jumped"
    assert notebook.errors == []


@pytest.mark.parametrize(("theme", "width"), [("Light", 1300), ("Dark", 800)])  # colours know no width
def test_nothing_overlaps_and_axe_finds_nothing(theme, width, notebook, axe, keep):
    notebook.theme(f"JupyterLab {theme}")
    notebook.page.set_viewport_size({"width": width, "height": 1000})
    for index, call in enumerate(CALLS):
        card, name = notebook.explorer(index), re.sub(r"\W+", "-", call).strip("-")
        if call.startswith("GraphStepper"):  # at the last step all that can be moved is to be seen
            card.get_by_role("slider", name="Step").press("End")
            expect(card.get_by_role("status")).to_have_text(re.compile(r"^Step (\d+) of \1\. "))
        nothing_overlaps(card, width)
        keep(card, f"{name}-{width}-{theme.lower()}")
    assert axe(notebook.page, ".mlc-explorer") == []
    notebook.theme("JupyterLab Light")
    notebook.page.set_viewport_size({"width": 1300, "height": 1000})
    assert notebook.errors == []


def test_every_explorer_has_its_place_in_a_lesson():
    assert {call.split("(")[0] for call in CALLS} == set(NAMES)


def move_each_control(card, made):
    """Press a key on each control; return the height of the card, which must stay the same."""
    image = card.locator("img.mlc-picture")
    says(card, made.summary)
    heights = {card.bounding_box()["height"]}
    values = {}
    for position, (name, setting) in enumerate(made.settings.items()):
        before = image.get_attribute("src")
        values[name] = press(card.locator(".mlc-controls > *").nth(position), setting)
        says(card, made.set(**values).summary)
        expect(image, f"{name}: no new picture").not_to_have_attribute("src", before)
        heights.add(card.bounding_box()["height"])
    assert len(heights) == 1, f"the layout jumps between {sorted(heights)}"
    return heights.pop()


def press(control, setting):
    """Move a control by the keyboard alone; return the value that it should have then."""
    if isinstance(setting, Switch):
        control.locator("input").press("Space")
        return not setting.start
    if isinstance(setting, Choice) and not setting.slider:
        control.locator("select").press("ArrowDown")
        return setting.options[setting.options.index(setting.start) + 1]
    if setting.label.startswith("Step (of"):  # to the last: there all that can be moved is to be seen
        control.locator(".noUi-handle").press("End")
        return setting.high
    up = setting.start != getattr(setting, "high", None)
    control.locator(".noUi-handle").press("ArrowRight" if up else "ArrowLeft")
    step = 1 if up else -1
    if isinstance(setting, Choice):
        return setting.options[setting.options.index(setting.start) + step]
    if isinstance(setting, Whole):
        return setting.start + step
    assert isinstance(setting, Number)
    scale = math.log10 if setting.logarithmic else float
    notch = round((scale(setting.start) - scale(setting.low)) / setting.step) + step
    moved = scale(setting.low) + notch * setting.step
    return 10**moved if setting.logarithmic else moved


def says(card, summary):
    """Wait until the card says this, its picture being there and described by the same words."""
    expect(card.get_by_role("status")).to_have_text(summary, timeout=20_000)
    card.page.wait_for_function(SHOWN, arg=card.locator("img.mlc-picture").element_handle(), timeout=5_000)


def nothing_overlaps(card, width):
    """Check that all parts are in sight, none is cut short, and none covers another."""
    parts = [part for part in card.evaluate(PARTS) if part["right"] > part["left"]]
    for part in parts:
        assert part["left"] >= 0 and part["right"] <= width, f"{part['what']} sticks out at {width} px"
        assert not part["cut"], f"{part['what']} is cut short at {width} px"
    outer = [part for part in parts if not part["inside"]]
    inner = [part for part in parts if part["inside"]]
    for group in (outer, inner):
        for i, a in enumerate(group):
            for b in group[i + 1 :]:
                apart = (
                    a["right"] <= b["left"] + 1
                    or b["right"] <= a["left"] + 1
                    or a["bottom"] <= b["top"] + 1
                    or b["bottom"] <= a["top"] + 1
                )
                assert apart, f"{a['what']} and {b['what']} overlap at {width} px"
