"""The card points at the line: values are recognised by what they are, and the code runs as it would."""

import inspect
import re
import sys

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.feedback import card_text, checking
from mlcourse.feedback.moments import UNSTEADY, watch
from mlcourse.feedback.run import answer


def where(exercise, function):
    """Where it went wrong, the line numbers counted from the function's own first line."""
    result, _ = checking.judge(exercise, (function,))
    first = inspect.getsourcelines(function)[1]
    text = f"{result.findings[0].sentence} {result.parts[0].where}"
    return re.sub(r"\(line (\d+)", lambda found: f"(line {int(found[1]) - first + 1}", text)


def with_names_of_its_own(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    delta = cache["A2"] - Y
    grad = delta @ cache["A1"].T
    below = W2.T @ delta * (cache["Z1"] > 0)
    return {
        "dW2": grad,
        "db2": delta.sum(axis=1, keepdims=True) / m,
        "dW1": below @ cache["X"].T / m,
        "db1": below.sum(axis=1, keepdims=True) / m,
    }


def relu_backward(dA, Z):
    dZ = dA.copy()
    dZ[Z > 0] = 0
    return dZ


def with_a_helper(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = relu_backward(W2.T @ dZ2, cache["Z1"])
    return {
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": dZ2.sum(axis=1, keepdims=True) / m,
        "dW1": dZ1 @ cache["X"].T / m,
        "db1": dZ1.sum(axis=1, keepdims=True) / m,
    }


def that_overwrites(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    d = cache["A2"] - Y
    dW2 = d @ cache["A1"].T / m
    db2 = d.sum(axis=1, keepdims=True) / m
    d = W2.T @ d
    d = d * (cache["A1"] + 2.0)
    return {
        "dW2": dW2,
        "db2": db2,
        "dW1": d @ cache["X"].T / m,
        "db1": d.sum(axis=1, keepdims=True) / m,
    }


def in_a_loop(Y, cache, parameters):
    L, m = len(parameters) // 2, Y.shape[1]
    dZ, grads = cache[f"A{L}"] - Y, {}
    for layer in range(L, 0, -1):
        grads[f"dW{layer}"] = dZ @ cache[f"A{layer - 1}"].T / m
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True) / m
        if layer > 1:
            dA = parameters[f"W{layer}"].T @ dZ
            dZ = dA * (cache[f"Z{layer - 1}"] > 0) + 0.1
    return grads


def test_names_of_the_learners_own_are_recognised_by_their_values():
    text = where("backward-propagation", with_names_of_its_own)
    assert "`delta` (line 3), your dZ2, is right, `grad` (line 4), your dW2, is not" in text


def test_a_value_of_a_helper_is_placed_in_the_helper():
    text = where("backward-propagation", with_a_helper)
    assert "`dZ2` (line 3) is right" in text or "`dZ2` (line 3) and" in text
    assert " of relu_backward: `dZ[Z > 0] = 0`." in text


def test_the_lines_of_an_installed_library_are_not_the_learners():
    from matplotlib.mlab import detrend_linear

    def backward_propagation(*arguments):
        dW1 = detrend_linear(np.arange(5.0) ** 2)
        return {"dW1": dW1}

    exercise = get("backward-propagation")
    part, case = exercise.parts[0], checking._fixed_cases(exercise)[0][0]
    moments = watch(
        part.drive, backward_propagation, case, answer(part.drive, backward_propagation, case), 5.0
    )
    assert {moment.function for moment in moments} == {""}, "its own"


def test_a_variable_that_is_overwritten_is_placed_where_it_went_wrong():
    text = where("backward-propagation", that_overwrites)
    assert "`d` (line 6), your dA1," in text
    assert "right" in text


def test_a_loop_is_followed_layer_by_layer():
    text = where("deep-backward", in_a_loop)
    assert re.search(r"`dA` \(line 8\), your dA\d, (is|are) right, `dZ` \(line 9\), your dZ\d, is not", text)


def test_a_class_with_state_is_placed_at_its_attribute():
    class Dense:
        def __init__(self, n_in, n_out, rng):
            self.W = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
            self.b = np.zeros((n_out, 1))

        def forward(self, A):
            self.A = A
            return self.W @ A + self.b

        def backward(self, dZ):
            self.dW = dZ @ self.A.T * 1.5
            self.db = dZ.sum(axis=1, keepdims=True)
            return self.W.T @ dZ

    result, _ = checking.judge("dense-layer", (Dense,))
    assert "self.dW = dZ @ self.A.T * 1.5" in f"{result.findings[0].sentence} {result.parts[0].where}"


def test_what_an_input_or_a_right_value_equals_is_not_called_wrong():
    def update_parameters(W1, b1, W2, b2, grads, learning_rate):
        W2 = W2 - learning_rate * grads["dW2"]
        b2 = b2 - learning_rate * grads["db2"]
        return W1, b1, W2, b2

    assert "is not" not in where("update-parameters", update_parameters)


def test_the_second_run_changes_nothing_and_another_answer_is_not_believed():
    calls = []

    def counting(Y, cache, W1, b1, W2, b2):
        calls.append(sys.gettrace())
        found = get("backward-propagation").parts[0].reference(Y, cache, W1, b1, W2, b2)
        return {name: value * (1 + len(calls)) for name, value in found.items()}

    part, case = (
        get("backward-propagation").parts[0],
        checking._fixed_cases(get("backward-propagation"))[0][0],
    )
    first = answer(part.drive, counting, case)
    before = sys.gettrace()
    assert watch(part.drive, counting, case, first, 5.0) == [UNSTEADY]
    assert sys.gettrace() is before
    assert len(calls) == 2


def test_a_right_answer_is_called_once_for_each_case():
    calls = []

    def counting(*arguments):
        calls.append(1)
        return get("momentum").parts[0].reference(*arguments)

    result, _ = checking.judge("momentum", (counting,))
    assert result.passed
    assert len(calls) == len(checking._fixed_cases(get("momentum"))[0])


def test_printing_and_stopping_code_is_watched_as_quietly_as_it_ran(capfd):
    def backward_propagation(Y, cache, W1, b1, W2, b2):
        print("once")
        found = get("backward-propagation").parts[0].reference(Y, cache, W1, b1, W2, b2)
        return {name: value**2 for name, value in found.items()}

    checking.check("backward-propagation", backward_propagation)
    out, err = capfd.readouterr()
    assert out.count("once") == 1
    assert err == ""


@pytest.mark.parametrize("function", [with_names_of_its_own, with_a_helper, that_overwrites])
def test_a_card_is_short(function):
    result, _ = checking.judge("backward-propagation", (function,))
    assert len(card_text(result, attempt=9).split()) <= 160


def test_entries_that_are_wrong_are_shown_where_others_are_right():
    def kink(Z_minus, Z_plus):
        crossed = (Z_minus < 0) & (Z_plus > 0) | (Z_minus > 0) & (Z_plus < 0)
        crossed.flat[0] = not crossed.flat[0]
        return crossed

    result, _ = checking.judge("kinks", (kink,))
    grid = result.parts[0].grid
    assert sum(row.count("✗") for row in grid) == 1
    assert "Entries that are wrong (✗):" in card_text(result)


def test_not_the_line_is_blamed_that_a_wrong_value_is_used_in_but_the_one_that_makes_it():
    def neuron_backward(x, w, b, dy):
        z = np.dot(w, x) + b
        y = 1 / 1 + np.exp(-z)
        dz = dy * (1 - y) * y
        return dz * w, dz * x, dz

    said = where("neuron-backward", neuron_backward)
    assert "`z` (line 2) is right, `y` (line 3) is not: `y = 1 / 1 + np.exp(-z)`" in said


def test_one_value_under_several_names_is_called_by_the_name_that_it_has_there():
    right = get("staged-backward").parts[0].reference

    def staged_backward(x, y):
        found = right(x, y)
        s_x = 1 / (1 + np.exp(-x))
        dbottom = found["dbottom"]
        ds_x = dbottom * s_x * (1 - s_x)
        return {**found, "ds_x": ds_x, "dx": found["dtop"] + ds_x + found["dt"]}

    said = where("staged-backward", staged_backward)
    assert "`ds_x` (line 5) is not" in said and "your" not in said


def test_a_value_that_was_overwritten_is_not_said_to_be_used():
    def neuron_backward(x, w, b, dy):
        y = np.dot(w, x) * 3 + 1
        y = 1 / (1 + np.exp(-np.dot(w, x) - b))
        dz = dy * y * (y - 1) + dy
        return dz * w, dz * x, dz

    said = where("neuron-backward", neuron_backward)
    assert "`dz` (line 4) is not: `dz = dy * y * (y - 1) + dy`." in said and "line 2" not in said
