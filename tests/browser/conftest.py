"""JupyterLab on the loopback address and a browser in front of it, one of each for all browser tests.

The server sends a strict policy with every page, so that every test shows that the cards get on with it; the
way to it goes through a proxy, which a test can make as slow as a long network.
"""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest
from lab_pages import Pages
from playwright.sync_api import expect
from slow_network import SlowNetwork

ARTEFACTS = Path(__file__).parents[1] / "artefacts"
START_SECONDS = 120
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws:; frame-ancestors 'self'; "
    "object-src 'none'; base-uri 'self'"
)
"""No script of a page's own text, and nothing from elsewhere. JupyterLab itself compiles (ajv's) schemas."""
SETTINGS = {
    # Every cell on the page at once, also those that are not in sight.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    # As on Binder and by `mlcourse lab`: the cards are saved with their notebook.
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
}


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab."""

    url: str
    token: str
    folder: Path
    log: Path
    view: str = "doc/tree"

    def document(self, path):
        """Address of a notebook, alone on the page."""
        return f"{self.url}/{self.view}/{path}?token={self.token}"

    def write(self, name, *sources):
        """Put a notebook with these code cells into the folder, and return its name."""
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in sources],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )
        nbformat.write(notebook, self.folder / name)
        return name


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """JupyterLab with a home, settings and a token of its own; it serves an empty folder."""
    with start_lab(tmp_path_factory.mktemp("home")) as running:
        yield running


@contextlib.contextmanager
def start_lab(home):
    """Start a JupyterLab in an empty folder."""
    folder = home / "course"
    folder.mkdir()
    for plugin, settings in SETTINGS.items():
        path = home / "lab-settings" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings))
    page_config = home / "config" / "labconfig"
    page_config.mkdir(parents=True)
    announcements = {"@jupyterlab/apputils-extension:announcements": True}
    (page_config / "page_config.json").write_text(json.dumps({"disabledExtensions": announcements}))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "NBGRADER"))},
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "lab-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    token, port = secrets.token_hex(16), _free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
        "--JupyterNotebookApp.expose_app_in_browser=True",
        f"--ServerApp.tornado_settings={{'headers': {{'Content-Security-Policy': {POLICY!r}}}}}",
    ]
    running = Lab(f"http://127.0.0.1:{port}", token, folder, home / "lab.log")
    with running.log.open("w") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_until_it_answers(running, server)
        yield running
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()


@pytest.fixture(scope="session")
def network(lab):
    """The way from the browser to JupyterLab, as fast as any unless a test makes it slow."""
    return SlowNetwork(int(lab.url.rsplit(":", 1)[1]))


@pytest.fixture(scope="session")
def all_pages(browser, lab, network):
    """What `lab_page` and `shared_lab_page` take their pages from."""
    # The machine may have other work to do.
    expect.set_options(timeout=20_000)
    return Pages(browser, replace(lab, url=f"http://127.0.0.1:{network.port}"))


@pytest.fixture
def lab_page(all_pages):
    """Return ``lab_page()``: a `LabPage` that is closed after the test, in the page of all tests.

    With ``second=True`` it is in another one, which knows nothing of the first.
    """
    with all_pages.opened() as new:
        yield new


@pytest.fixture(scope="module")
def shared_lab_page(all_pages):
    """Like `lab_page`, for tests that share a notebook: it is closed after the last of them."""
    with all_pages.opened() as new:
        yield new


@pytest.fixture
def keep():
    """``keep(card, name)``: with SCREENSHOTS=1 keeps a picture among the artefacts, to be looked at."""

    def screenshot(card, name):
        folder = ARTEFACTS / "explorers"
        folder.mkdir(parents=True, exist_ok=True)
        card.screenshot(path=folder / f"{name}.png")

    return screenshot if os.environ.get("SCREENSHOTS") else lambda card, name: None


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_answers(running, server):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{running.url}/api?token={running.token}", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{running.log.read_text()}")
