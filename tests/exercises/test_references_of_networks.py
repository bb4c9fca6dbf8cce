"""The references of backward passes and training, against automatic differentiation (autograd)."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from mlcourse.exercises import get
from mlcourse.exercises.drives import with_generator

SEEDS = range(5)


def loss(parameters, X, Y, hidden):
    """Mean binary cross-entropy of a network of any depth with a sigmoid output."""
    A = X
    n_layers = len(parameters) // 2
    for layer in range(1, n_layers + 1):
        Z = anp.dot(parameters[f"W{layer}"], A) + parameters[f"b{layer}"]
        A = hidden(Z)
    return anp.mean(anp.logaddexp(0, Z) - Y * Z)


def relu(Z):
    return anp.maximum(Z, 0)


gradients = grad(loss)


def case_of(exercise_id, seed):
    part = get(exercise_id).parts[0]
    return part, part.inputs(np.random.default_rng(seed))


@pytest.mark.parametrize(
    "exercise_id", ["tanh-backward", "three-layer-backward", "deep-backward", "bug-clinic"]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_backward_passes_are_the_derivatives_of_the_loss(exercise_id, seed):
    for part in get(exercise_id).parts:
        case = part.inputs(np.random.default_rng(seed))
        parameters = case.get("parameters") or {name: case[name] for name in ("W1", "b1", "W2", "b2")}
        hidden = anp.tanh if exercise_id == "tanh-backward" else relu
        expected = gradients(parameters, case["cache"]["X"], case["Y"], hidden)
        found = part.reference(*case.values())
        for name, value in expected.items():
            np.testing.assert_allclose(found[f"d{name}"], value, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradients_asked_of_pytorch_are_the_derivatives_of_the_loss(seed):
    part, case = case_of("torch-agreement", seed)
    expected = gradients(case["parameters"], case["X"], case["Y"], relu)
    found = part.reference(*case.values())
    for name, value in expected.items():
        np.testing.assert_allclose(found[f"d{name}"], value, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_training_descends_along_the_derivatives_of_the_loss(seed):
    part, case = case_of("train-network", seed)
    start, none = with_generator(part.reference, case | {"epochs": 0})
    parameters, losses = with_generator(part.reference, case)
    assert none == []
    assert len(losses) == case["epochs"]
    for found in losses:
        assert found == pytest.approx(loss(start, case["X"], case["Y"], relu), rel=1e-9)
        steps = gradients(start, case["X"], case["Y"], relu)
        start = {name: value - case["learning_rate"] * steps[name] for name, value in start.items()}
    for name, value in start.items():
        np.testing.assert_allclose(parameters[name], value, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_initialization_study_measures_the_derivatives_of_the_loss(seed):
    part, case = case_of("initialization-study", seed)
    rng = np.random.default_rng(case["seed"])
    X = rng.standard_normal((10, 50))
    sizes = [10] * case["depth"] + [1]
    parameters = {}
    for layer in range(case["depth"]):
        n_in, n_out = sizes[layer : layer + 2]
        drawn = rng.standard_normal((n_out, n_in))
        parameters[f"W{layer + 1}"] = drawn * case["scale"] * np.sqrt(2 / n_in)
        parameters[f"b{layer + 1}"] = np.zeros((n_out, 1))
    exact = gradients(parameters, X, (X[:1] > 0).astype(float), relu)
    expected = [np.linalg.norm(exact[f"W{layer + 1}"]) for layer in range(case["depth"])]
    np.testing.assert_allclose(with_generator(part.reference, case), expected, rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_forward_pass_gives_the_probability_whose_cross_entropy_is_the_loss(seed):
    part, case = case_of("three-layer-forward", seed)
    A3, cache = part.reference(*case.values())
    Y = (np.arange(A3.shape[1]) % 2).astype(float)[None]
    expected = loss(case["parameters"], case["X"], Y, relu)
    assert -np.mean(np.log(np.where(Y == 1, A3, 1 - A3))) == pytest.approx(expected, rel=1e-9)
    assert np.array_equal(cache["A2"], np.maximum(cache["Z2"], 0))


@pytest.mark.parametrize("seed", SEEDS)
def test_predictions_are_the_likelier_labels(seed):
    part, case = case_of("predict", seed)
    predictions = part.reference(*case.values())
    for i in range(case["X"].shape[1]):
        x = case["X"][:, [i]]
        zero, one = (loss(case["parameters"], x, np.array([[label]]), relu) for label in (0.0, 1.0))
        assert predictions[0, i] == (one < zero)
