"""Lesson 10 counts the graphs that a program keeps, whoever looks at the program meanwhile."""

import sys
import threading
import time

import numpy as np
import pytest

from mlcourse.exercises import get, torch_drives
from mlcourse.exercises.torch_clinic import BROKEN

pytestmark = pytest.mark.torch


@pytest.fixture
def watched():
    """Somebody holds the frames of this thread for some milliseconds at a time, as a profiler does."""
    thread, over = threading.get_ident(), threading.Event()

    def look():
        while not over.is_set():
            frame, held = sys._current_frames()[thread], []
            while frame is not None:
                held.append(frame)
                frame = frame.f_back
            time.sleep(0.004)
            held.clear()
            del frame

    looking = threading.Thread(target=look)
    looking.start()
    yield
    over.set()
    looking.join()


@pytest.mark.parametrize("n", [1, 4])
def test_a_program_that_keeps_no_graph_is_said_to_keep_none_while_somebody_looks_at_it(n, watched):
    part = get("torch-clinic").parts[n - 1]
    for seed in range(2):
        found = torch_drives.torch_program(part.reference, part.inputs(np.random.default_rng(seed)))
        assert found["kept"] == 0


def test_a_program_that_keeps_all_is_said_to_keep_all_but_the_last(watched):
    case = get("torch-clinic").parts[3].inputs(np.random.default_rng(0))
    assert torch_drives.torch_program(BROKEN[4], case)["kept"] == case["steps"] - 2
