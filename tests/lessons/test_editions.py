"""Every lesson that exists, in both editions, whatever it teaches."""

import ast

import nbformat
import pytest
from nbgrader.utils import determine_grade, is_grade, is_solution

from mlcourse import exercises
from mlcourse.authoring import Course, out_of_date
from mlcourse.authoring.source import BEGIN, END

COURSE = Course.find()
LESSONS = [lesson for lesson in COURSE.lessons() if lesson.instructor]

every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


def read(path):
    return nbformat.read(path, as_version=4)


def by_id(notebook):
    return {cell.id: cell for cell in notebook.cells}


def code_lines(source):
    """Lines of code that say something: no comment, no text, no bare ``return A`` or ``else:``."""
    lines = set()
    for line in (line.strip() for line in source.splitlines()):
        try:
            tree = ast.parse(line)
        except SyntaxError:
            continue
        if any(isinstance(node, ast.BinOp | ast.Call | ast.Compare) for node in ast.walk(tree)):
            lines.add(ast.unparse(tree))
    return lines


def solution_lines(cell):
    inside, lines = False, []
    for line in cell.source.splitlines():
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside:
            lines.append(line)
    return code_lines("\n".join(lines))


@pytest.mark.parametrize("lesson", COURSE.lessons(), ids=lambda lesson: lesson.name)
def test_both_editions_are_what_the_text_says(lesson):
    assert [error.message for error in out_of_date([lesson])] == []


@every_lesson
def test_every_exercise_has_its_cells_and_points_in_the_order_of_the_declaration(lesson):
    for notebook in map(read, (lesson.instructor, lesson.learner)):
        graded = [cell for cell in notebook.cells if is_grade(cell) and not is_solution(cell)]
        declared = exercises.of_lesson(lesson.name)
        assert [(cell.id, cell.metadata.nbgrader.points) for cell in graded] == [
            (e.id, e.points) for e in declared
        ]


@every_lesson
def test_the_instructors_edition_scores_full_points_and_prints_no_warning(lesson):
    # That these stored outputs are what the cells really give is nbval's part, in test_nbval_strict.py.
    for cell in read(lesson.instructor).cells:
        # What needs PyTorch is not scored where the editions are built.
        if is_grade(cell) and not is_solution(cell) and not exercises.get(cell.id).requires:
            points, most = determine_grade(cell)
            assert points == most, cell.id
            (result,) = [output for output in cell.outputs if output.output_type == "execute_result"]
            assert float(result.data["text/plain"]) == most, "a full score must be won, not assumed"
        for output in cell.get("outputs", []):
            assert output.output_type != "error" and output.get("name") != "stderr", f"{cell.id}: {output}"
            assert "Warning" not in str(output.get("text", "")), cell.id


@every_lesson
def test_with_the_solutions_pasted_in_the_learners_edition_is_the_instructors(lesson):
    instructor, learner = read(lesson.instructor), read(lesson.learner)
    assert [cell.id for cell in learner.cells] == [cell.id for cell in instructor.cells]
    for mine, theirs in zip(learner.cells, instructor.cells, strict=True):
        if not is_solution(mine):
            assert mine.source == theirs.source and mine.cell_type == theirs.cell_type


@every_lesson
def test_the_learners_edition_contains_no_line_of_a_solution(lesson):
    instructor, learner = read(lesson.instructor), read(lesson.learner)
    solutions = set().union(*(solution_lines(cell) for cell in instructor.cells if is_solution(cell)))
    assert solutions
    for cell in learner.cells:
        if cell.cell_type == "code":
            leaked = code_lines(cell.source) & solutions
            assert not leaked, f"{cell.source.splitlines()[0]!r} gives a solution away"
        assert BEGIN not in cell.source and END not in cell.source


@every_lesson
def test_the_learners_edition_carries_no_outputs(lesson):
    cells = [cell for cell in read(lesson.learner).cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)
