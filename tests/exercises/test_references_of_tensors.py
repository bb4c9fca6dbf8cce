"""The references of lesson 09 against automatic differentiation by another library."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from mlcourse.datasets import digits
from mlcourse.exercises import drives, get

SEEDS = range(5)

EXPRESSIONS = {
    "A.sum()": lambda A: anp.sum(A),
    "(A * G).sum()": lambda A, G: anp.sum(A * G),
    "((A + B) * G).sum()": lambda A, B, G: anp.sum((A + B) * G),
    "((b + A) * G).sum()": lambda b, A, G: anp.sum((b + A) * G),
    "((A + r) * G).sum()": lambda A, r, G: anp.sum((A + r) * G),
    "((b * A) * G).sum()": lambda b, A, G: anp.sum((b * A) * G),
    "((A * r) * G).sum()": lambda A, r, G: anp.sum((A * r) * G),
    "((A * s) * G).sum()": lambda A, s, G: anp.sum((A * s) * G),
    "((A @ C) * H).sum()": lambda A, C, H: anp.sum(anp.dot(A, C) * H),
    "(A.relu() * G).sum()": lambda A, G: anp.sum(anp.maximum(A, 0) * G),
    "((A.relu() + A) * G).sum()": lambda A, G: anp.sum((anp.maximum(A, 0) + A) * G),
    "(A.sum(0) * r).sum()": lambda A, r: anp.sum(anp.sum(A, axis=0) * r),
    "(S.sum(1) * q).sum()": lambda S, q: anp.sum(anp.sum(S, axis=1) * q),
    "((A + A) * A).sum()": lambda A: 2 * anp.sum(A**2),
    "(A * G + (A + B)).sum()": lambda A, B, G: anp.sum(A * G + A + B),
    "((h + A) * h).sum() with h = A * b": lambda A, b: anp.sum((A * b + A) * A * b),
    "(h * (h + A)).sum() with h = A * b": lambda A, b: anp.sum((A * b + A) * A * b),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_arrays_that_remember(seed):
    part = get("tensor-operations").parts[0]
    case = part.inputs(np.random.default_rng(seed))
    found = drives.tensor_operations(part.reference, case)
    assert found.keys() == EXPRESSIONS.keys()
    for name, f in EXPRESSIONS.items():
        letters = f.__code__.co_varnames[: f.__code__.co_argcount]
        arrays = [case[letter] for letter in letters]
        assert found[name]["data"] == pytest.approx(f(*arrays))
        passes = 2 if "with h" in name else 1  # the last two go back twice, and gradients add up
        for letter in found[name].keys() - {"data"}:
            expected = passes * grad(f, letters.index(letter))(*arrays)
            np.testing.assert_allclose(found[name][letter], expected, atol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_back_through_a_broadcast(seed):
    part = get("unbroadcast").parts[0]
    for case in [part.inputs(np.random.default_rng(seed)), *part.edges()]:
        gradient, shape = case["gradient"], case["shape"]
        ones = np.ones(gradient.shape)
        expected = grad(lambda a, g=gradient, ones=ones: anp.sum(g * (a * ones)))(np.zeros(shape))
        np.testing.assert_allclose(part.reference(gradient, shape), expected)
        assert np.shape(part.reference(gradient, shape)) == shape


@pytest.mark.parametrize("seed", SEEDS)
def test_back_through_a_matrix_product(seed):
    part = get("matmul-backward").parts[0]
    for case in [part.inputs(np.random.default_rng(seed)), *part.edges()]:
        for which, found in enumerate(part.reference(**case)):
            expected = grad(lambda A, B, dC=case["dC"]: anp.sum(dC * anp.dot(A, B)), which)(
                case["A"], case["B"]
            )
            np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_back_through_log_softmax(seed):
    part = get("log-softmax").parts[0]
    for case in [part.inputs(np.random.default_rng(seed)), *part.edges()]:
        L, dZ = drives.log_softmax(part.reference, case)

        def log_softmax(Z):
            Z = Z - anp.max(Z, axis=0, keepdims=True)
            return Z - anp.log(anp.sum(anp.exp(Z), axis=0, keepdims=True))

        np.testing.assert_allclose(L, log_softmax(case["Z"]), atol=1e-12)
        expected = grad(lambda Z, dL=case["dL"]: anp.sum(dL * log_softmax(Z)))(case["Z"])
        np.testing.assert_allclose(dZ, expected, atol=1e-12)


def test_the_engine_trains_as_well_as_is_asked_on_the_untouched_test_digits():
    part, (train, test) = get("train-tensors").parts[0], (digits().split(p) for p in ("train", "test"))
    predict = part.reference(train.images, train.one_hot, np.random.default_rng(0))
    assert np.mean(predict(test.images) == test.labels) >= 0.9
