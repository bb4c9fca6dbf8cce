"""Real handwritten digits: 5,000 of MNIST, bundled with the course (see data/README.md)."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

SPLIT = {"train": slice(0, 3500), "validation": slice(3500, 4000), "test": slice(4000, 5000)}
"""The bundled images are in random order already, so that a fixed cut is a fair one."""


@dataclass(frozen=True)
class Digits:
    """Images of digits and what they show.

    Attributes
    ----------
    images : ndarray of shape (784, m)
        One image a column, its 28 rows of 28 pixels one after the other, from 0 (black) to 1 (white).
    labels : ndarray of int, shape (m,)
        The digits, 0 to 9.
    """

    images: NDArray[np.float64]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        return f"Digits(images={self.images.shape}, labels={self.labels.shape})"

    @property
    def one_hot(self) -> NDArray[np.float64]:
        """Labels as columns of the unit matrix, shape (10, m)."""
        return np.eye(10)[:, self.labels]

    def split(self, part: str) -> "Digits":
        """One part of the fixed split of the 5,000.

        Parameters
        ----------
        part : str
            ``"train"`` (3,500 digits), ``"validation"`` (500) or ``"test"`` (1,000).
        """
        if part not in SPLIT:
            raise ValueError(f"part: expected one of {', '.join(SPLIT)}, found {part!r}")
        if len(self) != 5000:
            raise ValueError(f"split: expected all 5,000 digits, found {len(self)}: they are a part already")
        return Digits(self.images[:, SPLIT[part]], self.labels[SPLIT[part]])


@cache
def digits() -> Digits:
    """Return all 5,000 digits, 500 of each class, in a fixed random order; read-only."""
    with as_file(files("mlcourse.datasets") / "data" / "mnist_5k.npz") as path, np.load(path) as data:
        images = data["images"].reshape(-1, 784).T / 255
        labels = data["labels"].astype(np.int64)
    images.flags.writeable = labels.flags.writeable = False
    return Digits(images, labels)
