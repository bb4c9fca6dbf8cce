"""Arrays and numbers among a function's variables, those in their dicts, lists and objects included."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

MOST_ENTRIES = 2000
"""Entries of an array; what is larger is not kept."""

_OTHERS = {"numpy", "torch", "mlcourse"}


def values_in(variables: dict[str, Any], more: tuple[type, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Arrays and numbers among variables, in their dicts and lists, and on objects; of `more` types too."""
    for name, value in list(variables.items()):
        kind = type(value)
        if kind is np.ndarray:
            if value.size <= MOST_ENTRIES and value.dtype.kind in "fiub":
                yield name, value
        elif kind is float or kind in more or isinstance(value, np.floating):
            if np.asarray(value).dtype.kind in "fiub":
                yield name, value
        elif kind is dict:
            items = [(key, item) for key, item in list(value.items())[:60] if type(key) in (str, int)]
            entries = {f'{name}["{k}"]' if type(k) is str else f"{name}[{k}]": item for k, item in items}
            plain = {k: v for k, v in entries.items() if type(v) not in (dict, list, tuple)}
            yield from values_in(plain, more)
        elif kind in (list, tuple):
            found = {f"{name}[{index}]": item for index, item in enumerate(value[:60])}
            flat = {key: item for key, item in found.items() if type(item) not in (list, tuple)}
            yield from values_in(flat, more)
        elif name.isidentifier() and is_their_own(kind):
            inside = getattr(value, "__dict__", {})
            if type(inside) is dict:
                found = {f"{name}.{key}": item for key, item in list(inside.items())[:60]}
                yield from values_in({k: v for k, v in found.items() if type(v) in (np.ndarray, float, dict)})


def is_their_own(kind: type) -> bool:
    """Whether a class is the learner's: neither Python's nor a library's nor the course's."""
    module = kind.__module__.partition(".")[0]
    return module not in _OTHERS and module not in sys.stdlib_module_names


def text_as_array(text: str) -> np.ndarray:
    """A text among values that are arrays: the numbers of its letters."""
    return np.frombuffer(text[:200].encode(), np.uint8)


def print_of(value: Any) -> Any:
    """What tells a value from another, also where an array was changed in place."""
    array = np.asarray(value)
    return id(value) if type(value) is np.ndarray else None, array.shape, array.tobytes()
