"""What the README promises exists: commands, links, lessons."""

import re
import tomllib
from pathlib import Path

import pytest
from click import Context
from nbgrader.apps.nbgraderapp import NbGraderApp

from mlcourse.authoring import Course
from mlcourse.cli import main

REPOSITORY = Path(__file__).resolve().parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PAGES = [
    *("README.md", "CONTRIBUTING.md", "LICENSES/README.md", "docs/teaching.md", "docs/hub/README.md"),
    "mlcourse/grading/README.md",
]


def test_two_commands_one_line_each_open_the_course_and_pass_the_tests():
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.S)
    assert len(blocks) == 2 and all(block.count("\n") == 1 for block in blocks)
    opens, tests = blocks
    assert opens.endswith(".venv/bin/mlcourse lab\n") and tests.endswith(".venv/bin/pytest\n")


def test_the_commands_for_windows_open_the_course_and_run_what_the_workflow_runs_there():
    opens, tests = re.search(r"```powershell\n(.*?)```", README, flags=re.S)[1].splitlines()
    assert opens.endswith(r".venv\Scripts\mlcourse lab")
    workflow = (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text()
    assert "windows" in workflow and all(path in workflow for path in re.findall(r"tests/\S+", tests))


def test_ci_runs_the_readmes_own_test_command():
    pattern = re.search(r"grep '(\S.*)' README.md", (REPOSITORY / ".ci" / "run").read_text())[1]
    assert [line for line in README.splitlines() if re.search(pattern, line)] == [
        line for line in README.splitlines() if line.endswith("bin/pytest")
    ]
    assert "bash .ci/run" in (REPOSITORY / ".github" / "workflows" / "ci.yml").read_text()


def test_what_the_plain_run_leaves_out_has_a_step_in_ci():
    """All but the benchmarks, and the browser edition: it needs wheels that only a release of Pyodide has.

    The learner's editions run on the lowest versions, and on every system.
    """
    options = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    left_out = set(re.search(r"-m 'not \((.*)\)'", options["addopts"])[1].split(" or "))
    run = (REPOSITORY / ".ci" / "run").read_text()
    steps = set(re.findall(r'\bapart "?([a-z]+)', run))
    assert steps == left_out - {"benchmark", "pyodide", "untouched"}
    assert "tests/explorers/test_{every_explorer,live,page}.py tests/lessons/test_nbval_lax.py" in run


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_to_one(page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((REPOSITORY / page).parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_every_command_named_exists(page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    verbs = {"mlcourse": main.list_commands(Context(main)), "nbgrader": NbGraderApp.subcommands}
    for program, verb in re.findall(r"(?:^ *|[`/])(mlcourse|nbgrader) ([a-z_]+)", text, flags=re.M):
        assert verb in verbs[program], f"{program} {verb}"


def test_the_steps_of_grading_stand_in_one_table():
    steps = (REPOSITORY / "mlcourse" / "grading" / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\|.*?\b(?:mlcourse|nbgrader) ([a-z_]+)", steps, flags=re.M))
    assert {"zip_collect", "grade", "generate_feedback", "export"} <= named
    assert "](mlcourse/grading/README.md)" in README and not re.findall(r"^\|.*nbgrader", README, flags=re.M)


def test_lessons_named_exist():
    names = {lesson.name for lesson in Course.find().lessons()}
    examples = {"NN-name", "11-own"}
    assert set(re.findall(r"\b\d\d-[a-z][a-z-]+", README)) - examples <= names
