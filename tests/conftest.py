"""What every test shares: which tools a marked test needs, and that a CI run may not do without them."""

import os
import shutil
from importlib.util import find_spec

import pytest
from hypothesis import settings

# No test adds to the progress of whoever runs the tests; those of progress itself name a file of their own.
os.environ["MLCOURSE_PROGRESS"] = ""
# As `mlcourse` sets it for its kernels; the tests' own run side by side, too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# How long an example takes says more about the machine than about the code.
settings.register_profile("course")
settings.load_profile("course")

TOOLS = {
    "browser": ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable"),
    "sandbox": ("bwrap",),
}
"""Names that the tool behind each marker goes by; one of them is enough."""

LONGEST = ("tests/browser/", "tests/grading/test_hostile.py", "tests/lessons/test_nbval")
"""Files of a minute or more, and the browser's tests."""

ONE_BROWSER = tuple(f"tests/browser/test_{name}" for name in ("drawing_pad", "explorers", "validate"))
"""Files that share a JupyterLab and a browser; the others of that folder share another, on another worker."""


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
    """Give a file to one worker, and half of the browser's: to start JupyterLab and load it takes longest."""
    from xdist.scheduler import LoadFileScheduling

    class Rooms(LoadFileScheduling):
        def _split_scope(self, nodeid):
            if nodeid.startswith("tests/browser/"):
                return f"tests/browser, {nodeid.startswith(ONE_BROWSER)}"
            return super()._split_scope(nodeid)

    return Rooms(config, log)


@pytest.fixture(scope="session")
def chromium():
    """Path of the browser, for ``playwright.chromium.launch(executable_path=...)``."""
    return next(path for path in map(shutil.which, TOOLS["browser"]) if path)
