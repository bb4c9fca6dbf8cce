"""Every explorer of the course, freshly made, for the promises that all of them keep."""

import asyncio

import numpy as np
import pytest
from pretended_page import Dot, Page

from mlcourse import explorers
from mlcourse.explorers import ahead
from mlcourse.explorers.settings import Choice, Switch

MAKERS = {
    name: getattr(explorers, name) for name in explorers.__all__ if name not in ("Explorer", "GraphStepper")
}
for graph in ("square", "two-paths", "neuron", "two-layer"):
    MAKERS[f"GraphStepper-{graph}"] = lambda graph=graph: explorers.GraphStepper(graph)


def settings_to_try(explorer):
    """Values that move every setting to its ends, one setting at a time."""
    for name, setting in explorer.settings.items():
        if isinstance(setting, Choice):
            ends = setting.options
        else:
            ends = (False, True) if isinstance(setting, Switch) else (setting.low, setting.high)
        for value in ends:
            yield {name: value}


@pytest.fixture(params=sorted(MAKERS))
def make(request):
    """Return a function that makes one of the explorers."""
    return MAKERS[request.param]


@pytest.fixture
def explorer(make):
    return make()


@pytest.fixture
def picture_of():
    """Return ``picture_of(explorer)``: the pixels as they are drawn now."""

    def pixels(explorer):
        return explorer._draw().pixels()

    return pixels


@pytest.fixture
def trials():
    """Return ``trials(explorer)``: the settings to try."""
    return settings_to_try


@pytest.fixture
def differ():
    """Return ``differ(a, b)``: how many numbers of two pictures are not the same."""
    return lambda a, b: int(np.count_nonzero(a != b))


@pytest.fixture(autouse=True)
def no_running_loop():
    """Browser tests leave playwright's event loop running; these tests bring their own."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def page():
    """The smallest explorer on a page that nobody has opened yet."""
    return Page(Dot())


@pytest.fixture
def slow_machine(monkeypatch):
    """Time enough, however much else the machine does."""
    monkeypatch.setattr(ahead, "SECONDS", 120.0)
