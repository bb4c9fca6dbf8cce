"""Layers: each knows how to go forward, and backward through what it did last.

``forward(A)`` remembers what ``backward(dZ)`` will need; `backward` takes the derivative of the loss with
respect to the layer's output and returns that with respect to its input. Columns are examples throughout.

Products are written ``W.dot(A)``: the same as ``W @ A``, at a third of the cost for a small network.
"""

from typing import Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray

from mlcourse.nn.activations import leaky_relu, sigmoid
from mlcourse.nn.initializers import INITIALIZERS, Initializer

Array = NDArray[np.floating]


class Layer(Protocol):
    """What a network asks of its layers."""

    def forward(self, A: Array) -> Array:
        """Output for the input A of shape (n_in, m)."""
        ...

    def backward(self, dA: Array) -> Array:
        """Derivative with respect to the input, given that with respect to the output."""
        ...


class Dense:
    """Fully connected layer Z = W A + b.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of inputs and outputs.
    rng : numpy.random.Generator
        Source of the initial weights.
    initializer : str or callable
        ``"he"``, ``"xavier"`` or a function ``(n_out, n_in, rng) -> W``; biases start at zero.
    dtype : dtype
        Type of all parameters, float64 or float32.

    Attributes
    ----------
    W, dW : ndarray of shape (n_out, n_in)
        Weights, and the derivative of the loss that the last `backward` left.
    b, db : ndarray of shape (n_out, 1)
        Biases, and their derivative.
    """

    def __init__(
        self,
        n_in: int,
        n_out: int,
        rng: np.random.Generator,
        initializer: str | Initializer = "he",
        dtype: DTypeLike = np.float64,
    ) -> None:
        if min(n_in, n_out) < 1:
            raise ValueError(f"n_in, n_out: expected at least 1, found {n_in} and {n_out}")
        if isinstance(initializer, str):
            if initializer not in INITIALIZERS:
                names = ", ".join(INITIALIZERS)
                raise ValueError(f"initializer: expected {names} or a function, found {initializer!r}")
            initializer = INITIALIZERS[initializer]
        self.W: Array = initializer(n_out, n_in, rng).astype(dtype)
        self.b: Array = np.zeros((n_out, 1), dtype)
        self.dW: Array = np.zeros_like(self.W)
        self.db: Array = np.zeros_like(self.b)

    def forward(self, A: Array) -> Array:
        """Z = W A + b, of shape (n_out, m)."""
        if A.ndim != 2 or A.shape[0] != self.W.shape[1]:
            raise ValueError(f"A: expected shape ({self.W.shape[1]}, m), found {A.shape}")
        self.A = A
        Z = self.W.dot(A)
        Z += self.b
        return Z

    def backward(self, dZ: Array) -> Array:
        """Set dW = dZ Aᵀ and db = sum of dZ over the examples; return dA = Wᵀ dZ."""
        self.parameter_gradients(dZ)
        return self.W.T.dot(dZ)

    def parameter_gradients(self, dZ: Array) -> None:
        """Set dW and db only: all that training needs of the first layer."""
        self.dW = dZ.dot(self.A.T)
        self.db = np.add.reduce(dZ, axis=1, keepdims=True)  # dZ.sum(...), by the shorter way


class Sigmoid:
    """Sigmoid layer."""

    def forward(self, A: Array) -> Array:
        """Output of the shape of the input."""
        self.output = sigmoid(A)
        return self.output

    def backward(self, dA: Array) -> Array:
        """Chain rule with the derivative A (1 - A)."""
        return dA * self.output * (1 - self.output)


class Tanh:
    """Hyperbolic tangent layer."""

    def forward(self, A: Array) -> Array:
        """Output of the shape of the input."""
        self.output = np.tanh(A)
        return self.output

    def backward(self, dA: Array) -> Array:
        """Chain rule with the derivative 1 - A²."""
        return dA * (1 - self.output**2)


class ReLU:
    """Rectified linear layer."""

    def forward(self, A: Array) -> Array:
        """Output of the shape of the input."""
        self.output = np.maximum(A, 0.0)
        return self.output

    def backward(self, dA: Array) -> Array:
        """Pass the derivative on where the input was positive."""
        return dA * np.sign(self.output)  # the output is 0 or positive, so that this is 0 or 1


class LeakyReLU:
    """Leaky rectified linear layer; `alpha` is the slope for negative input."""

    def __init__(self, alpha: float = 0.01) -> None:
        self.alpha = alpha

    def forward(self, A: Array) -> Array:
        """Output of the shape of the input."""
        self.input = A
        return leaky_relu(A, self.alpha)

    def backward(self, dA: Array) -> Array:
        """Pass the derivative on where the input was positive, alpha times it elsewhere."""
        return np.where(self.input > 0, dA, self.alpha * dA)


ACTIVATION_LAYERS: dict[str, type[Sigmoid] | type[Tanh] | type[ReLU] | type[LeakyReLU]] = {
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
}
