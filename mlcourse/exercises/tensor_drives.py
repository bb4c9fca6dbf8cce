"""How the learner's class `Tensor` is called: expressions of its objects, forward and back. See `drives`."""

from collections.abc import Callable
from typing import Any

TENSOR_EXPRESSIONS: dict[str, tuple[str, Callable[..., Any]]] = {
    "A.sum()": ("A", lambda A: A.sum()),
    "(A * G).sum()": ("AG", lambda A, G: (A * G).sum()),
    "((A + B) * G).sum()": ("AB", lambda A, B, G: ((A + B) * G).sum()),
    "((b + A) * G).sum()": ("bA", lambda b, A, G: ((b + A) * G).sum()),
    "((A + r) * G).sum()": ("Ar", lambda A, r, G: ((A + r) * G).sum()),
    "((b * A) * G).sum()": ("bA", lambda b, A, G: ((b * A) * G).sum()),
    "((A * r) * G).sum()": ("Ar", lambda A, r, G: ((A * r) * G).sum()),
    "((A * s) * G).sum()": ("As", lambda A, s, G: ((A * s) * G).sum()),
    "((A @ C) * H).sum()": ("AC", lambda A, C, H: ((A @ C) * H).sum()),
    "(A.relu() * G).sum()": ("A", lambda A, G: (A.relu() * G).sum()),
    "((A.relu() + A) * G).sum()": ("A", lambda A, G: ((A.relu() + A) * G).sum()),
    "(A.sum(0) * r).sum()": ("Ar", lambda A, r: (A.sum(0) * r).sum()),
    "(S.sum(1) * q).sum()": ("Sq", lambda S, q: (S.sum(1) * q).sum()),
    "((A + A) * A).sum()": ("A", lambda A: ((A + A) * A).sum()),
    "(A * G + (A + B)).sum()": ("AB", lambda A, B, G: (A * G + (A + B)).sum()),
    "((h + A) * h).sum() with h = A * b": ("Ab", lambda A, b: (((h := A * b) + A) * h).sum()),
    "(h * (h + A)).sum() with h = A * b": ("Ab", lambda A, b: ((h := A * b) * (h + A)).sum()),
}
"""Letters whose gradients are asked for, and the expression; the other letters take part too."""


def tensor_operations(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Gradients through some expressions, or the case's "only" one.

    The last two are gone through twice, and gradients add up.
    """
    found = {}
    for name in [case["only"]] if "only" in case else TENSOR_EXPRESSIONS:
        letters, expression = TENSOR_EXPRESSIONS[name]
        names = expression.__code__.co_varnames[: expression.__code__.co_argcount]
        tensors = {letter: function(case[letter]) for letter in names}
        for _ in range(2 if "with h" in name else 1):
            output = expression(**tensors)
            output.backward()
        found[name] = {"data": output.data, **{letter: tensors[letter].grad for letter in letters}}
    return found
