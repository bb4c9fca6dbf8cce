"""What a person sees who types it: one line for each error, and the exit code."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from mlcourse import exercises
from mlcourse.cli import main

HEADER = "---\nkernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
SOLUTION = (
    "```{{code-cell}} ipython3\n:exercise: {0}\n:role: solution\n\n"
    "def double(x):\n    ### BEGIN SOLUTION\n    return x + x\n    ### END SOLUTION\n```\n\n"
)
CHECK = '```{{code-cell}} ipython3\n:exercise: {0}\n:role: check\n\ncheck("{0}", double)\n```\n\n'
DEFINE_CHECK = "```{code-cell} ipython3\ndef check(*arguments):\n    return 2.0\n```\n\n"
GOOD = HEADER + DEFINE_CHECK + SOLUTION.format("double") + CHECK.format("double")


@pytest.fixture
def source(tmp_path, monkeypatch):
    """Text source of the one lesson of a course, which is the current folder."""
    part = exercises.Part("double", inputs=dict, reference=lambda x: x + x, returns="y")
    declared = (exercises.Exercise("double", "01-doubling", 2, (part,), "Doubling"),)
    monkeypatch.setattr(exercises, "of_lesson", lambda lesson, own="": declared)
    (tmp_path / "lessons").mkdir()
    repository = Path(__file__).resolve().parents[2]
    (tmp_path / "nbgrader_config.py").write_text((repository / "nbgrader_config.py").read_text())
    path = tmp_path / "solutions" / "01-doubling" / "01-doubling.md"
    path.parent.mkdir(parents=True)
    path.write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    return path


def run(*arguments):
    result = CliRunner().invoke(main, ["build", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output.strip().splitlines()


def test_build_then_check(source):
    assert run() == (0, ["1 lesson built"])
    assert run("--check") == (0, ["1 lesson up to date"])
    source.write_text(GOOD.replace("x + x", "2 * x"))
    code, lines = run("--check")
    assert code == 1
    assert len(lines) == 1 and "out of date" in lines[0]


BROKEN = {
    "unknown exercise": (
        GOOD + SOLUTION.format("triple"),
        "cell 4: no exercise 'triple' is declared for this lesson; there are: double",
    ),
    "missing exercise": (HEADER + "# Empty\n", "exercise 'double' is missing: no cell with role solution"),
    "missing check": (HEADER + SOLUTION.format("double"), "'double' is missing: no cell with role check"),
    "exercise twice": (
        GOOD + CHECK.format("double"),
        "cell 4: exercise 'double' has a second cell with role check",
    ),
    "points that disagree": (
        GOOD.replace(":role: check", ":role: check\n:points: 3"),
        "cell 3: 3 points here, but 2 where 'double' is declared",
    ),
    "check before solution": (
        HEADER + CHECK.format("double") + SOLUTION.format("double"),
        "cell 1: exercise 'double' is checked before its solution cell",
    ),
    "check of something else": (
        GOOD.replace('check("double", double)', 'check("double", print)'),
        "cell 3: the graded cell of 'double' must be just: check(\"double\", double)",
    ),
    "other function": (
        GOOD.replace("def double", "def twice"),
        "cell 2: the solution of 'double' does not define",
    ),
    "solution unmarked": (GOOD.replace("### END SOLUTION", ""), "cell 2: the solution of 'double' needs"),
    "solution outside a function": (
        GOOD.replace("    ### BEGIN SOLUTION", "### BEGIN SOLUTION"),
        "cell 2: 'BEGIN SOLUTION' of 'double' must be indented into a function",
    ),
    "solution elsewhere": (
        GOOD + "```{code-cell}\n### BEGIN SOLUTION\n### END SOLUTION\n```\n",
        "cell 4: 'BEGIN SOLUTION' outside a cell with :role: solution",
    ),
    "unknown role": (GOOD.replace(":role: check", ":role: chekc"), "role 'chekc' is none of"),
    "no Python": (GOOD.replace("def double(x):", "def double(x:"), "cell 2: line 1 does not parse"),
    "no YAML": (GOOD.replace(":exercise: double\n:role: check", "---\na: [\n---"), "is not a MyST notebook"),
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("mode", [(), ("--check",)])
def test_a_broken_source_is_one_line_that_names_it_and_nothing_is_written(source, kind, mode):
    text, message = BROKEN[kind]
    source.write_text(text)
    code, lines = run(*mode)
    assert code == 1
    (line,) = lines
    assert line.startswith("Error: solutions/01-doubling/01-doubling.md") and message in line
    assert not list(source.parents[2].rglob("*.ipynb")) and not list(source.parents[2].rglob("*.tmp"))


def test_a_failing_cell_is_named_with_its_file_and_error_and_nothing_is_written(source):
    source.write_text(GOOD + '```{code-cell}\n# last\nraise ValueError("odd")\n```\n')
    code, lines = run()
    assert code == 1
    assert lines[-1] == "Error: solutions/01-doubling/01-doubling.md, cell 4 ('# last'): ValueError: odd"
    assert not list(source.parents[2].rglob("*.ipynb"))


def test_an_object_that_cannot_be_shown_is_named_by_its_own_error(source):
    text = "class Odd:\n    def _repr_mimebundle_(self, **_):\n        raise ValueError('odd')\n\n\nOdd()"
    source.write_text(GOOD + "```{code-cell}\n" + text + "\n```\n")
    assert run()[1][-1].endswith("cell 4 ('class Odd:'): ValueError: odd")


def test_one_broken_lesson_does_not_stop_the_others(source):
    other = source.parents[1] / "02-other" / "02-other.md"
    other.parent.mkdir()
    other.write_text("# No exercises\n")
    code, lines = run()
    assert code == 1
    assert len(lines) == 1 and "solutions/02-other/02-other.md" in lines[0]
    assert source.with_suffix(".ipynb").exists() and not other.with_suffix(".ipynb").exists()


def test_a_lesson_that_does_not_exist_is_named_with_those_that_do(source):
    assert run("09-nothing") == (1, ["Error: no lesson '09-nothing' in solutions/; there are: 01-doubling"])


def test_a_folder_that_is_no_declared_lesson_is_named(source, monkeypatch):
    monkeypatch.undo()
    monkeypatch.chdir(source.parents[2])
    code, (line,) = run("01-doubling")
    assert code == 1
    assert "01-doubling.md, cell 2: no exercise 'double' is declared for this lesson; there are: none" in line
    assert "your own are declared in solutions/01-doubling/exercises.py" in line


def test_a_notebook_that_is_not_json_is_named(source):
    run()
    source.with_suffix(".ipynb").write_text("{")
    code, lines = run("--check")
    assert code == 1
    assert lines[0].startswith("Error: solutions/01-doubling/01-doubling.ipynb is not a notebook")


def a_file(folder):
    folder.write_text("where a folder belongs")


def a_closed_folder(folder):
    folder.symlink_to("/sys/kernel")  # where even root, as which CI runs, may not create a file


@pytest.mark.parametrize("obstacle", [a_file, a_closed_folder])
def test_a_folder_that_cannot_be_written_is_named_and_the_other_half_is_not_written_either(source, obstacle):
    obstacle(source.parents[2] / "lessons" / "01-doubling")
    code, lines = run()
    assert code == 1
    assert lines[-1].startswith("Error: cannot write ") and "lessons/01-doubling" in lines[-1]
    assert [path.name for path in source.parent.iterdir()] == ["01-doubling.md"]


def test_a_failed_build_leaves_the_notebooks_of_the_last_good_one(source):
    run()
    notebooks = source.with_suffix(".ipynb"), source.parents[2] / "lessons/01-doubling/01-doubling.ipynb"
    before = [path.read_bytes() for path in notebooks]
    source.write_text(GOOD + "```{code-cell}\n1 / 0\n```\n")
    assert run()[0] == 1
    assert [path.read_bytes() for path in notebooks] == before


def test_outside_a_course_it_says_where_to_go(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("mlcourse.__file__", str(tmp_path / "site-packages" / "mlcourse" / "__init__.py"))
    code, lines = run()
    assert code == 1
    assert len(lines) == 1 and "is not in a course" in lines[0] and "change into the folder" in lines[0]
