"""Gradient checking: backpropagation against central differences, many perturbed networks at a time.

Changing the weight W_ij by epsilon changes one row of that layer's Z, Z_i, by epsilon A_j. So no layer before
it needs to be computed again, and since the layers behind it are unchanged, the examples of all the perturbed
networks can go through these side by side, as so many more columns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlcourse.nn.layers import Layer, LeakyReLU, ReLU
from mlcourse.nn.losses import Loss
from mlcourse.nn.network import Network

Array = NDArray[np.floating]

# Numbers in one stack of perturbed outputs: few enough to stay in the processor's cache, enough to make the
# cost of a NumPy call small.
STACK_SIZE = 2**17


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
        scale = np.linalg.norm(a) + np.linalg.norm(n)
        agree &= bool(np.linalg.norm(a - n) <= tolerance * scale + 10 * rounding * a.size**0.5)
        smooth_pairs.append((a, n))
    a, n = (np.concatenate(arrays) for arrays in zip(*smooth_pairs, strict=True))
    total = sum(parameter.size for parameter in parameters)
    return GradientCheck(
        relative_difference(a, n), by_parameter, total - a.size, a.size, agree and a.size > 0
    )


def relative_difference(a: Array, n: Array) -> float:
    """||a - n|| / (||a|| + ||n||), from 0 (equal) to 1; 0 if both are zero."""
    scale = np.linalg.norm(a) + np.linalg.norm(n)
    return float(np.linalg.norm(a - n) / scale) if scale > 0 else 0.0


def _differences(
    network: Network, X: Array, Y: Array, loss: Loss, epsilon: float
) -> Iterator[tuple[Array, NDArray[np.bool_]]]:
    """Central differences and kinks of W1, b1, W2, ..."""
    if not epsilon > 0:
        raise ValueError(f"epsilon: expected a positive number, found {epsilon}")
    A = X
    for index, layer in enumerate(network.layers):
        Z = layer.forward(A)
        if hasattr(layer, "W"):
            # The bias is the weight of one more input that is always 1.
            inputs = np.vstack([A, np.ones_like(A[:1])])
            rest = network.layers[index + 1 :]
            slopes, kinks = _perturb(Z, inputs, rest, Y, loss, epsilon)
            yield slopes[:, :-1], kinks[:, :-1]
            yield slopes[:, -1:], kinks[:, -1:]
        A = Z


def _perturb(
    Z: Array, inputs: Array, rest: Sequence[Layer], Y: Array, loss: Loss, epsilon: float
) -> tuple[Array, NDArray[np.bool_]]:
    """Slope of the loss for each weight from `inputs` (p, m) to Z (n, m), and where it has a kink: (n, p)."""
    (n, m), p = Z.shape, len(inputs)
    slopes, kinks = np.empty(n * p, Z.dtype), np.zeros(n * p, bool)
    widest = max([n] + [len(layer.W) for layer in rest if hasattr(layer, "W")])
    count = max(1, STACK_SIZE // (2 * widest * m))
    for start in range(0, n * p, count):
        stop = min(start + count, n * p)
        unit, source = np.divmod(np.arange(start, stop), p)
        k = stop - start
        step = epsilon * inputs[source]
        stack = np.empty((n, 2, k, m), Z.dtype)
        stack[:] = Z[:, None, None]
        stack[unit, 0, np.arange(k)] -= step
        stack[unit, 1, np.arange(k)] += step
        A = stack.reshape(n, -1)
        for layer in rest:
            if isinstance(layer, ReLU | LeakyReLU):
                minus, plus = A.reshape(-1, 2, k, m).swapaxes(0, 1)
                kinks[start:stop] |= (minus * plus < 0).any(axis=(0, 2))
            A = layer.forward(A)
        losses = loss.per_example(A.reshape(-1, 2, k, m), Y[:, None, None])
        slopes[start:stop] = (losses[1] - losses[0]).sum(axis=-1) / (2 * epsilon * m)
    return slopes.reshape(n, p), kinks.reshape(n, p)
