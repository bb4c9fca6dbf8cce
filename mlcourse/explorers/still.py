"""What stands still in a picture is sent once; what moves is laid over it."""

import io
import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PIL import Image

MOVING, STANDING = 5, 8
"""How much a PNG is compressed: of what moves, which somebody may wait for, and of what stands still.

Of what moves, 3 would take a millisecond less and a tenth to a half of the bytes more, 6 up to three times
the time for a hundredth of the bytes or two. Of what stands still, 8 takes 10 ms, 9 would take 25.
"""


@dataclass(frozen=True)
class Still:
    """What stands still in a picture, in the colours in which all is sent that is laid over it.

    Attributes
    ----------
    image : Image
        With a palette.
    """

    image: Image.Image

    @cached_property
    def numbers(self) -> np.ndarray:
        """Of each pixel, the number of its colour, shape (height, width)."""
        return np.asarray(self.image)

    @property
    def none(self) -> int:
        """A number that is that of no colour."""
        return len(self.colors) // 3 - 1

    @cached_property
    def colors(self) -> bytes:
        """Red, green and blue of each, and three more for none."""
        return bytes(self.image.getpalette() or []) + bytes(3)

    @cached_property
    def png(self) -> bytes:
        """The same as a PNG."""
        return encode(self.image, STANDING)

    @cached_property
    def name(self) -> str:
        """That of its pixels and colours: another one where they are others."""
        return f"{zlib.crc32(self.numbers.tobytes(), zlib.crc32(self.colors)):08x}"


def encode(image: Image.Image, level: int = MOVING) -> bytes:
    """Make a PNG of an image, compressed at that level."""
    target = io.BytesIO()
    image.save(target, format="png", compress_level=level)
    return target.getvalue()
