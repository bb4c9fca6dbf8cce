"""Gradient checking: backpropagation against central differences, many perturbed networks at a time.

Changing the weight W_ij by epsilon changes one row of that layer's Z, Z_i, by epsilon A_j. That one row goes
through the activation, and changes the next dense layer's Z by a column of its W times what the row changed
by. Only from there on do the perturbed networks differ in every number; since the layers that are left are
the same for all, their examples go through these side by side, as so many more columns.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.nn.layers import Layer, LeakyReLU, ReLU, Sigmoid, Tanh
from mlcourse.nn.losses import Loss
from mlcourse.nn.network import Network

Array = NDArray[np.floating]

# Numbers in one stack of perturbed outputs: few enough to stay in the processor's cache; but never fewer
# networks than so many, or NumPy's calls would cost more than their work.
STACK_SIZE, AT_LEAST = 2**14, 16
ELEMENTWISE = (ReLU, LeakyReLU, Tanh, Sigmoid)


@dataclass(frozen=True)
class GradientCheck:
    """Outcome of a gradient check.

    Attributes
    ----------
    relative_difference : float
        ||a - n|| / (||a|| + ||n||) of the analytical and the numerical gradient over all parameters that were
        compared; 0 if both are zero.
    by_parameter : dict of str to float
        The same for each of W1, b1, W2, ... by itself.
    kinks : int
        Number of parameters left out because a ReLU's input changes sign between theta - epsilon and
        theta + epsilon: there the central difference is not the derivative.
    compared : int
        Number of parameters that were compared.
    passed : bool
        Whether every array of parameters agrees to the tolerance, apart from the rounding error that a
        central difference cannot avoid. False if nothing could be compared.
    """

    relative_difference: float
    by_parameter: dict[str, float]
    kinks: int
    compared: int
    passed: bool


def numerical_gradients(
    network: Network, X: Array, Y: Array, loss: Loss, epsilon: float = 1e-5
) -> list[Array]:
    """Central differences (J(theta + epsilon) - J(theta - epsilon)) / (2 epsilon) of every parameter.

    Parameters
    ----------
    network : Network
        Left as it was, parameters and gradients.
    X, Y : ndarray of shape (n_in, m), (n_out, m)
        Examples and targets.
    loss : Loss
        Such as `binary_cross_entropy_from_logits`.
    epsilon : float
        Step.

    Returns
    -------
    list of ndarray
        One for each of ``network.parameters()``, of its shape.

    Raises
    ------
    ValueError
        If `epsilon` is not positive.
    """
    return [numerical for numerical, _ in _differences(network, X, Y, loss, epsilon)]


def gradient_check(
    network: Network, X: Array, Y: Array, loss: Loss, epsilon: float = 1e-5, tolerance: float = 1e-7
) -> GradientCheck:
    """Compare backpropagation with central differences, without false alarms at ReLU's kinks.

    Parameters
    ----------
    network, X, Y, loss, epsilon
        As for `numerical_gradients`. The network must be of float64: float32 leaves a central difference
        three right digits at best.
    tolerance : float
        Largest relative difference that passes.

    Returns
    -------
    GradientCheck
        Converted to text, a summary.

    Raises
    ------
    ValueError
        If the network's parameters are not float64.
    """
    parameters = network.parameters()
    if parameters[0].dtype != np.float64:
        raise ValueError(f"network: expected parameters of float64, found {parameters[0].dtype}")
    differences = list(_differences(network, X, Y, loss, epsilon))
    J, dZ = loss(network.forward(X), Y)
    network.backward(dZ)

    rounding = np.finfo(float).eps * max(abs(J), 1) / epsilon  # of one central difference
    by_parameter, smooth_pairs, agree = {}, [], True
    for index, (analytical, (numerical, kinks)) in enumerate(
        zip(network.gradients(), differences, strict=True)
    ):
        smooth = ~kinks
        a, n = analytical[smooth], numerical[smooth]
        by_parameter["Wb"[index % 2] + str(index // 2 + 1)] = relative_difference(a, n)
        agree &= _norm(a - n) <= tolerance * (_norm(a) + _norm(n)) + 10 * rounding * a.size**0.5
        smooth_pairs.append((a, n))
    a, n = (np.concatenate(arrays) for arrays in zip(*smooth_pairs, strict=True))
    total = sum(parameter.size for parameter in parameters)
    return GradientCheck(
        relative_difference(a, n), by_parameter, total - a.size, a.size, agree and a.size > 0
    )


def relative_difference(a: Array, n: Array) -> float:
    """||a - n|| / (||a|| + ||n||), from 0 (equal) to 1; 0 if both are zero."""
    scale = _norm(a) + _norm(n)
    return _norm(a - n) / scale if scale > 0 else 0.0


def _norm(a: Array) -> float:
    return math.sqrt(np.vdot(a, a))


def _differences(
    network: Network, X: Array, Y: Array, loss: Loss, epsilon: float
) -> Iterator[tuple[Array, NDArray[np.bool_]]]:
    """Central differences and kinks of W1, b1, W2, ..."""
    if not epsilon > 0:
        raise ValueError(f"epsilon: expected a positive number, found {epsilon}")
    outputs = [X]  # outputs[l] goes into layers[l]
    for layer in network.layers:
        outputs.append(layer.forward(outputs[-1]))
    for index, layer in enumerate(network.layers):
        if hasattr(layer, "W"):
            slopes, kinks = _perturb(network.layers[index + 1 :], outputs[index:], Y, loss, epsilon)
            yield slopes[:, :-1], kinks[:, :-1]
            yield slopes[:, -1:], kinks[:, -1:]
    network.forward(X)  # so that the layers remember these examples, not the perturbed ones


def _perturb(
    rest: Sequence[Layer], outputs: Sequence[Array], Y: Array, loss: Loss, epsilon: float
) -> tuple[Array, NDArray[np.bool_]]:
    """Slope of the loss for each weight and bias of a layer, and where it has a kink.

    `outputs` are the layer's input (p, m), its output (n, m), and those of the `rest` of the network.
    Both results have shape (n, p + 1): the bias is the weight of one more input that is always 1.
    """
    A, Z, *_ = outputs
    (n, m), p = Z.shape, len(A) + 1
    steps = np.full((p, m), epsilon, Z.dtype)
    steps[:-1] *= A
    slopes, kinks = np.empty((n, p), Z.dtype), np.zeros((n, p), bool)
    widest = max((len(layer.W) for layer in rest if hasattr(layer, "W")), default=n)
    count = max(AT_LEAST, STACK_SIZE // (2 * m * widest))
    sources, units = min(p, count), max(1, count // p)
    for unit in range(0, n, units):
        for source in range(0, p, sources):
            chunk = slice(unit, unit + units), slice(source, source + sources)
            centre, step = Z[chunk[0], None], steps[chunk[1]]
            # In network (i, j) row i of Z is another; (minus and plus, i, j, examples).
            rows = np.empty((2, len(centre), *step.shape), Z.dtype)
            np.subtract(centre, step, out=rows[0])
            np.add(centre, step, out=rows[1])
            slopes[chunk] = _change(rows, chunk[0], rest, outputs[1:], Y, loss, kinks[chunk])
    slopes /= 2 * epsilon * m
    return slopes, kinks


def _change(
    rows: Array,
    units: slice,
    rest: Sequence[Layer],
    outputs: Sequence[Array],
    Y: Array,
    loss: Loss,
    kinks: NDArray[np.bool_],
) -> Array:
    """Loss at plus less loss at minus, summed over the examples, for each perturbed network; marks the kinks.

    In network (i, j), ``rows[:, i, j]`` replace row ``units[i]`` of ``outputs[0]``, which is what goes into
    the `rest`. `kinks` and the result have shape (i, j).
    """
    index = 0
    while index < len(rest) and isinstance(rest[index], ELEMENTWISE):
        _mark_kinks(rest[index], rows[None], kinks)
        rows = rest[index].forward(rows)
        index += 1
    dense: Any = rest[index] if index < len(rest) else None
    if hasattr(dense, "W"):
        rows -= outputs[index][units, None]
        stack = dense.W[:, None, units, None, None] * rows
        stack += outputs[index + 1][:, None, None, None]
        index += 1
    else:
        stack = np.empty((len(outputs[index]), *rows.shape), rows.dtype)
        stack[:] = outputs[index][:, None, None, None]
        own = np.arange(rows.shape[1])
        stack[own + units.start, :, own] = rows.swapaxes(0, 1)
    for layer in rest[index:]:
        _mark_kinks(layer, stack, kinks)
        stack = layer.forward(stack.reshape(len(stack), -1)).reshape(-1, *rows.shape)
    return loss.change(stack[:, 0], stack[:, 1], Y[:, None, None])


def _mark_kinks(layer: Layer, stack: Array, kinks: NDArray[np.bool_]) -> None:
    """Mark the networks where a ReLU's input, in `stack` (units, 2, i, j, m), differs in sign."""
    if isinstance(layer, ReLU | LeakyReLU):
        kinks |= np.minimum.reduce(stack[:, 0] * stack[:, 1], axis=(0, -1)) < 0
