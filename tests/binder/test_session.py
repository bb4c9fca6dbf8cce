"""The steps of the image's recipe, replayed in an empty environment by an ordinary user with its own home."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

from mlcourse import exercises

REPOSITORY = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.installation, pytest.mark.sandbox]


@pytest.fixture(scope="module")
def learner(tmp_path_factory):
    """``learner(command)`` runs it as Binder's user: the home is the course, little else can be written."""
    folder = tmp_path_factory.mktemp("binder")
    home, environment = folder / "jovyan", folder / "environment"
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    for name in filter(None, tracked.stdout.split("\0")):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, home / name)
    (home / ".git").mkdir()  # the image is made of a clone, history and all
    kept = {name: os.environ[name] for name in os.environ if name.startswith(("PIP_", "LANG", "SSL_"))}
    path = os.pathsep.join([str(environment / "bin"), os.environ["PATH"]])
    sandbox = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]
    sandbox += ["--bind", str(folder), str(folder), "--unshare-user", "--uid", "1000", "--gid", "1000"]
    sandbox += ["--unshare-pid", "--die-with-parent", "--chdir", str(home)]

    def run(*command, start=subprocess.run, **options):
        variables = {**kept, "PATH": path, "HOME": str(home), "USER": "jovyan"}
        return start([*sandbox, *command], env=variables, text=True, **options)

    # Not compiled beforehand: what is imported is compiled then, and most never is.
    install = ["python", "-m", "pip", "install", "-q", "--no-cache-dir", "--no-compile"]
    # Not the tests' own environment, which may lie in the hidden /tmp, but the interpreter it is made of.
    run(str(Path(sys.executable).resolve()), "-m", "venv", str(environment), check=True)
    run(*install, "-r", "binder/requirements.txt", check=True)
    run("binder/postBuild", check=True)
    run.home = home
    return run


def test_the_user_is_ordinary_and_the_pins_fit_together(learner):
    assert learner("id", "-u", capture_output=True).stdout.strip() == "1000"
    checked = learner("python", "-m", "pip", "check", capture_output=True)
    assert checked.returncode == 0, checked.stdout


def test_learners_see_the_lessons_and_nothing_of_the_instructors(learner):
    there = {path.name for path in learner.home.iterdir()}
    assert {name for name in there if not name.startswith(".")} == {
        "LICENSE",
        "LICENSES",
        "binder",
        "lessons",
    }
    assert not there & {".git", ".github", ".ci"}


def test_a_lesson_runs_from_top_to_bottom(learner):
    path = "lessons/02-two-layer-network/02-two-layer-network.ipynb"
    done = learner("jupyter", "execute", "--inplace", path, capture_output=True)
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(learner.home / path, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs and not [output for output in outputs if output.output_type == "error"]


def test_validate_works_and_says_what_is_missing(learner):
    path = "lessons/03-training/03-training.ipynb"
    done = learner("nbgrader", "validate", path, capture_output=True)
    failed = len(exercises.of_lesson("03-training"))
    assert f"VALIDATION FAILED ON {failed} CELL(S)!" in done.stdout, done.stdout + done.stderr


@pytest.fixture(scope="module")
def page(learner):
    """Address that a session begins on, and what JupyterLab is told there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--ip=127.0.0.1", f"--port={port}", "--no-browser", "--IdentityProvider.token="]
    hub = ["--ServerApp.default_url=/lab"]
    begun = time.monotonic()
    with learner("binder/start", "jupyter", "notebook", *options, *hub, start=subprocess.Popen) as server:
        try:
            yield *opened(f"http://127.0.0.1:{port}/"), time.monotonic() - begun
        finally:
            server.terminate()


def opened(url):
    """Where an address leads, and the configuration in the page there."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=30) as reply:
                text = reply.read().decode()
                break
        except OSError:
            time.sleep(0.1)
    configuration = text.partition('id="jupyter-config-data" type="application/json">')[2].partition(
        "</script>"
    )[0]
    return reply.url, json.loads(configuration)


def megabytes(folder):
    """What is written there, as the layers of an image count it."""
    return sum(path.lstat().st_size for path in folder.rglob("*")) / 1e6


def test_the_session_opens_on_the_start_page(page, learner, capsys):
    environment = learner.home.with_name("environment")
    with capsys.disabled():
        print(
            f"\nenvironment {megabytes(environment):.0f} MB, course {megabytes(learner.home):.1f} MB", end=""
        )
        print(f"; the page is there after {page[2]:.1f} s")
    assert page[0].endswith("/lab/tree/lessons/start.ipynb")


def test_validate_is_on_and_the_instructors_tools_are_off(page):
    configuration = page[1]
    off = set(configuration["disabledExtensions"])
    assert {f"@jupyter/nbgrader:{tool}" for tool in ("formgrader", "course-list", "create-assignment")} <= off
    assert "@jupyter/nbgrader:validate-assignment" not in off
    assert "@jupyter/nbgrader" in {extension["name"] for extension in configuration["federated_extensions"]}


@pytest.mark.browser
def test_work_is_taken_along_and_brought_back_in_two_clicks(page, learner, browser, tmp_path):
    lesson = learner.home / "lessons" / "01-chain-rule" / "01-chain-rule.ipynb"
    released = lesson.read_text()
    mine = nbformat.reads(released, as_version=4)
    cell = next(cell for cell in mine.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    cell.source = "def power_chain(x):\n    return 'mine'"
    nbformat.write(mine, lesson)

    start = browser.new_page()
    start.goto(page[0])
    start.locator(".jp-CodeCell", has_text="progress()").last.locator(".cm-content").click(timeout=120_000)
    start.wait_for_timeout(3000)  # the kernel starts
    start.keyboard.press("Shift+Enter")
    with start.expect_download(timeout=120_000) as download:
        start.get_by_role("button", name="Download my work").click(timeout=120_000)
    download.value.save_as(tmp_path / "my-work.json")

    lesson.write_text(released)  # another machine
    with start.expect_file_chooser() as chooser:
        start.get_by_role("button", name="Bring my work back").click()
    chooser.value.set_files(tmp_path / "my-work.json")
    start.get_by_text("answers came back into 01-chain-rule").wait_for(timeout=60_000)
    sources = [cell.source for cell in nbformat.read(lesson, as_version=4).cells]
    assert cell.source in sources
    start.close()
