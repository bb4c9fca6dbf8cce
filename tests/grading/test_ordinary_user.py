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
# The environment and the clone may be where only root can look: they are mounted where everybody can.
AS_SOMEBODY = """
mount --bind "$1" "$2" && mount --bind "$3" "$4" && shift 4 &&
exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
"""

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(os.getuid() != 0, reason="the other tests are run by an ordinary user already"),
]


def runs(*command):
    """Whether an ordinary user can run this."""
    somebody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    try:
        return subprocess.run(command, **somebody, cwd="/", capture_output=True, timeout=60).returncode == 0
    except PermissionError:
        return False


@pytest.fixture
def home():
    """A folder for an ordinary user, with a virtual environment that leads to the packages of this one."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates = [os.path.realpath(sys.executable), f"/usr/bin/{version}"]
    interpreter = next((path for path in candidates if runs(path, "-c", "import os")), None)
    if interpreter is None:
        pytest.skip("only root can run this interpreter")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([interpreter, "-m", "venv", "--without-pip", folder / "venv"], check=True, cwd="/")
        packages = [folder / "site-packages", folder / "repository"]
        for path in packages:
            path.mkdir()
        (site,) = folder.glob("venv/lib/*/site-packages")
        (site / "course.pth").write_text("\n".join(map(str, packages)))
        alembic = folder / "venv" / "bin" / "alembic"  # nbgrader runs it by name
        alembic.write_text(f"#!{folder}/venv/bin/python\nfrom alembic.config import main\nmain()\n")
        alembic.chmod(0o755)
        yield folder


def test_an_ordinary_user_grades_or_is_told_why_not(home, make_course, right, answered):
    sigmoid = "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))"
    looks = answered({"sigmoid": f"import os\nassert not os.path.exists('{home}/course')\n\n\n{sigmoid}"})
    root = make_course(home / "course", {"right": right, "looks": looks}).root
    for path in (home, *home.rglob("*")):
        shutil.chown(path, "nobody", "nogroup")
    mounts = [sysconfig.get_path("purelib"), home / "site-packages", REPOSITORY, home / "repository"]
    command = ["unshare", "--mount", "sh", "-c", AS_SOMEBODY, "sh", *mounts, home / "venv" / "bin" / "python"]
    command += ["-m", "mlcourse", "grade", LESSON, "--jobs", "1", "--json", "report.json"]
    setting = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=root, env=setting, capture_output=True, text=True, timeout=300)
    if not runs("bwrap", "--unshare-user", "--ro-bind", "/", "/", "true"):
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert done.stderr.startswith("Error: bubblewrap cannot make a sandbox here; it said: ")
        assert done.stderr.endswith(f"{INSTALL}\n")
        return
    assert done.returncode == 0, done.stderr
    students = json.loads((root / "report.json").read_text())["students"]
    scores = {name: found["score"] for name, found in students.items()}
    assert scores == {"right": 5, "looks": 1}, "the one that looks saw no course"
    assert {found["status"] for found in students.values()} == {"graded"}
    assert (root / "gradebook.db").owner() == "nobody"
