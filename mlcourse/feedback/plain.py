"""Plain data: what a learner's function returned, taken apart once and never trusted again.

Only exact types count (`type(x) is float`, never `isinstance`), so an object that claims to be equal to
everything becomes an `Opaque` with its type's name before anything is compared. The same data travels
between the judge and the sandbox as JSON (`encode`, `decode`); `decode` is written for hostile text.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from math import isfinite, prod
from typing import Any

import numpy as np

from mlcourse.feedback.well_known import base_of

MAX_BYTES = 32_000_000
"""Bytes of arrays and characters of text that one piece of plain data may have."""
MAX_ITEMS = 200_000
"""Values, over all levels of nesting."""
MAX_DEPTH = 12
MAX_REPLY_BYTES = 48_000_000
MAX_REPLY_ITEMS = 1_000_000
"""Of all answers to one request together: each may be as lists, number by number."""
_TAG = 100
_ARRAY = 200
"""What a value costs besides its bytes, as JSON; and an array, which takes as long as tens of numbers."""

_DTYPES = {
    name: np.dtype(name)
    for name in (
        *("float16", "float32", "float64", "bool", "int8", "int16", "int32", "int64"),
        *("uint8", "uint16", "uint32", "uint64"),
    )
}
_ALLOWED = frozenset(_DTYPES.values())
_MAX_INTEGER = 2**63


@dataclass(frozen=True)
class Opaque:
    """Stands for a value that is not plain data.

    Attributes
    ----------
    type, detail : str
        Name of its type; a few words where that does not say it (``"of complex128"``, ``"too large"``).
    """

    type: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.type} {self.detail}".strip()


class PlainError(ValueError):
    """The text is not plain data, or more of it than allowed."""


class _Budget:
    """What is left of the bytes and items of one piece of plain data."""

    def __init__(self, max_bytes: int, max_items: int) -> None:
        self.bytes, self.items = max_bytes, max_items

    def take(self, count: int) -> bool:
        if self.items < 1 or not self.pay(count):
            return False
        self.items -= 1
        return True

    def pay(self, count: int) -> bool:
        """Take bytes without a value, if they fit."""
        if count > self.bytes:
            return False
        self.bytes -= count
        return True


def to_plain(value: Any, max_bytes: int = MAX_BYTES, max_items: int = MAX_ITEMS) -> Any:
    """Copy a value as plain data; whatever is not plain becomes `Opaque`, and what is that already stays.

    Plain are None, bool, int, float, str, list, tuple, dict and arrays of booleans, integers and real floats.
    A NumPy float64 becomes a float, other NumPy scalars arrays of shape ``()``: their dtype counts. More is
    in `base_of`. No method of the value is called.

    Parameters
    ----------
    value : object
        Anything, also something hostile.
    max_bytes, max_items : int
        Caps over everything together, bytes and values; what comes after them is `Opaque`.
    """
    return _to_plain(value, _Budget(max_bytes, max_items), MAX_DEPTH)


def _to_plain(value: Any, budget: _Budget, depth: int) -> Any:
    kind = type(value)
    if kind is np.ndarray:
        return _array_to_plain(value, budget)
    if value is None or kind in (bool, float):
        return value if budget.take(8) else Opaque(kind.__name__, "(too much data)")
    if kind is int:
        small = -_MAX_INTEGER <= value < _MAX_INTEGER
        return value if small and budget.take(8) else Opaque("int", "(too large)")
    if kind is str:
        return value if budget.take(_cost(value)) else Opaque("str", f"too long: {len(value)} characters")
    if kind in (np.float64, np.longdouble):  # a float like any other, and lists of it are long
        return float(value) if budget.take(8) else Opaque("float", "(too much data)")
    if kind.__module__ == "numpy" and kind.__name__.rstrip("_") in _DTYPES:
        return _array_to_plain(np.array(value), budget)
    if kind is Opaque:
        return value
    if kind not in (list, tuple, dict):
        base = base_of(value)
        return Opaque(_type_name(kind)) if base is value else _to_plain(base, budget, depth)
    if depth == 0 or len(value) > budget.items or not budget.take(8):
        return Opaque(kind.__name__, "(nested too deep)" if depth == 0 else f"too long: {len(value)} items")
    if kind is dict:
        entries = [(_key(key), item) for key, item in list(value.items())]
        if not budget.pay(sum(_cost(key) for key, _ in entries)):
            return Opaque("dict", "(too much data)")
        return {key: _to_plain(item, budget, depth - 1) for key, item in entries}
    items = [_to_plain(item, budget, depth - 1) for item in value]
    return items if kind is list else tuple(items)


def _array_to_plain(array: np.ndarray, budget: _Budget) -> Any:
    if array.dtype.kind == "f" and array.dtype.itemsize > 8 and array.nbytes <= budget.bytes:
        array = array.astype(np.float64)  # more digits than anybody asks for
    if array.dtype.newbyteorder("=") not in _ALLOWED:
        name = "object" if array.dtype.hasobject else array.dtype.name
        return Opaque("ndarray", f"of {name}"[:60])
    if not budget.take(array.nbytes + _ARRAY):
        return Opaque("ndarray", f"too large: shape {array.shape}")
    return np.array(array, dtype=array.dtype.newbyteorder("="), order="C", copy=True)


def copied(value: Any) -> Any:
    """Copy of plain data, arrays included."""
    if type(value) is np.ndarray:
        return value.copy()
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(copied(item) for item in value)
    return value


def _cost(text: str) -> int:
    """Characters of a text as JSON: one that is not a letter of ASCII may take six."""
    return len(text) + (0 if text.isascii() and text.isprintable() else 5 * len(text))


def _key(key: Any) -> str:
    key = base_of(key)
    if type(key) is str:
        return key[:200]
    return repr(key) if type(key) in (int, float, bool) else f"<{_type_name(type(key))}>"


def _type_name(kind: type) -> str:
    name = type.__dict__["__name__"].__get__(kind)  # not kind.__name__: a metaclass may lie or raise
    return name[:60]


def encode(value: Any, max_bytes: int = MAX_BYTES, max_items: int = MAX_ITEMS) -> str:
    """Plain data as JSON text; arrays as base64 with dtype and shape, no NaN outside strings.

    `decode` with the same limits reads whatever comes out.

    Parameters
    ----------
    value : object
        Made plain first, see `to_plain`.
    max_bytes, max_items : int
        As for `to_plain`.
    """
    plain = to_plain(value, max_bytes, max_items)
    return json.dumps(_tag(plain), allow_nan=False, separators=(",", ":"))


def _tag(value: Any) -> Any:
    if type(value) is float and not isfinite(value):
        return {"$": "float", "value": repr(value)}
    if type(value) is list:
        return [_tag(item) for item in value]
    if type(value) is tuple:
        return {"$": "tuple", "items": [_tag(item) for item in value]}
    if type(value) is dict:
        return {"$": "dict", "items": {key: _tag(item) for key, item in value.items()}}
    if type(value) is np.ndarray:
        data = base64.b64encode(value.astype(value.dtype.newbyteorder("<"), copy=False).tobytes()).decode()
        return {"$": "array", "dtype": value.dtype.name, "shape": list(value.shape), "data": data}
    if type(value) is Opaque:
        return {"$": "opaque", "type": value.type, "detail": value.detail}
    return value


def decode(text: str | bytes, max_bytes: int = MAX_BYTES, max_items: int = MAX_ITEMS) -> Any:
    """Read what `encode` wrote, from somebody who may wish us harm.

    Parameters
    ----------
    text : str or bytes
        JSON.
    max_bytes, max_items : int
        Caps, as for `to_plain`; the JSON may be half as long again, and longer by a tag for each value.

    Raises
    ------
    PlainError
        If it is not JSON, not plain data, nested too deep, or too much.
    """
    most = max_bytes * 3 // 2 + _TAG * max_items
    if len(text) > most:
        raise PlainError(f"{len(text)} characters of JSON, at most {most} are read")
    try:
        tagged = json.loads(text, parse_constant=_no_constant)
    except PlainError:
        raise
    except (ValueError, RecursionError) as error:
        raise PlainError(f"not JSON: {type(error).__name__}") from None
    return _untag(tagged, _Budget(max_bytes, max_items), MAX_DEPTH)


def _no_constant(name: str) -> Any:
    raise PlainError(f"{name} is not JSON")


def _untag(value: Any, budget: _Budget, depth: int) -> Any:
    """Costs are those of `_to_plain`, so that nothing is refused here that was written there."""
    if depth < 0:
        raise PlainError("nested too deep")
    if type(value) is dict:
        return _tagged(value, budget, depth)
    _charge(budget, _cost(value) if type(value) is str else 8)
    if type(value) is int and not -_MAX_INTEGER <= value < _MAX_INTEGER:
        raise PlainError("integer out of range")
    if type(value) is float and not isfinite(value):  # 1e999
        raise PlainError("float out of range")
    if type(value) is list:
        return [_untag(item, budget, depth - 1) for item in value]
    return value


def _tagged(value: dict[str, Any], budget: _Budget, depth: int) -> Any:
    match value:
        case {"$": "array", "dtype": str(dtype), "shape": list(shape), "data": str(data), **rest} if not rest:
            return _array(dtype, shape, data, budget)
        case {"$": "float", "value": "nan" | "inf" | "-inf" as name, **rest} if not rest:
            _charge(budget, 8)
            return float(name)
        case {"$": "tuple", "items": list(items), **rest} if not rest:
            _charge(budget, 8)
            return tuple(_untag(item, budget, depth - 1) for item in items)
        case {"$": "dict", "items": dict(items), **rest} if not rest:
            _charge(budget, 8 + sum(map(_cost, items)))
            return {key[:200]: _untag(item, budget, depth - 1) for key, item in items.items()}
        case {"$": "opaque", "type": str(kind), "detail": str(detail), **rest} if not rest:
            return Opaque(kind[:60], detail[:200])
    raise PlainError("an object without a known tag")


def _charge(budget: _Budget, count: int) -> None:
    if not budget.take(count):
        raise PlainError("too much data")


def _array(dtype: str, shape: list[Any], data: str, budget: _Budget) -> np.ndarray:
    if dtype not in _DTYPES:
        raise PlainError(f"dtype {dtype[:40]!r} is not allowed")
    if len(shape) > 8 or not all(type(n) is int and 0 <= n < 2**40 for n in shape):
        raise PlainError("not a shape")
    size = prod(shape) * _DTYPES[dtype].itemsize
    _charge(budget, size + _ARRAY)
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise PlainError("not base64") from None
    if len(content) != size:
        raise PlainError(f"{len(content)} bytes for shape {tuple(shape)} of {dtype}")
    if dtype == "bool" and not set(content) <= {0, 1}:
        raise PlainError("not booleans")
    array = np.frombuffer(content, _DTYPES[dtype].newbyteorder("<")).reshape(shape)
    return array.astype(_DTYPES[dtype])
