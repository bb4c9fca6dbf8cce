"""Activation functions and their derivatives, element by element.

Every function takes an array (or number) ``Z`` of any shape and returns an array of that shape and type.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]


def _floating(Z: ArrayLike) -> Array:
    """Z as an array of floats: float32 stays float32, integers become float64."""
    Z = np.asarray(Z)
    return Z if Z.dtype.kind == "f" else Z.astype(np.float64)


def sigmoid(Z: ArrayLike) -> Array:
    """Logistic function 1 / (1 + exp(-Z)), without overflow for any Z.

    For negative Z it is written exp(Z) / (1 + exp(Z)), which is the same: no exponent is ever positive.
    """
    Z = _floating(Z)
    return np.exp(np.minimum(Z, 0.0)) / (1 + np.exp(-np.abs(Z)))


def sigmoid_derivative(Z: ArrayLike) -> Array:
    """Derivative of `sigmoid` at Z: A (1 - A).

    1 - A is taken as sigmoid(-Z), so that the tail on the right is as exact as that on the left.
    """
    Z = _floating(Z)
    return sigmoid(Z) * sigmoid(-Z)


def tanh(Z: ArrayLike) -> Array:
    """Hyperbolic tangent."""
    return np.tanh(_floating(Z))


def tanh_derivative(Z: ArrayLike) -> Array:
    """Derivative of `tanh` at Z: 1 - A²."""
    return 1 - tanh(Z) ** 2


def relu(Z: ArrayLike) -> Array:
    """Rectified linear unit: max(Z, 0)."""
    return np.maximum(_floating(Z), 0)


def relu_derivative(Z: ArrayLike) -> Array:
    """Derivative of `relu` at Z: 1 where Z > 0, otherwise 0.

    At the kink Z = 0 no derivative exists; 0 is the customary choice.
    """
    Z = _floating(Z)
    return (Z > 0).astype(Z.dtype)


def leaky_relu(Z: ArrayLike, alpha: float = 0.01) -> Array:
    """Leaky rectified linear unit: Z where Z > 0, otherwise alpha Z (Maas et al. 2013)."""
    Z = _floating(Z)
    return np.where(Z > 0, Z, alpha * Z)


def leaky_relu_derivative(Z: ArrayLike, alpha: float = 0.01) -> Array:
    """Derivative of `leaky_relu` at Z: 1 where Z > 0, otherwise alpha (also at the kink Z = 0)."""
    Z = _floating(Z)
    return np.where(Z > 0, 1, alpha).astype(Z.dtype)


class Activation(NamedTuple):
    """An activation function with its derivative, both functions of Z."""

    name: str
    function: Callable[[ArrayLike], Array]
    derivative: Callable[[ArrayLike], Array]


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation("sigmoid", sigmoid, sigmoid_derivative),
    "tanh": Activation("tanh", tanh, tanh_derivative),
    "relu": Activation("relu", relu, relu_derivative),
    "leaky_relu": Activation("leaky_relu", leaky_relu, leaky_relu_derivative),
}
