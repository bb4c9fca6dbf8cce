"""A key that is not there, such as A10 where the inputs have A0 to A5: which ones there are."""

import numpy as np
import pytest

from mlcourse.feedback.answers import Failure
from mlcourse.feedback.layers import missing_layer

CACHE = {f"A{layer}": np.ones(2) for layer in range(6)} | {"Z1": np.ones(2), 3: np.ones(2)}
PARAMETERS = {f"{letter}{layer}": np.ones(2) for layer in range(1, 6) for letter in "Wb"}
CASE = {"Y": np.ones(2), "cache": CACHE, "parameters": PARAMETERS}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("'A6'", "The entries go from A0 to A5."),
        ("A6", "The entries go from A0 to A5."),
        ("'A-1'", "The entries go from A0 to A5."),
        ("'Z2'", "The entries go from Z1 to Z1."),
        ("'W6'", "The entries go from W1 to W5."),
        ("'W0'", "The entries go from W1 to W5."),
        (
            "'W10'",
            "The entries go from W1 to W5. parameters holds two arrays for each layer, so len(parameters) is "
            "twice the number of layers: L = len(parameters) // 2.",
        ),
        ("'A10'", "The entries go from A0 to A5. parameters holds two arrays for each layer, so "),
        ("'A3'", ""),  # it is there: another dict was asked
        ("'V1'", ""),
        ("'A'", ""),
        ("'dA6x'", ""),
        ("6", ""),
    ],
)
def test_which_entries_there_are(message, said):
    found = missing_layer(CASE, Failure("KeyError", message))
    assert found.startswith(said) and bool(found) is bool(said)


def test_nothing_is_said_of_another_failure_or_of_a_dict_of_the_learners():
    assert missing_layer(CASE, Failure("IndexError", "'A6'")) == ""
    assert missing_layer({"x": np.ones(2)}, Failure("KeyError", "'A6'")) == ""
    own = Failure("KeyError", "'A6'", operands=(("grads", (3,)),))
    assert missing_layer(CASE, own) == ""
    same = Failure("KeyError", "'A6'", operands=(("cache", (len(CACHE),)),))
    assert missing_layer(CASE, same) == "The entries go from A0 to A5."


def test_an_input_that_holds_other_entries_is_passed_over():
    case = {"first": {"b1": 1.0}, "second": {"A1": 1.0, "A2": 2.0}}
    assert missing_layer(case, Failure("KeyError", "'A3'")) == "The entries go from A1 to A2."
