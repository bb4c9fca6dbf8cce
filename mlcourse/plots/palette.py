"""The course's colours and markers, for pictures of both kinds: loads no drawing library.

Okabe and Ito's palette, which the colour-blind can tell apart (M. Okabe, K. Ito, "Color Universal Design",
2008, https://jfly.uni-koeln.de/color/). Colour never speaks alone: a marker, a line style or a label says the
same. The same thing has the same look in every picture: the first series of `SERIES`, `MARKERS` and `DASHES`
is class 0, layer 1 or gradient descent, the second is class 1, layer 2 or momentum, and so on.
"""

from typing import Any

BLUE = "#0072B2"
RED = "#D55E00"
GREEN = "#009E73"
PURPLE = "#CC79A7"
ORANGE = "#E69F00"
SKY = "#56B4E9"
BLACK = "#000000"
YELLOW = "#F0E442"

DARK_RED = "#B84700"
DARK_GREEN = "#00785A"
"""These two are to be read as text, and show gradients and local derivatives."""

INK = "#1F2933"
QUIET = "#5B6673"
FAINT = "#D9DFE5"
PAPER = "#FFFFFF"
PANEL = "#F2F5F8"
GIVEN = "#EAF3FA"
"""Behind a box that holds an input."""

SERIES = (BLUE, RED, GREEN, PURPLE, ORANGE, SKY, BLACK)
"""Colours of lines and points; yellow is too faint on white."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 2)), (0, (1, 1)))
