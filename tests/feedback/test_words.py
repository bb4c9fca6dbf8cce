"""What a card says is true, in plain words: forms, exceptions, edges, changed inputs."""

import math

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.exercises.lesson_08.graph_signatures import first_difference, signatures
from mlcourse.feedback import card_text, checking


def said(exercise, *functions):
    """The card's text without its heading, in one line."""
    result, _ = checking.judge(exercise, functions)
    assert not result.passed
    return " ".join(card_text(result).split("\n", 1)[1].split())


def forward(activation):
    def forward_propagation(X, W1, b1, W2, b2):
        Z1 = W1 @ X + b1
        A1 = activation(Z1)
        Z2 = W2 @ A1 + b2
        return 1 / (1 + np.exp(-Z2)), {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": Z2}

    return forward_propagation


@pytest.mark.parametrize(
    ("exercise", "returned", "words"),
    [
        (
            "momentum",
            lambda W, *_: W,
            "momentum_step returns an array of shape (2, 3), expected a tuple of 2",
        ),
        ("neuron-backward", lambda x, *_: x, "returns an array of shape (5,), expected a tuple of 3 values"),
        ("adam", lambda W, *_: W, "returns an array of shape (2, 3), expected a tuple of 3 values (W, m, v)"),
        ("softmax-cross-entropy", lambda Z, Y: Z, "expected a tuple of 2 values (loss, dZ)"),
        ("update-parameters", lambda W1, *_: W1, "returns an array of shape (6, 2), expected a tuple of 4"),
        ("predict", lambda X, p: (X, X[:1], 1), "predict returns a tuple of 3, expected an array of"),
    ],
)
def test_what_was_returned_is_described_as_it_was_returned(exercise, returned, words):
    assert words in said(exercise, returned)


def test_numbers_in_one_array_are_as_good_as_a_tuple():
    right = get("two-paths").parts[0].reference
    result, _ = checking.judge("two-paths", (lambda t: np.array(right(t)),))
    assert result.passed


@pytest.mark.parametrize(
    ("activation", "words"),
    [
        (lambda Z: np.max(0, Z), "np.max takes the largest entry of one array, np.maximum compares two"),
        (lambda Z: max(0, Z), "`max` compares single numbers; np.maximum compares entry by entry"),
        (lambda Z: Z if Z > 0 else 0, "`if` decides once, and this is an array of many entries"),
        (lambda Z: Z * (Z > 0 and 1), "`and`, `or`, `not` decide once for all"),
        (lambda Z: math.exp(Z), "math.exp takes one number; np.exp works entry by entry"),
        (lambda Z: Z @ 2.0, "`@` multiplies matrices, and one of the two is a single number"),
        (lambda Z: Z[99], "index 99 is out of bounds for axis 0 with size 6. Its last index is 5."),
        (lambda Z: Z(2), "Is a `*` missing before the bracket"),
        (lambda Z: np.abs(Z, out=None).nothing(), "raises AttributeError"),
    ],
)
def test_an_exception_is_told_with_what_it_means(activation, words):
    assert words in said("forward-propagation", forward(activation))


def test_one_index_for_a_matrix_is_told_as_such():
    def numerical_gradient(f, theta, epsilon=1e-5):
        return np.array([f(theta * 0 + theta[i]) for i in range(theta.size)])

    words = "one index takes a whole row. theta[:, k] is a column, and np.ndindex(theta.shape)"
    assert words in said("numerical-gradient", numerical_gradient)


def test_a_flattened_theta_is_told_as_such():
    def numerical_gradient(f, theta, epsilon=1e-5):
        return np.array([f(theta.ravel())])

    assert "f takes an array like theta, of shape (2, 3), and was given one of shape (6,)" in said(
        "numerical-gradient", numerical_gradient
    )


def test_a_warning_is_told_with_its_line_and_what_np_where_does():
    def tanh_derivative(Z):
        return np.where(np.abs(Z) > 300, 0.0, 1 - (np.sinh(Z) / np.cosh(Z)) ** 2)

    parts = [part.reference for part in get("activation-derivatives").parts]
    words = said("activation-derivatives", parts[0], tanh_derivative, *parts[2:])
    assert "NumPy warns: overflow encountered in sinh in the line `return np.where(" in words
    assert "np.where computes both of its branches for every entry" in words
    assert "special about these: Z has entries as large as 1000 in size" in words


def test_a_failure_at_an_edge_names_what_is_special_about_it():
    def deep_backward(Y, cache, parameters):
        found = get("deep-backward").parts[0].reference(Y, cache, parameters)
        return {name: g * (1 if len(parameters) > 2 else 2) for name, g in found.items()}

    assert "parameters has 2 entries" in said("deep-backward", deep_backward)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda cache: cache["A1"].fill(0), 'changes cache["A1"] in place'),
        (lambda cache: cache.update(dZ2=1), 'adds the entry "dZ2" to cache'),
        (lambda cache: cache.pop("Z2"), 'takes cache["Z2"] out of cache'),
    ],
)
def test_the_entry_that_was_overwritten_is_named(change, words):
    def backward_propagation(Y, cache, *parameters):
        found = get("backward-propagation").parts[0].reference(Y, cache, *parameters)
        change(cache)
        return found

    assert words in said("backward-propagation", backward_propagation)


def test_plural_names_have_plural_verbs():
    assert "norms are" in said("initialization-study", lambda scale, depth, rng: np.ones(depth))
    assert "loss is" in said("softmax-cross-entropy", lambda Z, Y: (1.0, Z))


def network(backward):
    class Network:
        def __init__(self, layers):
            self.layers = layers

        def forward(self, X):
            self.X = X
            for layer in self.layers:
                X = layer.forward(X)
            return X

        def parameters(self):
            return [p for layer in self.layers if hasattr(layer, "W") for p in (layer.W, layer.b)]

        def gradients(self):
            return [p for layer in self.layers if hasattr(layer, "W") for p in (layer.dW, layer.db)]

    Network.backward = backward
    return Network


def _forwards(self, dZ):
    for layer in self.layers:
        dZ = layer.backward(dZ)
    return dZ


def _same_for_all(self, dZ):
    return [layer.backward(dZ) for layer in reversed(self.layers)][-1]


@pytest.mark.parametrize(
    ("backward", "name"), [(_forwards, "backward-not-reversed"), (_same_for_all, "same-dZ-for-all")]
)
def test_a_failure_inside_a_layer_of_ours_is_named_from_a_file_of_the_learners(backward, name):
    result, _ = checking.judge("network", (network(backward),))
    assert [finding.mistake for finding in result.findings] == [name]


def test_two_known_mistakes_at_once_are_both_told():
    def backward_propagation(Y, cache, W1, b1, W2, b2):
        dZ2 = cache["A2"] - Y
        dZ1 = W2.T @ dZ2 * (cache["Z1"] > 0)
        return {
            "dW2": dZ2 @ cache["A1"].T,
            "db2": dZ2.sum(axis=1),
            "dW1": dZ1 @ cache["X"].T,
            "db1": dZ1.sum(axis=1),
        }

    result, _ = checking.judge("backward-propagation", (backward_propagation,))
    assert result.findings[0].mistake == "no-mean, biases-without-keepdims"
    assert result.findings[0].sentence.startswith("Two things. ")


@pytest.mark.parametrize("limit, told", [(15, "A is right where Z is up to "), (20, ""), (2.1694, "")])
def test_where_entries_are_wrong_is_said_of_all_inputs_not_of_the_wrong_ones(limit, told):
    words = said("sigmoid", lambda Z: 1 / (1 + np.exp(-np.clip(Z, -limit, limit))))
    assert "negative" not in words and "right elsewhere" not in words
    assert told in words and ("wrong where it is " in words) == bool(told)
    assert not told or "wrong where it is 40 or more" in words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            "np.zeros((n_out, 1), dtype=int)",
            "b is an array of int64, which cuts",
        ),
        ("np.zeros((n_out, 1), np.float32)", "b is an array of float32, which cuts"),
    ],
)
def test_an_array_that_cuts_what_is_written_into_it_is_no_copy(given, words):
    class Dense(get("dense-layer").parts[0].reference):
        def __init__(self, n_in, n_out, rng):
            super().__init__(n_in, n_out, rng)
            self.b = eval(given)

    assert words in said("dense-layer", Dense)


def test_a_node_is_not_blamed_for_the_gradient_of_its_parent():
    def graph(gradient):
        leaf = {"operation": "", "value": 2.0, "gradient": gradient, "parents": [], "local_derivatives": []}
        node = {"operation": "*", "value": 1.0, "gradient": 1.0, "parents": [0], "local_derivatives": [0.5]}
        return signatures([leaf, node])

    told = first_difference(graph(0.0), graph(0.5))
    assert told == "The node with the value 2 has the gradient 0, expected 0.5."
