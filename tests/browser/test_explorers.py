"""Every explorer in its lesson in a real JupyterLab: moved by keyboard, looked at, scanned with axe."""

import ast
import math
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from mlcourse import explorers
from mlcourse.authoring.course import Course
from mlcourse.explorers.settings import Choice, Number, Switch, Whole

expect = pytest.importorskip("playwright.sync_api").expect
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


def calls_in(path):
    """The cells of a notebook that show an explorer."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell.source.strip() for cell in notebook.cells if cell.cell_type == "code"]
    return [cell for cell in cells if CALL.match(cell)]


COURSE = Course.find(Path(__file__))
IN_LESSONS = {lesson.name: calls_in(lesson.learner) for lesson in COURSE.lessons()}


def cut_down(notebook, calls):
    """The notebook with its explorers, the text above each, and the code that they need: nbval runs all."""
    needed = {node.id for call in calls for node in ast.walk(ast.parse(call)) if isinstance(node, ast.Name)}
    cells = notebook.cells
    imports = next(cell for cell in cells if cell.cell_type == "code")
    shown = [number for number, cell in enumerate(cells) if cell.source.strip() in calls]
    kept = {number - 1 for number in shown if cells[number - 1].cell_type == "markdown"}
    for number, cell in enumerate(cells):
        if cell is imports or (cell.cell_type == "code" and not needed <= set(NAMES)):
            kept.add(number)
    notebook.cells = [cells[number] for number in sorted(kept.union(shown))]
    return notebook


@pytest.mark.parametrize("lesson", [name for name, calls in IN_LESSONS.items() if calls])
def test_explorers_of_a_lesson(lesson, lab, lab_page, axe, keep):
    shutil.copytree(COURSE.root / "lessons" / lesson, lab.folder / lesson, dirs_exist_ok=True)
    path, calls = f"{lesson}/{lesson}.ipynb", IN_LESSONS[lesson]
    notebook = nbformat.read(lab.folder / path, as_version=4)
    nbformat.write(cut_down(notebook, calls), lab.folder / path)
    look_at(path, calls, lab_page, axe, keep)


def test_every_explorer_has_its_place_in_a_lesson():
    shown = {call.split("(")[0] for calls in IN_LESSONS.values() for call in calls}
    assert shown == set(NAMES)


def look_at(path, calls, lab_page, axe, keep):
    """Open a notebook, run all, and try each of its explorers."""
    notebook = lab_page().open(path).run_all()
    assert notebook.page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    tried = []
    for index, call in enumerate(calls):
        card = notebook.explorer(index)
        try:
            made = eval(call, dict(NAMES))
        except NameError:  # it shows what the lesson has computed
            card.get_by_role("slider").first.press("End")
            expect(card.get_by_role("status")).to_have_text(re.compile(r"^Step (\d+) of \1\. Backward"))
            continue
        tried.append((card, made, move_each_control(card, made), re.sub(r"\W+", "-", call).strip("-")))
    for theme, width in (("Light", 1300), ("Dark", 800)):  # colours know no width
        notebook.theme(f"JupyterLab {theme}")
        notebook.page.set_viewport_size({"width": width, "height": 1000})
        for card, _, _, name in tried:
            card.scroll_into_view_if_needed()
            nothing_overlaps(card, width)
            keep(card, f"{name}-{width}-{theme.lower()}")
        assert axe(notebook.page, ".mlc-explorer") == []
    notebook.page.set_viewport_size({"width": 1300, "height": 1000})
    for card, made, height, _ in tried:
        card.get_by_role("button", name="Reset").press("Enter")
        says(card, made.reset().summary)
        assert card.bounding_box()["height"] == height, "the layout has jumped"
    assert notebook.errors == []


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
