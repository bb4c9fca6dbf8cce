"""Compare one leaf of an answer with what was expected: type first, then shape, then values."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from mlcourse.exercises.drives import ADDED
from mlcourse.feedback.plain import Opaque

_MOST_ITEMS = 20
"""Of a list whose items are looked for in another order."""
_FLOAT32_RTOL = 1e-4
_FLOAT32_ATOL = 1e-5


@dataclass(frozen=True)
class Difference:
    """How a leaf differs from what was expected.

    Attributes
    ----------
    kind : str
        ``"type"``, ``"shape"`` or ``"value"``.
    sentence : str
        In words, without the name of the leaf: ``"has shape (3,), expected (3, 1)"``.
    expected, got : str
        Type and shape in words.
    largest : float or None
        Largest absolute difference, for values.
    """

    kind: str
    sentence: str
    expected: str
    got: str
    largest: float | None = None

    @property
    def says_enough(self) -> bool:
        """Whether the sentence tells what is wrong, and not only how much."""
        return self.kind != "value" or ", expected " in self.sentence


def compare(expected: Any, got: Any, rtol: float, atol: float) -> Difference | None:
    """First difference between plain data that was expected and what the learner gave, None if there is none.

    Arrays may come as nested lists; a single number may come as an array of one element; float32 (and
    whatever is less precise than float64) is compared with tolerances of its own.

    Parameters
    ----------
    expected, got : plain data
        See `mlcourse.feedback.plain`.
    rtol, atol : float
        Tolerances in float64.
    """
    target = as_array(expected)
    if target is not None:
        return _compare_arrays(target, expected, got, rtol, atol)
    if type(expected) is dict:
        return _compare_dicts(expected, got, rtol, atol)
    if type(expected) in (list, tuple):
        return _compare_items(expected, got, rtol, atol)
    if type(expected) is type(got) and expected == got:
        return None
    if type(expected) is type(got) and type(expected) is str:
        return Difference("value", f"is {_short(got)}, expected {_short(expected)}", "text", "text")
    return _type(expected, got)


def agree(expected: Any, got: Any, rtol: float, atol: float) -> bool:
    """Whether two leaves agree in shape and values: `compare` in short, shapes exactly."""
    a, b = as_array(expected), as_array(got)
    if a is None or b is None:
        return compare(expected, got, rtol, atol) is None
    return a.shape == b.shape and bool(close(a, b, rtol, atol).all())


def close(target: np.ndarray, array: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """Which entries agree; NaN agrees with NaN, and tolerances are wider for less than float64."""
    values, wanted = array.astype(np.float64, copy=False), target.astype(np.float64, copy=False)
    with np.errstate(all="ignore"):
        if array.dtype.kind == "f" and array.dtype.itemsize < 8:
            largest = np.max(np.abs(wanted), where=np.isfinite(wanted), initial=0.0)
            rtol, atol = max(rtol, _FLOAT32_RTOL), max(atol, _FLOAT32_ATOL * float(largest), 1e-7)
        off = np.abs(values - wanted)
        if off.size and off.max() <= atol:  # as in most answers; nan is not
            return np.ones(off.shape, bool)
        bound = np.abs(wanted)
        bound *= rtol
        bound += atol
        close = np.asarray(off <= bound)
        finite = np.isfinite(wanted)
        if not finite.all():  # everything is close to infinity, and nothing to NaN
            close = np.where(finite, close, (values == wanted) | (np.isnan(wanted) & np.isnan(values)))
    return close


def as_array(value: Any) -> np.ndarray | None:
    """Numbers, arrays and rectangular lists of numbers as an array; None for all else."""
    if type(value) is np.ndarray:
        return value
    if type(value) in (bool, int, float):
        return np.asarray(value)
    if type(value) in (list, tuple) and value:
        if all(type(item) in (bool, int, float) for item in value):
            return np.array(value)
        items = [as_array(item) for item in value]
        if any(item is None or item.shape != items[0].shape for item in items):  # type: ignore[union-attr]
            return None
        return np.array(items)
    return None


def describe(value: Any) -> str:
    """Type and shape of plain data in a few words."""
    if value is None:
        return "None"
    if type(value) is np.ndarray:
        kind = {"b": "of booleans ", "i": "of integers ", "u": "of integers "}.get(value.dtype.kind, "")
        return f"an array {kind}of shape {value.shape}" if value.ndim else "a number"
    if type(value) in (int, float):
        return "a number"
    if type(value) is bool:
        return "True or False"
    if type(value) is str:
        return "a text"
    if type(value) is dict:
        return f"a dict with the keys {_names(value)}" if value else "an empty dict"
    if type(value) in (list, tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if type(value) is Opaque and "complex" in f"{value.type}{value.detail}":
        return "complex numbers"
    return f"{'an' if str(value)[:1] in 'aeio' else 'a'} {value}"


def _names(value: dict[str, Any]) -> str:
    names = [key[:30] for key in value if key not in ADDED]
    return ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _type(expected: Any, got: Any) -> Difference:
    wanted, found = describe(expected), describe(got)
    return Difference("type", f"is {found}, expected {wanted}", wanted, found)


def _compare_arrays(
    target: np.ndarray, expected: Any, got: Any, rtol: float, atol: float
) -> Difference | None:
    array = as_array(got)
    if array is None or (target.dtype.kind == "b" and array.dtype.kind != "b"):
        return _type(expected, got)
    if array.shape != target.shape and not (target.ndim == 0 and array.size == 1):
        if type(got) is tuple:  # several values were returned where one was asked for
            return _type(expected, got)
        words = f"has shape {array.shape}, expected {target.shape}"
        if array.size == target.size and close(target.ravel(), array.ravel(), rtol, atol).all():
            words = f"has the right numbers, but in shape {array.shape}, expected {target.shape}"
        return Difference("shape", words, describe(expected), describe(got))
    array = array.reshape(target.shape)
    if close(target, array, rtol, atol).all():
        return None
    values, wanted = array.astype(np.float64), target.astype(np.float64)
    finite = np.isfinite(wanted)
    odd = [name for name, test in (("nan", np.isnan), ("inf", np.isinf)) if (test(values) & finite).any()]
    if odd:
        words = f"contains {' and '.join(odd)}" if target.ndim else f"is {odd[0]}"
        return Difference("value", words, describe(expected), describe(got))
    if target.ndim == 0 and target.dtype.kind in "iu" and array.dtype.kind in "iu":
        return Difference("value", f"is {array}, expected {target}", describe(expected), describe(got))
    worst = float(np.max(np.abs(values - wanted), where=finite, initial=0.0)) or None
    words = "is wrong" if worst is None else f"is wrong: the largest difference is {worst:.3g}"
    return Difference("value", words, describe(expected), describe(got), worst)


def _compare_dicts(expected: dict[str, Any], got: Any, rtol: float, atol: float) -> Difference | None:
    if type(got) is not dict:
        return _type(expected, got)
    for key, item in expected.items():
        if key not in got:
            return Difference("type", f"has no key {_short(key)}", describe(expected), describe(got))
        difference = compare(item, got[key], rtol, atol)
        if difference:
            return _inside(f"[{_short(key)}]", difference)
    return None


def _compare_items(expected: Any, got: Any, rtol: float, atol: float) -> Difference | None:
    if type(got) is np.ndarray and got.ndim:
        got = [np.asarray(item) for item in got]
    if type(got) not in (list, tuple):
        return _type(expected, got)
    if len(got) != len(expected):
        words = f"has {len(got)} items, expected {len(expected)}"
        return Difference("shape", words, describe(expected), describe(got))
    for index, (item, theirs) in enumerate(zip(expected, got, strict=True)):
        difference = compare(item, theirs, rtol, atol)
        if difference and _in_another_order(expected, got, rtol, atol):
            words = "has the right items, but in another order"
            return Difference("value", words, describe(expected), describe(got))
        if difference:
            return _inside(f"[{index}]", difference)
    return None


def _in_another_order(expected: Any, got: Any, rtol: float, atol: float) -> bool:
    if len(got) > _MOST_ITEMS:
        return False
    left = list(got)
    for item in expected:
        place = next((k for k, theirs in enumerate(left) if compare(item, theirs, rtol, atol) is None), None)
        if place is None:
            return False
        del left[place]
    return True


def _inside(place: str, difference: Difference) -> Difference:
    words = difference.sentence
    words = f"at {place}{words[3:]}" if words.startswith("at [") else f"at {place} {words}"
    return Difference(difference.kind, words, difference.expected, difference.got, difference.largest)
