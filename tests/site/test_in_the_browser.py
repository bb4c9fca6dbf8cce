"""The browser edition in Chromium, every name outside this machine blocked: it opens, runs and checks."""

import http.server
import json
import os
import threading
import time
from functools import partial
from pathlib import Path

import nbformat
import pytest

from mlcourse import exercises
from mlcourse.authoring import Course
from mlcourse.site import browser as edition

pytestmark = [pytest.mark.pyodide, pytest.mark.timeout(3600)]

COURSE = Course.find()
LESSONS = [lesson for lesson in COURSE.lessons() if lesson.instructor]
UNDER = "teaching/backprop"  # a path of its own, as on a host of many sites

SOLVE = """async (solutions) => {
  const app = window.jupyterapp, panel = app.shell.currentWidget;
  await panel.sessionContext.ready;
  for (const cell of panel.content.widgets) {
    const told = cell.model.sharedModel.getMetadata("nbgrader");
    if (told && told.solution && solutions[told.grade_id] !== undefined)
      cell.model.sharedModel.setSource(solutions[told.grade_id]);
  }
  app.commands.execute("notebook:run-all-cells");
}"""
STATE = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const isCode = cell => cell.model.type === "code" && cell.model.sharedModel.getSource();
  const cells = panel.content.widgets.filter(isCode);
  const points = {};
  let errors = [];
  for (const cell of cells) {
    const outputs = cell.model.outputs.toJSON(), told = cell.model.sharedModel.getMetadata("nbgrader");
    for (const output of outputs) if (output.output_type === "error") errors.push(output.evalue);
    const results = outputs.filter(output => output.output_type === "execute_result");
    if (told && told.grade && results.length) points[told.grade_id] = results[0].data["text/plain"];
  }
  return {left: cells.filter(cell => cell.model.executionCount === null).length, points, errors};
}"""


RUN = """async (code) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  let said = "";
  const running = kernel.requestExecute({code});
  running.onIOPub = ({header, content}) => { said += content.text ?? content.evalue ?? ""; };
  await running.done;
  return said;
}"""
DELETE = "path => window.jupyterapp.serviceManager.contents.delete(path)"
TRY = """
import json
from mlcourse import exercises
from mlcourse.feedback.checking import judge
found = {}
for exercise in exercises.of_lesson(LESSON):
    if not exercise.requires:
        space = dict(get_ipython().user_ns)
        exec(STUBS[exercise.id], space)
        nothing, _ = judge(exercise.id, tuple(space[name] for name in exercise.functions))
        part, *others = exercise.parts
        mistake = part.mistakes[-1]
        wrong, _ = judge(exercise.id, (mistake.function, *(other.reference for other in others)))
        finding = wrong.parts[0].finding
        named = finding is not None and finding.sentence == mistake.sentence
        found[exercise.id] = [nothing.attempted, nothing.points, wrong.points < exercise.points, named]
print(json.dumps(found))
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """A plain static host."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Address of the edition under a path of its own, and the server, which can be stopped."""
    pyodide = os.environ.get("MLCOURSE_PYODIDE")
    if not pyodide:
        pytest.skip("needs MLCOURSE_PYODIDE, a folder with a release of Pyodide")
    root = tmp_path_factory.mktemp("host")
    edition.build(COURSE, root / UNDER, Path(pyodide))
    settings = root / UNDER / "jupyter-lite.json"
    told = json.loads(settings.read_text())
    told["jupyter-config-data"]["exposeAppInBrowser"] = True  # so that a test can fill in a cell
    settings.write_text(json.dumps(told))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{UNDER}/", server
    server.shutdown()


@pytest.fixture
def opened(site, browser):
    """``opened(lesson)``: its page, ready to run; ends with a look at what was asked of other hosts.

    Each test has a browser's storage of its own: JupyterLab opens again what was open at the last visit.
    """
    address, server = site
    host = f"http://127.0.0.1:{server.server_port}/"
    context = browser.new_context(viewport={"width": 1300, "height": 850})
    page, outside = context.new_page(), []
    page.on("dialog", lambda asked: asked.accept())  # whether to leave a page that is not saved
    page.on(
        "request", lambda r: None if r.url.startswith((host, "data:", "blob:")) else outside.append(r.url)
    )

    def go(lesson):
        page.goto(f"{address}notebooks/index.html?path=lessons/{lesson}/{lesson}.ipynb")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=300_000)
        page.wait_for_function(
            "window.jupyterapp.commands.hasCommand('notebook:run-all-cells')", timeout=60_000
        )
        return page

    yield go
    context.close()
    assert outside == []


def ran(page, seconds=1200):
    """What the graded cells say when every cell has run."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page.wait_for_timeout(2000)
        state = page.evaluate(STATE)
        if not state["left"]:
            page.wait_for_timeout(1000)
            return page.evaluate(STATE)
    raise AssertionError(f"{state['left']} cells have not run")


@pytest.mark.parametrize("lesson", [lesson.name for lesson in LESSONS])
def test_every_exercise_is_checked_there_with_full_points(lesson, opened):
    (found,) = [other for other in LESSONS if other.name == lesson]
    cells = nbformat.read(found.instructor, as_version=4).cells
    graded = [(cell.metadata.get("nbgrader", {}), cell.source) for cell in cells]
    page = opened(lesson)
    page.evaluate(SOLVE, {told["grade_id"]: source for told, source in graded if told.get("solution")})
    state = ran(page)
    assert state["errors"] == []
    for exercise in exercises.of_lesson(lesson):
        if exercise.requires:
            continue
        assert float(state["points"][exercise.id]) == exercise.points, exercise.id
    released = nbformat.read(found.learner, as_version=4).cells
    stubs = [cell for cell in released if cell.metadata.get("nbgrader", {}).get("solution")]
    stubs = {cell.metadata.nbgrader.grade_id.removesuffix("-solution"): cell.source for cell in stubs}
    said = json.loads(page.evaluate(RUN, f"LESSON, STUBS = {lesson!r}, {stubs!r}\n{TRY}"))
    not_attempted_and_named = [False, 0, True, True]
    assert said == dict.fromkeys(said, not_attempted_and_named)
    assert len(said) == sum(not exercise.requires for exercise in exercises.of_lesson(lesson))


def test_work_is_taken_along_and_brought_back(opened, tmp_path):
    page, lesson = opened("01-chain-rule"), "01-chain-rule"
    page.evaluate(SOLVE, {"power-chain-solution": "def power_chain(x):\n    return 'mine'"})
    page.evaluate("window.jupyterapp.shell.currentWidget.context.save()")

    def card():
        """The start page with its card."""
        page.goto(page.url.partition("?")[0] + "?path=lessons/start.ipynb")
        page.locator(".jp-CodeCell", has_text="progress()").last.locator(".cm-content").click(timeout=300_000)
        page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.ready.then(() => true)")
        page.keyboard.press("Shift+Enter")
        return page.get_by_role("button", name="Download my work")

    with page.expect_download(timeout=300_000) as download:
        card().click(timeout=300_000)
    download.value.save_as(tmp_path / "my-work.json")
    (kept,) = json.loads((tmp_path / "my-work.json").read_text())["answers"][lesson]
    assert kept["source"].endswith("return 'mine'")

    page.evaluate(DELETE, f"lessons/{lesson}/{lesson}.ipynb")  # what is released is there again
    card().wait_for(timeout=300_000)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bring my work back").click()
    chooser.value.set_files(tmp_path / "my-work.json")
    page.get_by_text(f"answers came back into {lesson}").wait_for(timeout=60_000)
    opened(lesson)
    page.locator(".jp-CodeCell", has_text="return 'mine'").wait_for(timeout=60_000)


def test_a_second_visit_needs_no_network(site, opened):
    opened("01-chain-rule")
    page = opened("01-chain-rule")  # the first visit's files are kept by then
    page.evaluate(SOLVE, {})
    ran(page)
    _, server = site
    server.shutdown()
    server.socket.close()
    page = opened("01-chain-rule")
    page.evaluate(SOLVE, {})
    assert ran(page)["points"]
