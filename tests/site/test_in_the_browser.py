"""The browser edition in Chromium, every name outside this machine blocked: it opens, runs and checks.

    MLCOURSE_PYODIDE=FOLDER pytest -m pyodide -n 0 tests/site/test_in_the_browser.py

where FOLDER holds a release of Pyodide. It takes about ten minutes, a third of them lesson 07, which trains.
"""

import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest
from browser_edition import MINUTES, Visit, let_in, serve

from mlcourse import exercises
from mlcourse.authoring import Course
from mlcourse.site import browser as edition

pytestmark = [pytest.mark.pyodide, pytest.mark.browser, pytest.mark.timeout(3600)]

COURSE = Course.find()
LESSONS = [lesson for lesson in COURSE.lessons() if lesson.instructor]
UNDER = "teaching/backprop"  # a path of its own, as on a host of many sites
OURS = ".jp-RenderedHTMLCommon, .mlc-explorer, .jupyter-widgets"
"""What a lesson shows. Beside it axe finds in JupyterLab itself: editors, the logo and the button that folds
a heading without a name, a picture (plt.show) without a text, a list of cells that is none, and a skip link
that comes first by its tabindex."""
TEXT_THAT_SCROLLS = 'scrollable-region-focusable: <div class="lm-Widget jp-RenderedHTMLCommon'
"""JupyterLab's own, too: a formula that is wider than its cell moves with the text around it."""
TRY = """
import json
import numpy as np
from mlcourse import exercises
from mlcourse.feedback.checking import judge
found = {}
for lesson, stubs in json.loads(STUBS).items():
    space = {"np": np}
    for exercise in exercises.of_lesson(lesson):
        if not exercise.requires:
            exec(stubs[exercise.id], space)
            nothing, _ = judge(exercise.id, tuple(space[name] for name in exercise.functions))
            part, *others = exercise.parts
            mistake = part.mistakes[-1]
            wrong, _ = judge(exercise.id, (mistake.function, *(other.reference for other in others)))
            finding = wrong.parts[0].finding
            named = finding is not None and finding.sentence == mistake.sentence
            found[exercise.id] = [nothing.attempted, nothing.points, wrong.points < exercise.points, named]
print(json.dumps(found))
"""

WRITE = """
try:
    with open("note.txt", "w") as file:
        file.write(100_000 * "x")
except OSError:
    print("refused")
"""
BRING_BACK = """
from mlcourse.feedback import progress_card
print(progress_card._merged("my-work.json", b'{"version": 1, "points": {"two-paths": 2}}'))
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """A static host with the edition below a path; ``MLCOURSE_BROWSER_EDITION`` names one that is built."""
    pyodide, built = (os.environ.get(f"MLCOURSE_{name}") for name in ("PYODIDE", "BROWSER_EDITION"))
    if not pyodide and not built:
        pytest.skip("needs MLCOURSE_PYODIDE, a folder with a release of Pyodide")
    root = tmp_path_factory.mktemp("host")
    place = root / UNDER
    if built:
        shutil.copytree(built, place)
    else:
        edition.build(COURSE, place, Path(pyodide))
    let_in(place)
    server = serve(root)
    yield server
    server.shutdown()


@pytest.fixture(scope="module")
def visit(host, browser):
    """One visit for all tests: what the browser has kept of one lesson it has for the next."""
    visit = Visit(browser, f"{host.address}{UNDER}/")
    yield visit
    visit.close()


@pytest.fixture(autouse=True)
def _nothing_leaves_the_host(visit):
    yield
    assert visit.elsewhere == []


def cells_of(path):
    """Sources of a notebook's solution cells, by grade_id."""
    cells = nbformat.read(path, as_version=4).cells
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_exercise_is_checked_there_with_full_points(lesson, visit, axe):
    visit.open(lesson.name)
    visit.fill(cells_of(lesson.instructor))
    state = visit.run_all()
    assert state["errors"] == []
    for exercise in exercises.of_lesson(lesson.name):
        if not exercise.requires:
            assert float(state["points"][exercise.id]) == exercise.points, exercise.id
    for card in visit.page.locator(".mlc-explorer").all():  # complete when it has come into sight
        card.scroll_into_view_if_needed()
        card.and_(visit.page.get_by_role("group")).wait_for()
    found = axe(visit.page, OURS)
    assert [each for each in found if not each.startswith(TEXT_THAT_SCROLLS)] == []


def test_a_stub_has_no_points_and_a_known_mistake_of_each_exercise_is_named(visit):
    stubs = {
        lesson.name: {
            name.removesuffix("-solution"): source for name, source in cells_of(lesson.learner).items()
        }
        for lesson in LESSONS
    }
    visit.open("start")
    said = json.loads(visit.tell(f"STUBS = {json.dumps(stubs)!r}\n{TRY}"))
    not_attempted_and_named = [False, 0, True, True]
    assert said == dict.fromkeys(said, not_attempted_and_named)
    assert set(said) == {
        exercise.id
        for lesson in LESSONS
        for exercise in exercises.of_lesson(lesson.name)
        if not exercise.requires
    }


def card(visit):
    """The button that takes work along, on the start page, once its card is there."""
    page = visit.open("start")
    page.locator(".jp-CodeCell", has_text="progress()").last.locator(".cm-content").click()
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready.then(() => true)")
    page.keyboard.press("Shift+Enter")
    button = page.get_by_role("button", name="Download my work")
    button.wait_for(timeout=5 * MINUTES)
    return button


def test_work_is_taken_along_and_brought_back(visit, tmp_path):
    lesson = "01-chain-rule"
    page = visit.open(lesson)
    visit.fill({"power-chain-solution": "def power_chain(x):\n    return 'mine'"})
    page.evaluate("window.jupyterapp.shell.currentWidget.context.save()")

    button = card(visit)
    with page.expect_download() as download:
        button.click()
    download.value.save_as(tmp_path / "my-work.json")
    kept = json.loads((tmp_path / "my-work.json").read_text())["answers"][lesson]
    assert "def power_chain(x):\n    return 'mine'" in [cell["source"] for cell in kept]

    delete = "path => window.jupyterapp.serviceManager.contents.delete(path)"
    page.evaluate(delete, f"lessons/{lesson}/{lesson}.ipynb")  # what is released is there again
    card(visit)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bring my work back").click()
    chooser.value.set_files(tmp_path / "my-work.json")
    page.get_by_text(f"answers came back into {lesson}").wait_for(timeout=MINUTES)
    visit.open(lesson)
    page.locator(".jp-CodeCell", has_text="return 'mine'").wait_for(timeout=MINUTES)


def test_a_full_storage_is_said_in_a_line_and_what_was_saved_stays(host, browser):
    visit = Visit(browser, f"{host.address}{UNDER}/")
    page = visit.open("01-chain-rule")
    save = "window.jupyterapp.shell.currentWidget.context.save().catch(() => {})"
    visit.fill({"power-chain-solution": "before"})
    page.evaluate(save)
    devtools, origin = visit.context.new_cdp_session(page), host.address.rstrip("/")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    page.wait_for_timeout(35_000)  # for so long the browser counts on the room that there was
    visit.fill({"power-chain-solution": f"after {'x' * 100_000}"})
    page.evaluate(save)
    said = page.get_by_role("alert").filter(has_text="storage is full")
    said.wait_for(timeout=MINUTES)
    assert "make room" in said.inner_text() and "save again" in said.inner_text()
    stored = visit.tell("print(open('01-chain-rule.ipynb').read())")
    assert "before" in stored and "after x" not in stored
    assert visit.tell(WRITE) == "refused\n"
    assert "was not brought back" in visit.tell(BRING_BACK)
    visit.close()


def test_a_second_visit_needs_no_network(visit, host):
    host.shutdown()
    host.socket.close()
    visit.open("01-chain-rule")
    visit.fill({})
    assert visit.run_all()["points"]
