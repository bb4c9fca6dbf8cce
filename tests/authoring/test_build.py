import nbformat
import pytest
from nbgrader.utils import is_grade, is_solution

from mlcourse.authoring import build, out_of_date

STUB = "raise NotImplementedError  # write your code here, then delete this line"


def cell(notebook, cell_id):
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def test_instructor_edition_is_executed_and_keeps_the_solution(built):
    instructor, _ = built
    assert "return x + x" in cell(instructor, "double-solution").source
    assert cell(instructor, "double").outputs[0].data["text/plain"] == "2.0"


def test_learner_edition_has_stubs_and_no_outputs(built):
    _, learner = built
    assert cell(learner, "double-solution").source.endswith(f'"""Twice x."""\n    {STUB}')
    assert all(not c.outputs and c.execution_count is None for c in learner.cells if c.cell_type == "code")
    assert "repeated" not in nbformat.writes(learner)


@pytest.mark.parametrize("edition", [0, 1])
def test_nbgrader_metadata_come_from_the_declaration(built, edition):
    notebook = built[edition]
    graded = cell(notebook, "double")
    assert graded.metadata.nbgrader.grade_id == "double"
    assert graded.metadata.nbgrader.points == 2
    assert graded.metadata.nbgrader.locked
    assert is_grade(graded) and not is_solution(graded)
    solution = cell(notebook, "double-solution")
    assert is_solution(solution) and not is_grade(solution)
    manual = cell(notebook, "why")
    assert is_solution(manual) and is_grade(manual) and manual.metadata.nbgrader.points == 0


def test_a_second_build_writes_the_same_bytes(course, built):
    (lesson,) = course.lessons()
    before = lesson.instructor.read_bytes(), lesson.learner.read_bytes()
    assert build([lesson]) == []
    assert (lesson.instructor.read_bytes(), lesson.learner.read_bytes()) == before


def test_nothing_of_the_machine_or_the_run_is_stored(course, edit):
    edit("# Doubling", "# Doubling\n\n```{code-cell}\nfrom ipywidgets import IntSlider\n\nIntSlider()\n```")
    (lesson,) = course.lessons()
    assert build([lesson]) == []
    notebook = nbformat.read(lesson.instructor, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert "version" not in notebook.metadata.language_info
    assert all(set(c.metadata) <= {"nbgrader"} for c in notebook.cells)
    (shown,) = notebook.cells[1].outputs
    assert set(shown.data) == {"text/plain"}, "a widget's view has another name at every run"


def test_printed_text_is_stored_in_one_piece(course, edit):
    talk = "import time\n\nfor word in ('one', 'two'):\n    print(word, flush=True)\n    time.sleep(0.5)"
    edit("# Doubling", f"# Doubling\n\n```{{code-cell}}\n{talk}\n```")
    (lesson,) = course.lessons()
    assert build([lesson]) == []
    (said,) = nbformat.read(lesson.instructor, as_version=4).cells[1].outputs
    assert said.text == "one\ntwo\n"


def test_a_new_cell_changes_no_other_cells_id(course, built, edit):
    edit("Write it.", "A new cell.\n\n+++\n\nWrite it.")
    (lesson,) = course.lessons()
    assert build([lesson]) == []
    after = [cell.id for cell in nbformat.read(lesson.instructor, as_version=4).cells]
    assert after[:1] + after[2:] == [cell.id for cell in built[0].cells]


def test_a_build_leaves_nothing_but_the_two_notebooks(course, built):
    files = {path.relative_to(course.root).as_posix() for path in course.root.rglob("*") if path.is_file()}
    assert files == {
        "nbgrader_config.py",
        "solutions/01-doubling/01-doubling.md",
        "solutions/01-doubling/01-doubling.ipynb",
        "lessons/01-doubling/01-doubling.ipynb",
    }


def test_files_beside_the_source_reach_the_learner(course):
    (course.root / "solutions" / "01-doubling" / "table.csv").write_text("1,2\n")
    assert build(course.lessons()) == []
    assert (course.root / "lessons" / "01-doubling" / "table.csv").read_text() == "1,2\n"


def test_the_start_page_has_a_learner_edition_only(course):
    (course.root / "solutions" / "start.md").write_text("# Start\n\n```{code-cell}\nprint(1)\n```\n")
    assert build(course.lessons(("start",))) == []
    start = nbformat.read(course.root / "lessons" / "start.ipynb", as_version=4)
    assert [c.source for c in start.cells] == ["# Start", "print(1)"]
    assert start.cells[1].outputs == []
    assert not (course.root / "solutions" / "start.ipynb").exists()
    (course.root / "lessons" / "exercises.py").touch()  # somebody's own
    assert out_of_date(course.lessons(("start",))) == [] == build(course.lessons(("start",)))
    assert (course.root / "lessons" / "exercises.py").exists()


def test_check_is_silent_on_a_fresh_build(course, built):
    assert out_of_date(course.lessons()) == []


def test_check_before_a_build_says_not_built(course):
    (error,) = out_of_date(course.lessons())
    assert (
        error.message
        == "solutions/01-doubling/01-doubling.ipynb is not built; run: mlcourse build 01-doubling"
    )


def test_check_notices_an_edited_source(course, built, edit):
    edit("Write it.", "Write it now.")
    (error,) = out_of_date(course.lessons())
    assert "solutions/01-doubling/01-doubling.ipynb is out of date (cell 2 differs" in error.message


def test_check_notices_a_notebook_edited_by_hand(course, built):
    (lesson,) = course.lessons()
    lesson.learner.write_text(lesson.learner.read_text().replace("Write it.", "Draw it."))
    (error,) = out_of_date([lesson])
    assert "lessons/01-doubling/01-doubling.ipynb is out of date" in error.message


def test_check_notices_points_that_disagree(course, built):
    (lesson,) = course.lessons()
    lesson.learner.write_text(lesson.learner.read_text().replace('"points": 2', '"points": 20'))
    (error,) = out_of_date([lesson])
    assert "points of cell 5: 20 instead of 2" in error.message


def test_check_names_a_notebook_that_is_not_json(course, built):
    (lesson,) = course.lessons()
    lesson.instructor.write_text("not json")
    (error,) = out_of_date([lesson])
    assert "solutions/01-doubling/01-doubling.ipynb is not a notebook" in error.message
