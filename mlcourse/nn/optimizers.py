"""Optimizers: rules that change the parameters in place, given the gradients."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


class Optimizer:
    """What optimizers share: the learning rate, and memory of the shapes of the parameters."""

    def __init__(self, learning_rate: float) -> None:
        if not learning_rate > 0:
            raise ValueError(f"learning_rate: expected a positive number, found {learning_rate}")
        self.learning_rate = learning_rate

    def step(self, parameters: Sequence[Array], gradients: Sequence[Array]) -> None:
        """Change each parameter in place; both lists in the same order in every call."""
        raise NotImplementedError

    def _zeros_like(self, parameters: Sequence[Array]) -> list[Array]:
        """Memory that starts at zero."""
        return [np.zeros_like(parameter) for parameter in parameters]


class GradientDescent(Optimizer):
    """W = W - learning_rate dW."""

    def step(self, parameters: Sequence[Array], gradients: Sequence[Array]) -> None:
        """Change each parameter in place."""
        # For a small network, NumPy takes as long to convert a Python number as to multiply: once is enough.
        rate = np.asarray(self.learning_rate, gradients[0].dtype) if gradients else self.learning_rate
        for W, dW in zip(parameters, gradients, strict=True):
            W -= rate * dW


class Momentum(Optimizer):
    """Gradient descent along a moving average of the gradients.

    v = beta v + (1 - beta) dW, W = W - learning_rate v. v starts at zero and is not
    corrected for it, so the first steps are small. The other common rule, v = beta v + dW, takes the same
    steps at (1 - beta) times the learning rate.
    """

    def __init__(self, learning_rate: float, beta: float = 0.9) -> None:
        super().__init__(learning_rate)
        _check_share("beta", beta)
        self.beta = beta
        self.v: list[Array] = []

    def step(self, parameters: Sequence[Array], gradients: Sequence[Array]) -> None:
        """Change each parameter in place."""
        self.v = self.v or self._zeros_like(parameters)
        for W, dW, v in zip(parameters, gradients, self.v, strict=True):
            v *= self.beta
            v += (1 - self.beta) * dW
            W -= self.learning_rate * v


class RMSProp(Optimizer):
    """Steps divided by a moving root mean square of the gradient (Tieleman and Hinton 2012)."""

    def __init__(self, learning_rate: float, beta: float = 0.9, epsilon: float = 1e-8) -> None:
        super().__init__(learning_rate)
        _check_share("beta", beta)
        self.beta = beta
        self.epsilon = epsilon
        self.s: list[Array] = []

    def step(self, parameters: Sequence[Array], gradients: Sequence[Array]) -> None:
        """Change each parameter in place."""
        self.s = self.s or self._zeros_like(parameters)
        for W, dW, s in zip(parameters, gradients, self.s, strict=True):
            s *= self.beta
            s += (1 - self.beta) * dW**2
            W -= self.learning_rate * dW / (np.sqrt(s) + self.epsilon)


class Adam(Optimizer):
    """Adaptive moments: momentum and RMSProp, both corrected for their start at zero (Kingma and Ba 2015)."""

    def __init__(
        self, learning_rate: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
    ) -> None:
        super().__init__(learning_rate)
        _check_share("beta1", beta1)
        _check_share("beta2", beta2)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.t = 0
        self.m: list[Array] = []
        self.v: list[Array] = []

    def step(self, parameters: Sequence[Array], gradients: Sequence[Array]) -> None:
        """Change each parameter in place."""
        self.m = self.m or self._zeros_like(parameters)
        self.v = self.v or self._zeros_like(parameters)
        self.t += 1
        # The corrections m / (1 - beta1^t) and v / (1 - beta2^t), moved into two numbers to save two passes
        # over the arrays (end of section 2 of the paper).
        correction = (1 - self.beta2**self.t) ** 0.5
        learning_rate = self.learning_rate * correction / (1 - self.beta1**self.t)
        epsilon = self.epsilon * correction
        for W, dW, m, v in zip(parameters, gradients, self.m, self.v, strict=True):
            m *= self.beta1
            m += (1 - self.beta1) * dW
            v *= self.beta2
            v += (1 - self.beta2) * dW**2
            W -= learning_rate * m / (np.sqrt(v) + epsilon)


def _check_share(name: str, beta: float) -> None:
    if not 0 <= beta < 1:
        raise ValueError(f"{name}: expected a number from 0 to 1, without 1, found {beta}")
