"""What Binder is told to build."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
PINNED = {
    line.partition("==")[0].lower().replace("_", "-"): line.partition("==")[2]
    for line in (REPOSITORY / "binder" / "requirements.txt").read_text().splitlines()
    if not line.startswith("#")
}
DECLARED = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]]


def test_every_version_is_pinned():
    assert all(re.fullmatch(r"[\w.]+", version) for version in PINNED.values())


def test_what_learners_need_is_there():
    needed = {Requirement(text).name for text in PROJECT["dependencies"]} | {"jupyterlab", "nbgrader"}
    assert needed <= set(PINNED)


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda requirement: requirement.name)
def test_the_pins_agree_with_pyproject(requirement):
    python = {"python_full_version": f"{(REPOSITORY / 'binder' / 'runtime.txt').read_text().strip()[7:]}.9"}
    if requirement.name in PINNED and (not requirement.marker or requirement.marker.evaluate(python)):
        assert PINNED[requirement.name] in requirement.specifier


@pytest.fixture(scope="module")
def recipe(tmp_path_factory):
    """Dockerfile that repo2docker makes of the repository."""
    copy = tmp_path_factory.mktemp("recipe")
    shutil.copytree(REPOSITORY / "binder", copy / "binder")
    shutil.copy(REPOSITORY / "pyproject.toml", copy)
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_image_has_the_python_of_the_runtime_file(recipe):
    version = (REPOSITORY / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    assert version == "3.12"
    assert f"Building conda environment for python={version}" in recipe
    assert "environment-2epy-2d3-2e12-2dlinux" in recipe  # repo2docker's own spelling of 3.12


def test_the_image_installs_the_pins_then_calls_post_build_and_start(recipe):
    steps = [
        'pip install --no-cache-dir -r "binder/requirements.txt"',
        "RUN ./binder/postBuild",
        "binder/start",
    ]
    places = [recipe.find(step) for step in steps]
    assert -1 not in places and places == sorted(places)


@pytest.mark.parametrize("script", ["postBuild", "start"])
def test_the_scripts_can_be_executed(script):
    listed = subprocess.run(
        ["git", "ls-files", "--stage", f"binder/{script}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout.startswith("100755")


@pytest.mark.parametrize(
    "asked", ["--NotebookApp.default_url=/lab", "--ServerApp.default_url=/lab", "--debug"]
)
def test_start_changes_only_the_page(asked):
    command = ["bash", "binder/start", "printf", r"%s\n", asked, "an argument"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    page = "--ServerApp.default_url=/lab/tree/lessons/start.ipynb"
    assert done.stdout.splitlines() == [page if "default_url" in asked else asked, "an argument"]
