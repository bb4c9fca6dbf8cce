"""Small two-dimensional problems. X is (2, m), one point a column; Y is (1, m), 0 or 1, unless said."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def xor() -> tuple[Array, Array]:
    """Return the four points of exclusive or: X of shape (2, 4), Y of shape (1, 4)."""
    return np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0.0, 1, 1, 0]])


def moons(m: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Two interleaved half circles, as in scikit-learn's `make_moons`.

    Parameters
    ----------
    m : int
        Number of points, half of each class (class 0 has one more if m is odd).
    noise : float
        Standard deviation of the normal noise added to both coordinates.
    rng : numpy.random.Generator
        Source of the points and of their order.

    Returns
    -------
    X, Y : ndarray of shape (2, m), (1, m)
    """
    labels = _labels(m, 2, noise, rng)
    angle = np.pi * rng.random(m)
    upper = np.stack([np.cos(angle), np.sin(angle)])
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return np.where(labels == 0, upper, lower) + noise * rng.standard_normal((2, m)), labels[None].astype(
        float
    )


def circles(m: int, noise: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Circle of radius 1/2 (class 1) inside a circle of radius 1 (class 0); parameters as for `moons`."""
    labels = _labels(m, 2, noise, rng)
    angle = 2 * np.pi * rng.random(m)
    X = np.where(labels == 0, 1.0, 0.5) * np.stack([np.cos(angle), np.sin(angle)])
    return X + noise * rng.standard_normal((2, m)), labels[None].astype(float)


def spirals(m: int, noise: float, rng: np.random.Generator, classes: int = 2) -> tuple[Array, Array]:
    """Arms of a spiral, one a class, each turning once and a half around the origin.

    Parameters
    ----------
    m, noise, rng
        As for `moons`.
    classes : int
        Number of arms, at least 2.

    Returns
    -------
    X, Y : ndarray
        X of shape (2, m); Y of shape (1, m) for two classes, one-hot of shape (classes, m) for more.
    """
    labels = _labels(m, classes, noise, rng)
    radius = np.sqrt(rng.uniform(0.01, 1, m))  # the root spreads the points evenly along the arm
    angle = 3 * np.pi * radius + 2 * np.pi * labels / classes
    X = radius * np.stack([np.cos(angle), np.sin(angle)]) + noise * rng.standard_normal((2, m))
    return X, labels[None].astype(float) if classes == 2 else np.eye(classes)[:, labels]


def _labels(m: int, classes: int, noise: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Labels of m points in random order, as many of each class as possible."""
    if classes < 2:
        raise ValueError(f"classes: expected at least 2, found {classes}")
    if m < classes:
        raise ValueError(f"m: expected at least one point for each of {classes} classes, found {m}")
    if noise < 0:
        raise ValueError(f"noise: expected a standard deviation of 0 or more, found {noise}")
    return rng.permutation(np.arange(m) % classes)
