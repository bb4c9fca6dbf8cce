"""The wheel: all that ``mlcourse start`` needs, and nothing that a learner must not see."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.installation


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(REPOSITORY)]
    subprocess.run(command, check=True)
    (found,) = folder.glob("*.whl")
    return found


def test_it_holds_every_lesson_in_the_learners_edition_and_no_instructors(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (REPOSITORY / "lessons").rglob("*.ipynb"):
        if ".ipynb_checkpoints" not in path.parts:
            assert f"mlcourse/lessons/{path.relative_to(REPOSITORY / 'lessons').as_posix()}" in names
    assert not [name for name in names if name.startswith(("solutions", "tests", "lessons"))]
    assert "mlcourse/jupyter/learner/labconfig/page_config.json" in names


def test_a_folder_is_made_from_it_without_a_clone(wheel, tmp_path):
    packages = tmp_path / "packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # In place of JupyterLab: what it would have been started with.
    stand_in = "import mlcourse.start.command as c; c.open_lab = lambda root, *others: print('opened', root)"
    source = f"{stand_in}; from mlcourse.cli import main; main(['start', 'mine'])"
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {[str(packages), *sys.path]!r}; {source}"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"opened {tmp_path / 'mine'}" in done.stdout, done.stdout + done.stderr
    assert (tmp_path / "mine" / "lessons" / "start.ipynb").is_file()
    assert len(list((tmp_path / "mine" / "lessons").glob("*/*.ipynb"))) >= 8
