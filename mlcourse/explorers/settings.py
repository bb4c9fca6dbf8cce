"""What an explorer lets you change: the range of each setting, its check, and the control that moves it.

A setting knows nothing of pictures. Its control (an ipywidgets widget) is made only when somebody asks for
it, so that an explorer that nobody sees costs nothing.
"""

import html
import math
import numbers
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np


class Labelled:
    """What the settings share whose control shows its value itself."""

    label: str

    def caption(self, value: Any) -> str:
        """What the control is labelled with at this value."""
        return self.label

    def stays(self, value: Any, moved: Any) -> bool:
        """Tell whether a control at `value` that says `moved` has not been moved."""
        return bool(value == moved)


@dataclass(frozen=True)
class Number:
    """A real number in a range, moved with a slider.

    Attributes
    ----------
    label : str
        What stands beside the control, with its unit where it has one.
    start, low, high : float
        Value at the start, and the range, both ends included.
    step : float
        One key press. For a logarithmic slider it is a step of the exponent: 0.1 is a tenth of a power of
        ten.
    logarithmic : bool
        Whether equal movements multiply instead of add.
    """

    label: str
    start: float
    low: float
    high: float
    step: float
    logarithmic: bool = False

    @property
    def range(self) -> str:
        """The range in words, for messages."""
        return f"a number from {self.low:g} to {self.high:g}"

    def check(self, name: str, value: Any) -> float:
        """Return `value` as a float, or raise ValueError that names the control and its range."""
        if isinstance(value, (bool, np.bool_)) or not isinstance(
            value, (int, float, np.integer, np.floating)
        ):
            raise ValueError(f"{name}: expected {self.range}, got {value!r}")
        # The slider computes 10 ** exponent, so its own ends may miss the range by a rounding error.
        slack = 1e-9 * max(abs(self.low), abs(self.high))
        if not self.low - slack <= value <= self.high + slack:
            raise ValueError(f"{name}: expected {self.range}, got {value!r}")
        return min(max(float(value), self.low), self.high)

    def control(self) -> Any:
        """Make the slider.

        Its value stands in its label: ipywidgets' own readout shows the notch, not the value (see `stays`).
        """
        from ipywidgets import FloatLogSlider, FloatSlider

        look = {
            "description": self.label,
            "description_allow_html": True,
            "readout": False,
            "step": self.step,
        }
        if self.logarithmic:
            low, high = math.log10(self.low), math.log10(self.high)
            return FloatLogSlider(value=self.start, min=low, max=high, **look)
        return FloatSlider(value=self.start, min=self.low, max=self.high, **look)

    def caption(self, value: float) -> str:
        """What the control is labelled with at this value: name and value, as HTML."""
        return f"{html.escape(self.label)} <b>{value:.3g}</b>".replace("<b>-", "<b>−")

    @property
    def last(self) -> int:
        """Number of the slider's last notch; the first is 0."""
        return math.floor(self.place(self.high) + 1e-6)

    def place(self, value: float) -> float:
        """Where the slider stands at this value, in notches."""
        return (self._scale(value) - self._scale(self.low)) / self.step

    def at(self, notch: int) -> float:
        """The value at a notch."""
        exponent = self._scale(self.low) + notch * self.step
        return min(max(10**exponent if self.logarithmic else exponent, self.low), self.high)

    def _scale(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value

    def stays(self, value: float, moved: float) -> bool:
        """Tell whether a slider at `value` says `moved` of its own accord, nobody having moved it.

        On the page it stands on the nearest notch and reports that as its value. A key press goes at least
        half a step away.
        """
        return abs(self.place(moved) - self.place(value)) < 0.4999


@dataclass(frozen=True)
class Whole(Labelled):
    """A whole number in a range, moved with a slider.

    Attributes
    ----------
    label : str
        What stands beside the control, with its unit where it has one.
    start, low, high : int
        Value at the start, and the range, both ends included.
    """

    label: str
    start: int
    low: int
    high: int

    @property
    def last(self) -> int:
        """Number of the slider's last notch; the first is 0."""
        return self.high - self.low

    def place(self, value: Any) -> int:
        """Where the slider stands at this value, in notches."""
        return value - self.low

    def at(self, notch: int) -> int:
        """The value at a notch."""
        return self.low + notch

    @property
    def range(self) -> str:
        """The range in words, for messages."""
        return f"a whole number from {self.low} to {self.high}"

    def check(self, name: str, value: Any) -> int:
        """Return `value` as an int, or raise ValueError that names the control and its range."""
        is_whole = isinstance(value, numbers.Integral) and not isinstance(value, (bool, np.bool_))
        if not is_whole or not self.low <= value <= self.high:
            raise ValueError(f"{name}: expected {self.range}, got {value!r}")
        return int(value)

    def control(self) -> Any:
        """Make the slider."""
        from ipywidgets import IntSlider

        return IntSlider(value=self.start, min=self.low, max=self.high, description=self.label)


@dataclass(frozen=True)
class Choice(Labelled):
    """One of a few values.

    Attributes
    ----------
    label : str
        What stands beside the control.
    options : tuple
        The values, in the order in which they are offered.
    start : object
        The value at the start; the first option where it is left out.
    slider : bool
        Whether the options have an order and are moved with a slider, or are picked from a menu.
    """

    label: str
    options: tuple[Any, ...]
    start: Any = None
    slider: bool = False

    def __post_init__(self) -> None:
        if self.start is None:
            object.__setattr__(self, "start", self.options[0])

    @property
    def last(self) -> int:
        """Number of the last option; the first is 0."""
        return len(self.options) - 1

    def place(self, value: Any) -> int:
        """Number of an option."""
        return self.options.index(value)

    def at(self, notch: int) -> Any:
        """The option of that number."""
        return self.options[notch]

    @property
    def range(self) -> str:
        """The options in words, for messages."""
        return "one of " + ", ".join(repr(option) for option in self.options)

    def check(self, name: str, value: Any) -> Any:
        """Return the option equal to `value`, or raise ValueError that names the control and its options."""
        for option in self.options:
            # 1 == True in Python: a bool is not a number here.
            if isinstance(value, bool) == isinstance(option, bool) and _equal(option, value):
                return option
        raise ValueError(f"{name}: expected {self.range}, got {value!r}")

    def control(self) -> Any:
        """Make the menu or the slider."""
        from ipywidgets import Dropdown, SelectionSlider

        kind = SelectionSlider if self.slider else Dropdown
        options = [(str(option), option) for option in self.options]
        return kind(options=options, value=self.start, description=self.label)


@dataclass(frozen=True)
class Switch(Labelled):
    """On or off.

    Attributes
    ----------
    label : str
        What stands beside the box.
    start : bool
        Whether it is on at the start.
    """

    label: str
    start: bool = False

    last = 1

    def place(self, value: Any) -> int:
        """1 where it is on."""
        return int(value)

    def at(self, notch: int) -> bool:
        """Whether it is on at that place."""
        return bool(notch)

    @property
    def range(self) -> str:
        """The range in words, for messages."""
        return "True or False"

    def check(self, name: str, value: Any) -> bool:
        """Return `value` as a bool, or raise ValueError that names the control."""
        if not isinstance(value, (bool, np.bool_)):
            raise ValueError(f"{name}: expected {self.range}, got {value!r}")
        return bool(value)

    def control(self) -> Any:
        """Make the box."""
        from ipywidgets import Checkbox

        return Checkbox(value=self.start, description=self.label, indent=False)


Setting = Number | Whole | Choice | Switch


def without_echo(control: Any) -> Any:
    """Make a widget send no copy of each value back to the page that it came from.

    Handling that message takes a page as long as drawing takes us. Only a second page on the same kernel
    would need it, for its sliders to follow.
    """
    name = "index" if control.has_trait("index") else "value"  # of a menu, the page knows the index
    trait = copy(control.traits()[name])
    trait.metadata = {**trait.metadata, "echo_update": False}
    control.add_traits(**{name: trait})
    return control


def _equal(option: Any, value: Any) -> bool:
    """Tell whether two plain values are equal; an array or another odd object is not."""
    try:
        return bool(option == value)
    except (TypeError, ValueError):
        return False
