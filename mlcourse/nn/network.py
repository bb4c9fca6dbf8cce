"""A network: layers one after the other."""

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import DTypeLike, NDArray

from mlcourse.nn.initializers import Initializer
from mlcourse.nn.layers import ACTIVATION_LAYERS, Dense, Layer

Array = NDArray[np.floating]


class Network:
    """Feed-forward network of any depth.

    The last layer is a `Dense` one: its outputs are logits, and the sigmoid or softmax belongs to the loss.

    Parameters
    ----------
    layers : sequence of Layer
        In the order of the forward pass. Those with ``W`` and ``b`` also have ``dW`` and ``db``.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        if not layers:
            raise ValueError("layers: expected at least one layer, found none")
        self.layers = tuple(layers)
        self.dense_layers = [cast(Dense, layer) for layer in layers if hasattr(layer, "W")]

    @classmethod
    def dense(
        cls,
        sizes: Sequence[int],
        activation: str = "relu",
        *,
        rng: np.random.Generator,
        initializer: str | Initializer = "he",
        dtype: DTypeLike = np.float64,
    ) -> "Network":
        """Build dense layers of the given sizes, with an activation after each but the last.

        Parameters
        ----------
        sizes : sequence of int
            Numbers of units from the input to the output, such as ``[784, 128, 64, 10]``.
        activation : str
            ``"relu"``, ``"leaky_relu"``, ``"tanh"`` or ``"sigmoid"``.
        rng, initializer, dtype
            As for `Dense`.

        Raises
        ------
        ValueError
            If there are fewer than two sizes, or a name is unknown.
        """
        if len(sizes) < 2:
            raise ValueError(f"sizes: expected at least an input and an output size, found {list(sizes)}")
        if activation not in ACTIVATION_LAYERS:
            raise ValueError(
                f"activation: expected one of {', '.join(ACTIVATION_LAYERS)}, found {activation!r}"
            )
        layers: list[Layer] = []
        for n_in, n_out in pairwise(sizes):
            layers += [Dense(n_in, n_out, rng, initializer, dtype), ACTIVATION_LAYERS[activation]()]
        return cls(layers[:-1])

    def forward(self, X: Array) -> Array:
        """Logits Z of shape (n_out, m) for the examples X of shape (n_in, m)."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dZ: Array) -> Array:
        """Propagate dZ of shape (n_out, m) back through all layers: sets their gradients, returns dX."""
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)
        return dZ

    def parameter_gradients(self, dZ: Array) -> None:
        """Like `backward`, without dX, which training does not need: on images, a third of the work."""
        for layer in reversed(self.layers[1:]):
            dZ = layer.backward(dZ)
        first = self.layers[0]
        if isinstance(first, Dense):
            first.parameter_gradients(dZ)
        else:
            first.backward(dZ)

    def parameters(self) -> list[Array]:
        """The arrays W1, b1, W2, b2, ... themselves: optimizers change them in place."""
        return [array for layer in self.dense_layers for array in (layer.W, layer.b)]

    def gradients(self) -> list[Array]:
        """Derivatives dW1, db1, dW2, db2, ... that the last backward pass left."""
        return [array for layer in self.dense_layers for array in (layer.dW, layer.db)]

    def predict(self, X: Array) -> NDArray[np.integer]:
        """Most probable answer for each example.

        Returns
        -------
        ndarray of int
            Of shape (1, m), 0 or 1, where the network has one output; of shape (m,), the class, where it has
            more.
        """
        Z = self.forward(X)
        return (Z > 0).astype(int) if Z.shape[0] == 1 else Z.argmax(axis=0)
