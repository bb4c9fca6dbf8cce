"""From a gradient check to the name of the bug."""

from collections.abc import Callable

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array, draw_network, draw_sizes
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_02.backward_propagation import backward_propagation

NAMES = ("dW1", "db1", "dW2", "db2")


def diagnosis(found: dict[str, Array], numerical: dict[str, Array], m: int) -> str:
    """Name what is wrong with the gradients that were found; the first that fits."""

    def differ(a: Array, b: Array) -> bool:
        size = np.linalg.norm(a) + np.linalg.norm(b)
        return bool(np.linalg.norm(a - b) > 1e-4 * size)

    if any(found[name].shape != numerical[name].shape for name in found):
        return "dimension mismatch"
    wrong = {name for name in found if differ(found[name], numerical[name])}
    if not wrong:
        return "right"
    if not any(differ(found[name], m * numerical[name]) for name in found):
        return "no mean over the batch"
    same_norm = not differ(np.linalg.norm(found["dW1"]), np.linalg.norm(numerical["dW1"]))
    if wrong == {"dW1"} and same_norm:
        return "wrong transpose"
    if wrong == {"dW1", "db1"}:
        return "wrong hidden slope"
    return "something else"


MISTAKES = known(
    diagnosis,
    """
    absolute-difference
        You compared the difference itself with the limit. Small gradients differ little: divide by the sizes,
        as relative_difference does.
        - 1e-4 * size
        + 1e-4
    any-multiple-of-m
        You looked for the factor m in some of the gradients. Without the mean all four of them have it.
        - not any(differ(found[name], m * numerical[name]) for name in found)
        + not all(differ(found[name], m * numerical[name]) for name in found)
    divided-by-m
        You looked for gradients that are m times too small. Without the mean they are m times too large.
        - m * numerical[name]
        + numerical[name] / m
    not-alone
        A wrong transpose leaves the other three right. Where one of these is wrong too, it is something else.
        - wrong == {"dW1"} and same_norm
        + "dW1" in wrong and same_norm
    factor-two
        You looked for the factor 2. Without the mean the factor is m.
        - m * numerical[name]
        + 2 * numerical[name]
    norm-not-compared
        A wrong dW1 is not yet a wrong transpose: a transpose has the right numbers in other places, so its
        norm is right.
        - wrong == {"dW1"} and same_norm
        + wrong == {"dW1"}
    one-of-two
        A wrong hidden slope makes both dW1 and db1 wrong: they are made of the same dZ1.
        - wrong == {"dW1", "db1"}
        + wrong <= {"dW1", "db1"}
    others-overlooked
        A wrong hidden slope leaves dW2 and db2 right. Where these are wrong too, it is something else.
        - wrong == {"dW1", "db1"}
        + wrong >= {"dW1", "db1"}
    """
    + "".join(
        f"\n    limit-too-{side}\n        Two arrays differ if their relative difference is above 1e-4. Your "
        f"limit is {side}er.\n"
        + "        or\n".join(f"        - 1e-4 * size\n        + {limit} * size\n" for limit in limits)
        for side, limits in {"high": ("0.1", "0.01", "1e-3"), "low": ("1e-6", "1e-7", "1e-8")}.items()
    ),
)


def _right(rng: np.random.Generator) -> tuple[dict[str, Array], int]:
    """Right gradients of a random network, of any size, and m; dW1 is square, so that its transpose fits."""
    n0, _, n2, m = draw_sizes(rng, 2)
    Y, cache, parameters = draw_network(rng, 2, sizes=(n0, n0, n2, m))
    gradients = backward_propagation(Y, cache, *parameters.values())
    scale = 10 ** rng.uniform(-5, 0)
    return {name: scale * gradients[name] for name in NAMES}, m


def _is_right(rng: np.random.Generator, g: dict[str, Array], m: int) -> dict[str, Array]:
    return g


def _no_mean(rng: np.random.Generator, g: dict[str, Array], m: int) -> dict[str, Array]:
    return {name: m * value for name, value in g.items()}


def _mismatch(rng: np.random.Generator, g: dict[str, Array], m: int) -> dict[str, Array]:
    flat = str(rng.choice(["db1", "dW2"]))
    return g | {flat: g[flat].ravel()}


def _transpose(rng: np.random.Generator, g: dict[str, Array], m: int) -> dict[str, Array]:
    return g | {"dW1": g["dW1"].T.copy()}


def _hidden_slope(rng: np.random.Generator, g: dict[str, Array], m: int) -> dict[str, Array]:
    return g | {name: g[name] * rng.uniform(0.3, 0.9, g[name].shape) for name in ("dW1", "db1")}


def _something_else(rng: np.random.Generator, g: dict[str, Array], m: int) -> dict[str, Array]:
    """A factor that is not m; everything wrong; the mean left out of one; one dW of another norm."""
    return [
        {name: (m + 1) * value for name, value in g.items()},
        {name: value * rng.uniform(0.3, 0.9, value.shape) for name, value in g.items()},
        g | {"dW1": m * g["dW1"], "dW2": m * g["dW2"]},
        g | {"dW1": 0.5 * g["dW1"]},
        g | {"db1": -g["db1"]},
        {name: value / m for name, value in g.items()},
        {name: 2 * value for name, value in g.items()},
    ][int(rng.integers(7))]


_BUGS: tuple[Callable[..., dict[str, Array]], ...] = (
    _is_right,
    _no_mean,
    _mismatch,
    _transpose,
    _hidden_slope,
    _something_else,
)


def _case(rng: np.random.Generator, bug: Callable[..., dict[str, Array]]) -> Case:
    right, m = _right(rng)
    numerical = {name: value * (1 + 1e-9 * rng.standard_normal()) for name, value in right.items()}
    return {"found": bug(rng, right, m), "numerical": numerical, "m": m}


def draw(rng: np.random.Generator) -> Case:
    """A check of a backward pass with any of the bugs, or none."""
    return _case(rng, _BUGS[int(rng.integers(len(_BUGS)))])


def edges() -> list[Case]:
    """Each bug, and all kinds of something else; a gradient that is zero on both sides; limits."""
    rng = np.random.default_rng(11)
    cases = [_case(rng, bug) for bug in _BUGS for _ in range(2 if bug is not _something_else else 20)]
    right, m = _right(rng)
    dead = right | {"dW1": 0 * right["dW1"], "db1": 0 * right["db1"]}
    near, far = ({name: (1 + off) * value for name, value in right.items()} for off in (4e-5, 1e-3))
    pairs = [
        (dead, dead),
        (right | {"db2": 0 * right["db2"]}, right),
        (right, right | {"db2": 0 * right["db2"]}),
        (near, right),
        (far, right),
        (right | {"dW1": far["dW1"], "db1": far["db1"]}, right),
        (right | {"dW1": 1.006 * right["dW1"], "db1": 1.006 * right["db1"]}, right),
        (right | {"dW1": -right["dW1"]}, right),
        (right | {"dW1": right["dW1"].T.copy(), "dW2": 0.5 * right["dW2"]}, right),
        (right | {"dW1": right["dW1"].T.copy(), "db2": -right["db2"]}, right),
    ]
    pairs += [
        ({n: 1e-9 * a for n, a in found.items()}, {n: 1e-9 * a for n, a in right.items()})
        for found in (right, _hidden_slope(rng, right, m))
    ]
    return [*cases, *({"found": found, "numerical": numerical, "m": m} for found, numerical in pairs)]


EXERCISE = Exercise(
    id="diagnosis",
    lesson="04-gradient-checking",
    points=3,
    title="Naming the bug",
    parts=(
        Part(
            function="diagnosis",
            inputs=draw,
            reference=diagnosis,
            returns="diagnosis",
            shapes={"dW1": "(n1, n0)", "db1": "(n1, 1)", "dW2": "(1, n1)", "db2": "(1, 1)"},
            formulas={
                "diagnosis": "shapes first, then which gradients differ, then whether all have the factor m, "
                "then whether dW1 alone differs and has the right norm, then whether just dW1 and db1 differ"
            },
            section="The clinic",
            mistakes=MISTAKES,
            edges=edges,
            draws=8,
        ),
    ),
)
