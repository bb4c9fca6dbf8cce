"""The form of an answer: how many values, which keys; and the leaves that it is compared by."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Part
from mlcourse.feedback.compare import as_array, describe


class FormError(ValueError):
    """The answer does not have the form that was asked for; the text says how it differs."""


def form(part: Part, case: Case) -> Any:
    """The form of the return value for this case, see `Part.returns`."""
    return part.returns(case) if callable(part.returns) else part.returns


def order(part: Part, case: Case, required: tuple[str, ...]) -> tuple[str, ...]:
    """Leaves in the order in which they are computed; those that the declaration does not order come last."""
    listed = part.order(case) if callable(part.order) else part.order
    return tuple(dict.fromkeys((*listed, *required)))


def names(shape: Any) -> tuple[str, ...]:
    """Names of the leaves of a form, from left to right."""
    if isinstance(shape, str):
        return (shape,)
    items = shape.values() if isinstance(shape, Mapping) else shape
    return tuple(name for item in items for name in names(item))


def split(shape: Any, value: Any, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Take an answer apart into its leaves.

    Parameters
    ----------
    shape : str, tuple or dict
        The form, see `Part.returns`.
    value : plain data
        What was returned.
    optional : tuple of str
        Leaves that are taken too where a dict has more keys than asked for.

    Raises
    ------
    FormError
        If the value has another form; the message is a clause such as "returns None, expected ...".
    """
    leaves: dict[str, Any] = {}
    _split(shape, value, "returns", optional, leaves)
    return leaves


def _split(shape: Any, value: Any, place: str, optional: tuple[str, ...], leaves: dict[str, Any]) -> None:
    if isinstance(shape, str):
        leaves[shape] = value
    elif isinstance(shape, Mapping):
        _split_dict(shape, value, place, optional, leaves)
    else:
        items = [np.asarray(item) for item in value] if is_unpacked(shape, value) else value
        if type(items) not in (list, tuple) or len(items) != len(shape):
            raise FormError(f"{place} {describe(value)}, expected {describe_form(shape)}")
        for index, (item, theirs) in enumerate(zip(shape, items, strict=True)):
            _split(item, theirs, f"returns at place {index + 1}", optional, leaves)


def _split_dict(
    shape: Mapping[str, Any], value: Any, place: str, optional: tuple[str, ...], leaves: dict[str, Any]
) -> None:
    if type(value) is not dict:
        raise FormError(f"{place} {describe(value)}, expected {describe_form(shape)}")
    missing = [key for key in shape if key not in value]
    if missing:
        raise FormError(f"{place} {describe(value)}; missing: {', '.join(missing)}")
    for key, item in shape.items():
        _split(item, value[key], f"returns as {key!r}", optional, leaves)
    for key in optional:
        if key in value and key not in shape and as_array(value[key]) is not None:
            leaves.setdefault(key, value[key])


def is_unpacked(shape: Any, value: Any) -> bool:
    """Whether one array stands for several values: ``np.array([y, dy_dx])`` unpacks just as a tuple does."""
    several = isinstance(shape, tuple | list) and all(isinstance(item, str) for item in shape)
    return several and type(value) is np.ndarray and value.ndim > 0


def describe_form(shape: Any) -> str:
    """A form in words, such as "a tuple (A2, cache dict)"."""
    if isinstance(shape, str):
        return shape
    if isinstance(shape, Mapping):
        return f"a dict with the keys {', '.join(shape)}"
    return f"a tuple of {len(shape)} values ({', '.join(_brief(item) for item in shape)})"


def _brief(shape: Any) -> str:
    if isinstance(shape, str):
        return shape
    return (
        f"dict {', '.join(shape)}"
        if isinstance(shape, Mapping)
        else f"({', '.join(_brief(x) for x in shape)})"
    )


def known_variable(part: Part, name: str) -> str:
    """The course's name for a variable of the learner's, where its spelling leaves no doubt; else empty."""
    if lookup(part.formulas, name):
        return name
    plain = name.replace("_", "").lower()
    return next((known for known in part.formulas if known.replace("_", "").lower() == plain and plain), "")


def lookup(texts: Mapping[str, str], name: str) -> str:
    """Shape or formula of a leaf by its name, empty if none; ``"dW[l]"`` serves for dW1, dW2, ..."""
    return texts.get(name) or texts.get(re.sub(r"\d+$", "[l]", name), "")
