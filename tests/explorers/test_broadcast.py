"""The steps of a broadcast show what NumPy does, and what the engine makes of it on the way back."""

import numpy as np
import pytest

from mlcourse.autograd import Tensor
from mlcourse.explorers import BroadcastExplorer
from mlcourse.explorers.broadcast import LAST, OPERANDS, UPSTREAM, A, stages


@pytest.mark.parametrize("operand", OPERANDS)
def test_the_last_step_has_the_slope_of_the_engine_in_the_shape_of_b(operand):
    b = Tensor(OPERANDS[operand])
    ((Tensor(A) + b) * UPSTREAM).sum().backward()
    name, array, shape = stages(operand)[LAST].parts[-1]
    assert (name, shape) == ("db", operand) == ("db", str(b.grad.shape))
    assert np.array_equal(array, np.atleast_2d(b.grad))


@pytest.mark.parametrize("operand", OPERANDS)
def test_the_sum_of_the_third_step_is_numpys(operand):
    parts = {part[0]: part[1] for part in stages(operand)[3].parts if not isinstance(part, str)}
    assert np.array_equal(parts["C"], A + OPERANDS[operand])
    assert np.array_equal(parts["b repeated"], np.broadcast_to(OPERANDS[operand], A.shape))


@pytest.mark.parametrize(
    ("operand", "sentence"),
    [
        ("(2, 1)", "4 uses: dC is summed over axis 1. The first entry gets 1 + 2 + 3 + 4 = 10."),
        ("(4,)", "2 uses: dC is summed over axis 0. The first entry gets 1 + 5 = 6."),
        (
            "()",
            "8 uses: dC is summed over axis 0 and axis 1. The first entry gets 1 + 2 + 3 + 4 + 5",
        ),
    ],
)
def test_the_backward_sum_is_said_in_numbers(operand, sentence):
    assert sentence in BroadcastExplorer().set(step=5, operand=operand).summary


def test_its_buttons_go_one_step_and_stop_at_the_ends():
    explorer = BroadcastExplorer()
    previous, following, _ = explorer.buttons()
    previous.click()
    assert explorer.values["step"] == 0
    for _ in range(LAST + 2):
        following.click()
    assert explorer.values["step"] == LAST
    previous.click()
    assert explorer.values["step"] == LAST - 1
