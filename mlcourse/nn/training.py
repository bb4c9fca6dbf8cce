"""The training loop: forward, loss, backward, update; and the history it leaves."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlcourse.nn.losses import Loss
from mlcourse.nn.network import Network
from mlcourse.nn.optimizers import Optimizer

Array = NDArray[np.floating]


@dataclass(frozen=True)
class History:
    """What training recorded, one entry an epoch.

    Attributes
    ----------
    loss : ndarray of shape (epochs,)
        Mean training loss during the epoch, each batch measured before its step.
    accuracy : ndarray of shape (epochs,)
        Training accuracy, measured likewise; nan where the loss is not that of a classification.
    gradient_norms : ndarray of shape (epochs, layers)
        Norm of dW of each dense layer, mean over the epoch's batches.
    """

    loss: Array
    accuracy: Array
    gradient_norms: Array

    def __len__(self) -> int:
        return len(self.loss)

    def first(self, epochs: int) -> "History":
        """History of the first so many epochs (a view, not a copy)."""
        return History(self.loss[:epochs], self.accuracy[:epochs], self.gradient_norms[:epochs])


Callback = Callable[[int, History], object]


def train(
    network: Network,
    X: Array,
    Y: Array,
    loss: Loss,
    optimizer: Optimizer,
    epochs: int,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    callback: Callback | None = None,
) -> History:
    """Train a network in place.

    Parameters
    ----------
    network : Network
        Anything with its methods ``forward``, ``backward``, ``parameters`` and ``gradients`` will do.
    X : ndarray of shape (n_in, m)
        Examples, one a column.
    Y : ndarray of shape (n_out, m)
        Targets, as the loss expects them.
    loss : Loss
        Such as `softmax_cross_entropy`.
    optimizer : Optimizer
        Such as ``Adam(0.001)``.
    epochs : int
        Passes through the examples.
    batch_size : int, optional
        Examples a step; the last batch of an epoch may be short. All of them if not given.
    rng : numpy.random.Generator, optional
        Shuffles the examples before each epoch; needed where `batch_size` is given.
    callback : callable, optional
        ``callback(epoch, history)`` after each epoch, counted from 0; training stops if it returns False.

    Returns
    -------
    History
        Shorter than `epochs` if the callback stopped it, or if the loss became infinite or nan.

    Raises
    ------
    ValueError
        If X and Y do not have the same number of examples, or `batch_size` is not positive or comes without
        `rng`.
    """
    dtype = network.parameters()[0].dtype
    # Each example in one piece of memory: picking a batch is then a few copies of contiguous blocks.
    examples = np.ascontiguousarray(np.asarray(X, dtype).T)
    targets = np.ascontiguousarray(np.asarray(Y, dtype).T)
    _check(examples, targets, epochs, batch_size, rng)
    m = len(examples)
    # Networks of other people need no method of that name.
    backward = getattr(network, "parameter_gradients", network.backward)
    layers = len(network.parameters()) // 2
    history = History(np.zeros(epochs), np.zeros(epochs), np.zeros((epochs, layers)))

    # A diverging run overflows; the history shows it, no warning need.
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(epochs):
            for X_batch, Y_batch in _batches(examples, targets, batch_size, rng):
                Z = network.forward(X_batch)
                batch_loss, dZ = loss(Z, Y_batch)
                backward(dZ)
                gradients = network.gradients()
                optimizer.step(network.parameters(), gradients)
                share = X_batch.shape[1] / m
                history.loss[epoch] += share * batch_loss
                history.accuracy[epoch] += share * loss.accuracy(Z, Y_batch)
                for layer, dW in enumerate(gradients[::2]):
                    history.gradient_norms[epoch, layer] += share * math.sqrt(np.vdot(dW, dW))
            if not math.isfinite(history.loss[epoch]):
                return history.first(epoch + 1)
            if callback is not None:
                answer = callback(epoch, history.first(epoch + 1))
                if isinstance(answer, bool | np.bool_) and not answer:
                    return history.first(epoch + 1)
    return history


def _batches(
    examples: Array, targets: Array, batch_size: int | None, rng: np.random.Generator | None
) -> Iterator[tuple[Array, Array]]:
    """Each example once, in random order, as batches with an example a column."""
    if batch_size is None or rng is None:
        yield examples.T, targets.T
        return
    order = rng.permutation(len(examples))
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        yield examples[batch].T, targets[batch].T


def _check(
    examples: Array, targets: Array, epochs: int, batch_size: int | None, rng: np.random.Generator | None
) -> None:
    if len(examples) != len(targets):
        raise ValueError(
            f"Y: expected {len(examples)} columns, one for each example of X, found {len(targets)}"
        )
    if len(examples) == 0:
        raise ValueError("X: expected at least one example (column), found none")
    if epochs < 0:
        raise ValueError(f"epochs: expected 0 or more, found {epochs}")
    if batch_size is not None and batch_size < 1:
        raise ValueError(f"batch_size: expected at least 1, found {batch_size}")
    if batch_size is not None and rng is None:
        raise ValueError("rng: expected a numpy.random.Generator to shuffle the batches with, found None")
