"""Grading by somebody who is not root, in a folder of their own: the sandbox is built another way."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from mlcourse.grading.sandbox import INSTALL

LESSON = "02-two-layer-network"
REPOSITORY = Path(__file__).resolve().parents[2]
SOMEBODY = {"user": "nobody", "group": "nogroup", "extra_groups": []}

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.xdist_group("ordinary-user"),
    pytest.mark.skipif(os.getuid() != 0, reason="the other tests are run by an ordinary user already"),
]


def runs(*command):
    """Whether an ordinary user can run this."""
    try:
        return subprocess.run(command, **SOMEBODY, cwd="/", capture_output=True, timeout=60).returncode == 0
    except PermissionError:
        return False


@pytest.fixture
def home():
    """A folder that an ordinary user owns, with a virtual environment that leads to this one's packages."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates = [os.path.realpath(sys.executable), f"/usr/bin/{version}"]
    interpreter = next((path for path in candidates if runs(path, "-c", "import os")), None)
    packages = [str(REPOSITORY), sysconfig.get_path("purelib")]
    if interpreter is None or not all(runs("ls", path) for path in packages):
        assert os.environ.get("CI") != "true", "no interpreter and packages that an ordinary user can read"
        pytest.skip("only root can read this interpreter or its packages")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([interpreter, "-m", "venv", "--without-pip", folder / "venv"], check=True, cwd="/")
        (site,) = folder.glob("venv/lib/*/site-packages")
        (site / "course.pth").write_text("\n".join(packages))
        alembic = folder / "venv" / "bin" / "alembic"  # nbgrader runs it by name
        alembic.write_text(f"#!{folder}/venv/bin/python\nfrom alembic.config import main\nmain()\n")
        alembic.chmod(0o755)
        yield folder


def test_an_ordinary_user_grades_or_is_told_why_not(home, make_course, right, answered):
    sigmoid = "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"
    looks = answered({"sigmoid": f"import os\nassert not os.path.exists('{home}')\n\n\n{sigmoid}"})
    root = make_course(home / "course", {"right": right, "looks": looks}).root
    for path in (home, *home.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")
    command = [home / "venv" / "bin" / "python", "-m", "mlcourse", "grade", LESSON, "--jobs", "1"]
    setting = {"PATH": "/usr/bin:/bin", "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    options = {"capture_output": True, "text": True, "timeout": 300}
    done = subprocess.run([*command, "--json", "report.json"], cwd=root, env=setting, **SOMEBODY, **options)
    if not runs("bwrap", "--unshare-user", "--ro-bind", "/", "/", "true"):
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert done.stderr.startswith("Error: bubblewrap cannot make a sandbox here; it said: ")
        assert done.stderr.endswith(f"{INSTALL}\n")
        return
    assert done.returncode == 0, done.stderr
    students = json.loads((root / "report.json").read_text())["students"]
    assert {name: found["score"] for name, found in students.items()} == {"right": 5, "looks": 1}, "it saw nothing"
    assert {found["status"] for found in students.values()} == {"graded"}
    assert (root / "gradebook.db").owner() == "nobody"
