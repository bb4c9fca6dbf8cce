"""Kinds of dict, tuple and text that honest code returns, taken for what they are made from."""

from collections import OrderedDict, defaultdict
from typing import Any

import numpy as np


def base_of(value: Any) -> Any:
    """What a dict with an order or with defaults, a tuple with names or a NumPy text holds; else the value.

    No method of the value's own is called.

    Parameters
    ----------
    value : object
        Anything, also something hostile.
    """
    kind = type(value)
    if kind is OrderedDict or kind is defaultdict:
        return dict(dict.items(value))
    if kind is np.str_:
        return str.__getitem__(value, slice(None))
    own = type.__dict__
    if tuple in own["__mro__"].__get__(kind) and "_fields" in own["__dict__"].__get__(kind):
        return tuple(tuple.__iter__(value))
    return value
