"""What the batch's graph asks for: the shape of the next array."""

import html
import re

from mlcourse.explorers.batch_steps import AskedShape, Shape, shown
from mlcourse.explorers.question import Question

LONGEST = 9
"""Digits of a size."""


class ShapeQuestion(Question[Shape]):
    """A field for the next shape."""

    wanted = "shape"
    examples = "a shape, such as (128, 50); that of a single number is ()"
    advice = "which shape does that give?"
    occasion = "Next asks where a shape changes."

    def read(self, text: str) -> Shape | None:
        """See `read`."""
        return read(text)

    def right(self, answer: Shape, asked: AskedShape) -> bool:
        """Whether it is the shape."""
        return answer == asked.value

    def ask(self, asked: AskedShape) -> str:
        """Ask by the array's name."""
        return f"Which shape will <b>{html.escape(asked.name)}</b> have?"

    def confirm(self, asked: AskedShape) -> str:
        """The shape, as the picture shows it."""
        return f"{html.escape(asked.name)} is {shown(asked.value)}"


def read(text: str) -> Shape | None:
    """The shape that somebody has typed, with brackets or without: ``(128, 50)``, ``128 x 50``, ``()``."""
    inside = re.fullmatch(r"[(\[]?([\d\s,;x×*]*)[)\]]?", text.strip())
    sizes = re.findall(r"\d+", inside[1]) if inside else []
    if any(len(size) > LONGEST for size in sizes):
        return None
    is_empty = re.fullmatch(r"[(\[]\s*[)\]]", text.strip())
    return tuple(map(int, sizes)) if sizes or is_empty else None
