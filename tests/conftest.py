"""What every test shares: which tools a marked test needs, and that a CI run may not do without them."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec

import pytest
from hypothesis import settings

# No test adds to the progress of whoever runs the tests; those of progress itself name a file of their own.
os.environ["MLCOURSE_PROGRESS"] = ""
# As `mlcourse` sets it for its kernels; the tests' own run side by side, too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Tests start hundreds of programs; where Python may not keep what it compiles, each compiles the course anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long an example takes says more about the machine than about the code.
# CI tries the same examples each time: what chance finds elsewhere is nobody's change there.
settings.register_profile("course", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("course")

TOOLS = {
    "browser": ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable"),
    "sandbox": ("bwrap",),
}
"""Names that the tool behind each marker goes by; one of them is enough."""

AXE = "axe-core@4.10.3"

LONGEST = ("tests/browser/", "tests/grading/test_hostile.py", "tests/lessons/test_nbval")
"""Files of a minute or more, and the browser's tests."""


def pytest_runtest_setup(item):
    """Skip a test whose tool is not installed; in CI that is a failure, lest a whole subject go untested."""
    for marker, names in TOOLS.items():
        if item.get_closest_marker(marker) and not any(map(shutil.which, names)):
            reason = f"needs {' or '.join(names)} on the PATH"
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    if item.get_closest_marker("torch") and not find_spec("torch"):
        pytest.fail("needs PyTorch")  # these run only when asked for


def pytest_collection_modifyitems(items):
    """What takes longest comes first, lest it begins when the other workers have ended."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.hookimpl(optionalhook=True)  # there may be no xdist
def pytest_xdist_make_scheduler(config, log):
    """Give a file to one worker, half of the hostile class, and all of the browser's tests.

    Those share a JupyterLab and a page: to start one and load it takes longest.
    """
    from xdist.scheduler import LoadFileScheduling

    class Rooms(LoadFileScheduling):
        def _split_scope(self, nodeid):
            if nodeid.startswith("tests/browser/"):
                return "tests/browser"
            if nodeid.startswith("tests/grading/test_hostile.py"):
                return f"tests/grading/test_hostile.py, {'[machine]' in nodeid}"
            return super()._split_scope(nodeid)

    return Rooms(config, log)


@pytest.fixture(scope="session")
def chromium():
    """Path of the browser, for ``playwright.chromium.launch(executable_path=...)``."""
    return next(path for path in map(shutil.which, TOOLS["browser"]) if path)


@pytest.fixture(scope="session")
def browser(chromium):
    """Debian's chromium, without the connections to its maker that it would otherwise open."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        started = p.chromium.launch(
            executable_path=chromium,
            args=[
                *("--no-sandbox", "--disable-dev-shm-usage"),
                *("--disable-gpu", "--disable-software-rasterizer"),  # or one stands in for it
                *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
                *("--disable-default-apps", "--no-first-run", "--no-default-browser-check"),
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe(pytestconfig):
    """Return ``axe(page, selector)``: what axe-core finds serious or critical there, in words."""
    folder = pytestconfig.cache.mkdir("axe-core")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if not npm:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("needs npm, for axe-core")
        install = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), AXE]
        subprocess.run(install, check=True, capture_output=True, timeout=120)

    def scan(page, selector):
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(script.read_text(encoding="utf-8"))
        found = page.evaluate("selector => axe.run(selector, {resultTypes: ['violations']})", selector)
        return [
            f"{violation['id']}: {node['html'][:200]}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    return scan
