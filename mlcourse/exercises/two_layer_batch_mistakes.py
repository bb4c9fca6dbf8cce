"""Known mistakes in the gradients of lesson 02 that concern sums and means over the batch."""

from collections.abc import Callable

import numpy as np

from mlcourse.exercises.two_layer_gradients import gradients_mistake, mean_product, mean_rows

Array = np.ndarray


def _sum_product(dZ: Array, A: Array, m: int) -> Array:
    return dZ @ A.T


def _sum_rows(dZ: Array, m: int) -> Array:
    return np.sum(dZ, axis=1, keepdims=True)


def _twice(step: Callable[..., Array]) -> Callable[..., Array]:
    return lambda *arguments: step(*arguments) / arguments[-1]


def _flat_rows(dZ: Array, m: int) -> Array:
    return np.sum(dZ, axis=1) / m


_NOT_MEAN = "the sum over the batch, not its mean: divide by m"
_TWICE = "divided by m twice: once is the mean over the batch"

MEANS = (
    gradients_mistake(
        "no-mean",
        f"All four gradients are {_NOT_MEAN} = Y.shape[1].",
        weights_2=_sum_product,
        bias_2=_sum_rows,
        weights_1=_sum_product,
        bias_1=_sum_rows,
    ),
    gradients_mistake(
        "no-mean-weights",
        f"dW1 and dW2 are {_NOT_MEAN}, as in db1 and db2.",
        weights_2=_sum_product,
        weights_1=_sum_product,
    ),
    gradients_mistake(
        "no-mean-biases",
        f"db1 and db2 are {_NOT_MEAN}, as in dW1 and dW2.",
        bias_2=_sum_rows,
        bias_1=_sum_rows,
    ),
    gradients_mistake(
        "no-mean-layer-1",
        f"dW1 and db1 are {_NOT_MEAN}, as in dW2 and db2.",
        weights_1=_sum_product,
        bias_1=_sum_rows,
    ),
    gradients_mistake(
        "no-mean-layer-2",
        f"dW2 and db2 are {_NOT_MEAN}, as in dW1 and db1.",
        weights_2=_sum_product,
        bias_2=_sum_rows,
    ),
    gradients_mistake("no-mean-dW1", f"dW1 is {_NOT_MEAN}.", weights_1=_sum_product),
    gradients_mistake("no-mean-db1", f"db1 is {_NOT_MEAN}.", bias_1=_sum_rows),
    gradients_mistake("no-mean-dW2", f"dW2 is {_NOT_MEAN}.", weights_2=_sum_product),
    gradients_mistake("no-mean-db2", f"db2 is {_NOT_MEAN}.", bias_2=_sum_rows),
    gradients_mistake(
        "mean-twice",
        f"All four gradients are {_TWICE}. Divide dZ2 by m, or each gradient, not both.",
        weights_2=_twice(mean_product),
        bias_2=_twice(mean_rows),
        weights_1=_twice(mean_product),
        bias_1=_twice(mean_rows),
    ),
    gradients_mistake(
        "mean-twice-layer-1",
        f"dW1 and db1 are {_TWICE}. dZ1 carries no 1/m of its own here.",
        weights_1=_twice(mean_product),
        bias_1=_twice(mean_rows),
    ),
    gradients_mistake(
        "mean-over-features",
        "The gradients are divided by the number of features, X.shape[0]. The mean is over the m examples, "
        "the columns: m = Y.shape[1].",
        batch=lambda Y, cache: cache["X"].shape[0],
    ),
)

BIASES = (
    gradients_mistake(
        "biases-without-keepdims",
        "db1 and db2 have lost a dimension: sum with keepdims=True, so that they keep the shapes of b1 and "
        "b2.",
        bias_2=_flat_rows,
        bias_1=_flat_rows,
    ),
    gradients_mistake(
        "db1-without-keepdims",
        "db1 has lost a dimension: sum with keepdims=True, so that it has the shape of b1, (n1, 1).",
        bias_1=_flat_rows,
    ),
    gradients_mistake(
        "db2-without-keepdims",
        "db2 has lost a dimension: sum with keepdims=True, so that it has the shape of b2, (1, 1).",
        bias_2=_flat_rows,
    ),
    gradients_mistake(
        "biases-over-units",
        "db1 and db2 are summed over the units (axis 0). A bias is shared by the examples: sum over axis 1.",
        bias_2=lambda dZ, m: np.sum(dZ, axis=0, keepdims=True) / m,
        bias_1=lambda dZ, m: np.sum(dZ, axis=0, keepdims=True) / m,
    ),
    gradients_mistake(
        "biases-over-everything",
        "db1 is summed over units and examples together. Each unit has its own bias: sum over axis 1 only.",
        bias_1=lambda dZ, m: np.sum(dZ, keepdims=True) / m,
    ),
    gradients_mistake(
        "biases-one-number",
        "db1 and db2 are single numbers: np.sum without an axis adds everything. Sum over axis 1, with "
        "keepdims=True.",
        bias_2=lambda dZ, m: np.sum(dZ) / m,
        bias_1=lambda dZ, m: np.sum(dZ) / m,
    ),
    gradients_mistake(
        "biases-not-summed",
        "db1 and db2 still have a column for each example: take the mean over axis 1.",
        bias_2=lambda dZ, m: dZ / m,
        bias_1=lambda dZ, m: dZ / m,
    ),
)
