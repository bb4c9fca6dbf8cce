"""Curves over training: loss, accuracy, gradient norms."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from mlcourse.nn import History
from mlcourse.plots.style import axes, lines, series

Record = History | Sequence[float] | np.ndarray


def learning_curve(
    history: Record | Mapping[str, Record],
    ax: Axes | None = None,
    *,
    quantity: str = "loss",
    log: bool = False,
) -> Axes:
    """Loss (or accuracy) after each epoch.

    Parameters
    ----------
    history : History, sequence of float, or a mapping of names to either
        What `mlcourse.nn.train` returned, or plain numbers; several with their names are drawn together.
    ax : Axes, optional
        Where to draw; a new figure if not given.
    quantity : str
        ``"loss"`` or ``"accuracy"``, where histories are given.
    log : bool
        Whether the vertical axis is logarithmic.

    Returns
    -------
    Axes
    """
    if quantity not in ("loss", "accuracy"):
        raise ValueError(f"quantity: expected 'loss' or 'accuracy', found {quantity!r}")
    records: Mapping[str, Any] = history if isinstance(history, Mapping) else {quantity: history}
    ax = axes(ax)
    lines(ax, {name: _numbers(name, record, quantity) for name, record in records.items()}, x_start=1)
    ax.set(xlabel="epoch", ylabel=f"mean {quantity}" if quantity == "loss" else quantity)
    ax.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True))
    if log:
        ax.set_yscale("log")
    return ax


def gradient_flow(norms: ArrayLike | History, ax: Axes | None = None) -> Axes:
    """Norm of each layer's gradient over the epochs, on a logarithmic axis.

    Parameters
    ----------
    norms : History or array of shape (epochs, layers)
        Such as ``history.gradient_norms``.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
    """
    norms = np.asarray(norms.gradient_norms if isinstance(norms, History) else norms, dtype=float)
    if norms.ndim != 2:
        raise ValueError(f"norms: expected an array of shape (epochs, layers), found shape {norms.shape}")
    ax = axes(ax)
    lines(ax, {f"layer {index + 1}": _positive(column) for index, column in enumerate(norms.T)}, x_start=1)
    ax.set(xlabel="epoch", ylabel="gradient norm  ‖dW‖", yscale="log")
    ax.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True))
    return ax


def gradient_by_depth(norms: ArrayLike | Mapping[str, ArrayLike], ax: Axes | None = None) -> Axes:
    """Norm of the gradient in each layer, from the first to the last, on a logarithmic axis.

    A norm of exactly zero, which has no place on such an axis, is marked on the frame below.

    Parameters
    ----------
    norms : array of shape (layers,), or a mapping of names to such
        Several, such as one for each initializer, are drawn together.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
    """
    named = norms if isinstance(norms, Mapping) else {"": norms}
    arrays = {name: np.asarray(values, dtype=float) for name, values in named.items()}
    for name, values in arrays.items():
        if values.ndim != 1:
            raise ValueError(
                f"norms {name}: expected an array of shape (layers,), found shape {values.shape}"
            )
    ax = axes(ax)
    labels = {
        name: f"{name} (on the axis: exactly 0)" if (v == 0).any() else name for name, v in arrays.items()
    }
    lines(ax, {labels[name]: _positive(values) for name, values in arrays.items()}, x_start=1)
    for index, values in enumerate(arrays.values()):
        layers = np.flatnonzero(values == 0) + 1
        on_the_axis = {**series(index), "linestyle": "none", "clip_on": False, "zorder": 5}
        if len(layers):  # an empty line that is not clipped would lie in the figure's corner, and widen it
            ax.plot(layers, np.zeros(len(layers)), transform=ax.get_xaxis_transform(), **on_the_axis)
    ax.set(xlabel="layer (1 is next to the input)", ylabel="gradient norm  ‖dW‖", yscale="log")
    ax.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 5, 10], integer=True))
    return ax


def _numbers(name: str, record: Any, quantity: str) -> np.ndarray:
    numbers = np.asarray(getattr(record, quantity) if isinstance(record, History) else record, dtype=float)
    if numbers.ndim != 1:
        raise ValueError(f"{name}: expected a sequence of numbers, one an epoch, found shape {numbers.shape}")
    return numbers


def _positive(values: np.ndarray) -> np.ndarray:
    """Zeros become gaps: they have no logarithm."""
    return np.where(values > 0, values, np.nan)
