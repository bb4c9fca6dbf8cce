"""Images of digits: picked from the test part, drawn, centred, shifted."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.datasets import digits


def checked(drawing: Any) -> NDArray[np.float64]:
    """Return a drawing in 256 shades, as the pad keeps it, or raise ValueError."""
    image = np.asarray(drawing)
    numeric = image.dtype.kind in "biuf"
    if image.shape != (28, 28) or not numeric or not np.all((image >= 0) & (image <= 1)):
        raise ValueError(
            f"image: expected numbers from 0 to 1 in the shape (28, 28), got shape {image.shape}"
        )
    return np.rint(255 * image) / 255


def pick(digit: int, example: int) -> NDArray[np.float64]:
    """One of the test digits."""
    part = digits().split("test")
    return part.images[:, np.flatnonzero(part.labels == digit)[example - 1]].reshape(28, 28)


def centred(image: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move the centre of mass to the middle, as far as no ink falls off the edge.

    Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits": "the images were
    centered in a 28x28 image by computing the center of mass of the pixels". In the data, that is row and
    column 14, counted from 0.
    """
    moves = []
    for ink in (image.sum(axis=0), image.sum(axis=1)):
        places = np.flatnonzero(ink)
        wanted = round(14 - float(ink @ np.arange(28) / ink.sum()))
        moves.append(int(np.clip(wanted, -places[0], 27 - places[-1])))
    return shifted(image, *moves)


def shifted(image: NDArray[np.float64], right: int, down: int) -> NDArray[np.float64]:
    """Move an image, empty pixels moving in."""
    shifted = np.zeros((28, 28))
    to, fro = slice(max(down, 0), 28 + min(down, 0)), slice(max(-down, 0), 28 + min(-down, 0))
    across, back = slice(max(right, 0), 28 + min(right, 0)), slice(max(-right, 0), 28 + min(-right, 0))
    shifted[to, across] = image[fro, back]
    return shifted
