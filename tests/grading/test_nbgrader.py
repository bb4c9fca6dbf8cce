"""nbgrader's own commands, with this repository's configuration: release, autograde, formgrader, feedback."""

import json
import re
import shutil
from copy import deepcopy
from html.parser import HTMLParser

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

from mlcourse.grading import nbgrader_plugins
from mlcourse.grading.classroom import Classroom
from mlcourse.grading.sandbox import SandboxError

LESSON = "02-two-layer-network"
SECRET = "a_word_of_the_hidden_test"
ASSERTS = f"""
assert sigmoid(0) == 0.5
### BEGIN HIDDEN TESTS
assert sigmoid(1) > 0.5, "{SECRET}"
### END HIDDEN TESTS
"""
WRONG = "def sigmoid(Z):\n    return 1 / (1 + np.exp(np.asarray(Z)))"
PATCH = """
import sys, mlcourse, mlcourse.feedback
from IPython.display import HTML, Javascript, Markdown, display
def check(*_): return 100.0
mlcourse.check = mlcourse.feedback.check = check
display(HTML("<script>alert('html')</script><b onclick='alert(1)'>bold</b>"), Javascript("alert('js')"))
display(Markdown("<script>alert('markdown')</script>"))
print("</pre><script>alert('printed')</script>")
"""
ANSWER = "<script>alert('answer')</script> Because [of](javascript:alert(1)) $i < n$."

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # of nbgrader's own
]


def book(root):
    return Gradebook(f"sqlite:///{root}/gradebook.db", "backpropagation")


def scores(root, student):
    """Of each exercise: automatic and manual score, and whether a person is asked to look."""
    with book(root) as opened:
        notebook = opened.find_submission_notebook(LESSON, LESSON, student)
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for grade in notebook.grades
        }


def with_answers(release, answers, *own):
    """A submission as bytes: the release with these sources by grade id, and cells of the learner's own."""
    filled = deepcopy(release)
    for cell in filled.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in answers:
            cell.source = answers[cell.metadata.nbgrader.grade_id]
    filled.cells[1:1] = [nbformat.v4.new_code_cell(source) for source in own]
    return nbformat.writes(filled).encode()


def answers_of(submission):
    """Sources of a submission's solution cells, by exercise."""
    cells = {cell["id"]: cell["source"] for cell in json.loads(submission)["cells"]}
    return {name: text for name, text in cells.items() if name.endswith("-solution")}


@pytest.fixture(scope="module")
def source(small_release):
    """The instructor's edition: beside the lesson's exercises a question, and a cell of plain asserts."""
    source = nbformat.from_dict(deepcopy(small_release))
    asserts, why = nbformat.v4.new_code_cell(ASSERTS), nbformat.v4.new_markdown_cell("Why?")
    about = {"schema_version": 3, "grade": True, "task": False}
    asserts.metadata.nbgrader = about | {
        "grade_id": "asserts",
        "points": 2,
        "locked": True,
        "solution": False,
    }
    why.metadata.nbgrader = about | {"grade_id": "why", "points": 3, "locked": False, "solution": True}
    source.cells += [asserts, why]
    return source


@pytest.fixture(scope="module")
def course(source, make_course, right, tmp_path_factory, nbgrader):
    """Folder of a course released, handed in by two students, and graded by nbgrader."""
    root = make_course(tmp_path_factory.mktemp("nbgrader") / "course", {}).root
    (root / "solutions" / LESSON).mkdir(parents=True)
    nbformat.write(source, root / "solutions" / LESSON / f"{LESSON}.ipynb")
    assert nbgrader(root, "generate_assignment", LESSON, "--force") == 0
    release = nbformat.read(root / "lessons" / LESSON / f"{LESSON}.ipynb", as_version=4)
    assert SECRET not in nbformat.writes(release)
    everybody = {
        "right": with_answers(release, answers_of(right) | {"why": ANSWER}),
        "patcher": with_answers(release, {"sigmoid-solution": WRONG}, PATCH),
    }
    for student, content in everybody.items():
        folder = root / "submitted" / student / LESSON
        folder.mkdir(parents=True)
        (folder / f"{LESSON}.ipynb").write_bytes(content)
    assert nbgrader(root, "autograde", LESSON) == 0
    return root


def autograded(root, student):
    """Graded cells of a notebook, by grade id."""
    path = root / "autograded" / student / LESSON / f"{LESSON}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells if "nbgrader" in cell.metadata}


class Page(HTMLParser):
    """Of a page the scripts and styles, the handlers and addresses, and the text."""

    def __init__(self, html):
        super().__init__()
        self.scripts, self.attributes, self.text, self._script = "", [], "", False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self._script = tag in ("script", "style")
        self.attributes += [
            f"{name}={value}"
            for name, value in attributes
            if name.startswith("on") or name in ("href", "src")
        ]

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script:
            self.scripts += data
        else:
            self.text += data


def test_release_leaves_out_hidden_tests_and_the_gradebook_keeps_them(course):
    assert SECRET not in (course / "lessons" / LESSON / f"{LESSON}.ipynb").read_text()
    with book(course) as opened:
        assert SECRET in opened.find_source_cell("asserts", LESSON, LESSON).source


def test_autograde_is_sealed_so_that_a_patched_check_gains_nothing(course):
    assert scores(course, "patcher") == {
        "sigmoid": (0, None, False),
        "backward-propagation": (0, None, False),
        "asserts": (0, None, False),
        "why": (0, None, False),
    }
    assert scores(course, "right") == {
        "sigmoid": (1, None, False),
        "backward-propagation": (4, None, False),
        "asserts": (2, None, False),
        "why": (None, None, True),
    }


def test_formgrader_shows_points_and_asks_for_the_manual_ones(course):
    config = Config()
    config.CourseDirectory.root, config.CourseDirectory.course_id = str(course), "backpropagation"
    shown = {about["student"]: about for about in NbGraderAPI(config=config).get_submissions(LESSON)}
    assert {name: (about["score"], about["max_score"]) for name, about in shown.items()} == {
        "right": (7, 10),
        "patcher": (0, 10),
    }
    assert {name: about["needs_manual_grade"] for name, about in shown.items()} == {
        "right": True,
        "patcher": False,
    }


def test_mlcourse_grade_and_nbgrader_autograde_enter_the_same(course, grade_class, tmp_path):
    root = shutil.copytree(course, tmp_path / "course")
    students = grade_class(Classroom(root))
    for student in ("right", "patcher"):
        assert scores(root, student) == scores(course, student)
        assert students[student]["flags"] == ["unsealed: asserts"]
        assert students[student]["exercises"]["asserts"]["kind"] == "unsealed"


def test_asserts_run_in_the_sandbox(course, grade_class, tmp_path):
    root = shutil.copytree(course, tmp_path / "course")
    shutil.rmtree(root / "submitted" / "patcher")
    path = root / "submitted" / "right" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    spy = f"""
import os
seen = os.path.exists({str(root)!r})
def sigmoid(Z):
    return 0.5 if not seen and os.getcwd() == "/learner" else 7
"""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "sigmoid-solution":
            cell.source = spy
    nbformat.write(notebook, path)
    exercises = grade_class(Classroom(root))["right"]["exercises"]
    (output,) = autograded(root, "right")["asserts"].outputs
    assert SECRET in output.evalue, "the first assert held, so it was the sandbox"
    assert (exercises["asserts"]["points"], exercises["sigmoid"]["points"]) == (0, 0)


def test_a_manual_grade_survives_a_regrade(course, nbgrader, tmp_path):
    root = shutil.copytree(course, tmp_path / "course")
    with book(root) as opened:
        grade = opened.find_grade("why", LESSON, LESSON, "right")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        opened.find_comment("why", LESSON, LESSON, "right").manual_comment = "Nearly."
        opened.db.commit()
    assert nbgrader(root, "autograde", LESSON, "--force", "--student=right") == 0
    assert scores(root, "right")["why"] == (None, 2.5, True)
    with book(root) as opened:
        assert opened.find_submission(LESSON, "right").score == 9.5
        assert opened.find_comment("why", LESSON, LESSON, "right").comment == "Nearly."


def test_a_regrade_that_fails_leaves_no_old_score_and_says_so(course, nbgrader, monkeypatch, tmp_path):
    root = shutil.copytree(course, tmp_path / "course")

    def refuses(job):
        raise SandboxError("bubblewrap is not installed")

    monkeypatch.setattr(nbgrader_plugins, "work", refuses)
    assert nbgrader(root, "autograde", LESSON, "--force", "--student=right") != 0
    assert {found[::2] for found in scores(root, "right").values()} == {(None, True)}
    assert not (root / "autograded" / "right" / LESSON).exists()
    assert scores(root, "patcher") == scores(course, "patcher")


def test_feedback_names_the_mistake_and_neither_runs_nor_reveals_anything(course, nbgrader):
    assert nbgrader(course, "generate_feedback", LESSON) == 0
    pages = {
        student: Page((course / "feedback" / student / LESSON / f"{LESSON}.html").read_text())
        for student in ("right", "patcher")
    }
    for page in pages.values():
        assert "alert(" not in page.scripts
        assert not [found for found in page.attributes if "alert(" in found or "javascript:" in found]
        assert SECRET not in page.text + page.scripts
    assert "Score: 7.0 / 10.0" in pages["right"].text
    assert "The sigmoid function (Score:" in pages["right"].text, "in the list of contents"
    assert "Test cell (Score:" not in pages["right"].text
    assert "Because [of]" in pages["right"].text
    assert "bold" in pages["patcher"].text
    assert "<script>alert('printed')</script>" in pages["patcher"].text, "as text"
    assert "AssertionError in a hidden test" in pages["patcher"].text
    assert "This is the sigmoid of -Z" in pages["patcher"].text
    assert not re.findall(r"\d\.\d{3}", pages["patcher"].text), "drawn inputs have many digits"
