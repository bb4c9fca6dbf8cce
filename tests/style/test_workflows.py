"""GitHub's workflows can be read, and what they run exists: one that fails is seen when it is needed."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from mlcourse.cli import main

REPOSITORY = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
EXTRAS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["optional-dependencies"]


def steps(path):
    """Every step of a workflow, with its job's name."""
    jobs = yaml.safe_load(path.read_text())["jobs"]
    assert all(set(job.get("needs", "").split()) <= set(jobs) for job in jobs.values())
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_step_runs_something_that_exists(path):
    for step in steps(path):
        assert ("run" in step) != ("uses" in step), step
        if "uses" in step:
            assert re.fullmatch(r"[\w./-]+@v\d+", step["uses"]), step["uses"]
            continue
        words = shlex.split(re.sub(r"\$\{\{.*?\}\}", "x", step["run"]))
        for extras in re.findall(r"^\.\[(.*)\]$", "\n".join(words), flags=re.M):
            assert set(extras.split(",")) <= set(EXTRAS), step["run"]
        for word in words:
            if word.startswith(("tests/", ".ci/")):
                assert (REPOSITORY / word).exists(), word
        if words[0] == "mlcourse":
            command = main.get_command(click.Context(main), words[1])
            command.make_context(words[1], words[2:])  # raises where an option is not known


def test_the_site_is_built_on_a_tag_and_published_with_a_link_to_its_own_edition():
    (path,) = [path for path in WORKFLOWS if path.stem == "site"]
    workflow = yaml.safe_load(path.read_text())
    assert workflow[True]["push"] == {"tags": ["v*"]}, "YAML 1.1 reads `on` as true"
    used = [step.get("uses", "").partition("@")[0] for step in steps(path)]
    assert used.index("actions/upload-pages-artifact") < used.index("actions/deploy-pages")
    (built,) = [step["run"] for step in steps(path) if step.get("run", "").startswith("mlcourse site")]
    (uploaded,) = [step["with"]["path"] for step in steps(path) if "upload-pages" in step.get("uses", "")]
    assert built.split()[2] == uploaded and built.endswith('${{ github.ref_name }}"')
    assert "--pyodide" not in built, "the learner's browser loads Pyodide's own release"
