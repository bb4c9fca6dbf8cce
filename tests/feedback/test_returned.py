"""What a wrong output shows by itself: its line, where it stops being finite, what multiple it is."""

import linecache
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.feedback.moments import watch
from mlcourse.feedback.observe import observe
from mlcourse.feedback.returned import Run, equality_of, first_not_finite, line_of
from mlcourse.feedback.run import compute

titles = (f"an answer {number}" for number in count())
RNG = np.random.default_rng(3)
CASES = [{"x": RNG.normal(size=(2, m)), "b": RNG.normal(size=(2, m))} for m in (3, 4, 5)]
SHAPES = {"x": "(n, m)", "b": "(n, m)"}


def right(x, b):
    return {"y": 2 * x, "z": x + b, "s": float(np.sum(x)), "t": "up", "l": [1.5, 2.5, 3.5]}


def _only(values, form):
    return values[form] if isinstance(form, str) else {name: values[name] for name in form}


def runs(program, name, cases=CASES, reference=right, alone=False, **more):
    """A part, and what a learner's program ``f(x, b)`` did on each case for one of its outputs."""
    title = next(titles)
    linecache.cache[title] = len(program), None, program.splitlines(keepends=True), title
    names = {"np": np, "__name__": "__main__"}
    exec(compile(program, title, "exec"), names)
    form = name if alone else {name: name}
    part = Part("f", dict, lambda x, b: _only(reference(x, b), form), form, shapes=SHAPES, **more)
    found = []
    for case in cases:
        answer = compute("call", names["f"], case)
        seen = observe(part, case, answer, lambda c=case: compute("call", part.reference, c))
        assert seen.wrong
        found.append(Run(case, seen, watch("call", names["f"], case, answer, 5.0)))
    return part, found


@pytest.mark.parametrize(
    ("program", "name", "said"),
    [
        ("def f(x, b):\n    y = 3 * x\n    return {'y': y}", "y", "is computed in line 2: `y = 3 * x`."),
        ("def f(x, b):\n    return {'y': 3 * x}", "y", "is computed in line 2: `return {'y': 3 * x}`."),
        ("def f(x, b):\n    a = x * x\n    y = a + b\n    return {'y': y}", "y", "is made in lines 2 and 3."),
        (
            "def f(x, b):\n    a = x * x\n    c = a + b\n    y = c * b\n    return {'y': y}",
            *("y", "is made in lines 2, 3 and 4."),
        ),
        (
            "def f(x, b):\n    a = x * x\n    c = a + b\n    d = c + b\n    y = d * b\n    return {'y': y}",
            *("y", None),  # more than a reader can use
        ),
        ("def f(x, b):\n    a = 2 * b\n    y = a * x\n    return {'y': y}", "y", "is computed in line 3: "),
        (
            "def f(x, b):\n    n = len(x) * 1.0\n    y = x * n * 7\n    return {'y': y}",
            "y",
            "is computed in line 3",
        ),
        ("def f(x, b):\n    return {'y': 0 * x}", "y", None),
        ("def f(x, b):\n    return {'y': b}", "y", None),
        (
            "def f(x, b):\n    y = 3 * x\n    if x.shape[1] > 4:\n        y = 4 * x\n    return {'y': y}",
            "y",
            None,
        ),
        ("def f(x, b):\n    s = np.max(x) * 1.5\n    return {'s': s}", "s", "is computed in line 2: `s = "),
        ("def f(x, b):\n    s = 3\n    return {'s': s}", "s", None),
        ("def f(x, b):\n    for s in [9.5]:\n        pass\n    return {'s': s}", "s", None),
        ("def f(x, b):\n    s = 9.5\n    return {'s': s}", "s", "is computed in line 3"),
        (
            "def f(x, b):\n    t = 'down'\n    return {'t': t}",
            *("t", None),
        ),
        (
            "def f(x, b):\n    l = []\n    for k in range(3):\n        e = 1.5 + 1.25 * k\n"
            "        l.append(e)\n    return {'l': l}",
            *("l", "is computed in line 4: `e = 1.5 + 1.25 * k`."),
        ),
    ],
)
def test_the_lines_of_a_wrong_output_are_named_as_far_as_they_are_doubtful(program, name, said):
    found = line_of(*runs(program, name), name)
    if said is None:
        assert found == ""
    else:
        assert found.startswith(f"`{name}`, which is wrong, {said}")


def test_of_what_comes_out_after_something_else_no_line_is_named():
    part, found = runs("def f(x, b):\n    y = 3 * x\n    return {'y': y}", "y")
    assert line_of(part, found, "y after a step") == ""


class Right:
    """An object that computes other things than the learner's."""

    def __init__(self, x, b):
        self.y = 2 * x


class Alike:
    """One that has the learner's value too, and is right: of a class many objects are made."""

    def __init__(self, x, b):
        self.y = 3 * x


def test_of_a_class_no_line_is_named_whose_value_the_right_one_has_too():
    part, found = runs("def f(x, b):\n    y = 3 * x\n    return {'y': y}", "y")
    asked = []

    def narrowed(case, output):
        asked.append(output)
        return case

    right, alike = (replace(part, reference=made, narrowed=narrowed) for made in (Right, Alike))
    assert line_of(right, found, "y") == "`y`, which is wrong, is computed in line 2: `y = 3 * x`."
    assert line_of(alike, found, "y") == ""
    assert set(asked) == {"y"}


def test_a_text_comes_from_the_line_that_returned_it():
    program = "def f(x, b):\n    if x.shape[1] > 9:\n        return 'up'\n    return 'down'\n"
    part, found = runs(program, "t", alone=True)
    assert line_of(part, found, "t") == "The answer comes from line 4: `return 'down'`."
    program = "def f(x, b):\n    return bool(x.shape[1] > 0)\n"
    assert line_of(*runs(program, "s", alone=True), "s") == "", "what decided it computed other things"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (
            "def f(x, b):\n    a = x / 0\n    y = a + 1\n    return {'y': y}",
            "`a` (line 2) is the first value that",
        ),
        (
            "def f(x, b):\n    return {'y': x / 0}",
            "Line 2 is the first that is not finite: `return {'y': x / 0}`.",
        ),
        (
            "def f(x, b):\n    a = np.log(-x * x)\n    y = x + a\n    return {'y': y}",
            "`a` (line 2) is the first value",
        ),
        ("def f(x, b):\n    y = 3 * x\n    return {'y': y}", ""),
        ("def f(x, b):\n    return {'y': np.nan * np.empty(x.shape)}", ""),  # which is chance
        (
            "def f(x, b):\n    a = x / 0\n    if x.shape[1] > 4:\n        a = x / 1\n        c = x / 0\n"
            "        a = c\n    return {'y': a}",
            "`a` (line 2)",
        ),
        (
            "def f(x, b):\n    if x.shape[1] > 4:\n        y = x / 0\n    else:\n        y = -x / 0\n"
            "    return {'y': y}",
            "",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_the_first_value_that_is_not_finite_is_named(program, said):
    part, found = runs(program, "y")
    words = first_not_finite(part, found, "y")
    assert words.startswith(f"`y` comes out as nan or inf. {said}") if said else words == ""


def test_where_the_inputs_or_the_right_answer_are_not_finite_nothing_is_said_of_that():
    endless = [case | {"b": case["b"] * np.inf} for case in CASES]
    part, found = runs("def f(x, b):\n    return {'y': b}", "y", endless)
    assert first_not_finite(part, found, "y") == ""
    program = "def f(x, b):\n    return {'y': np.full(x.shape, np.nan)}"
    part, found = runs(program, "y", reference=lambda x, b: {"y": np.full(x.shape, np.inf)})
    assert first_not_finite(part, found, "y") == ""


@pytest.mark.parametrize(
    ("body", "name", "sentence"),
    [
        ("6 * x", "y", "Your `y` is exactly 3 times what it should be."),
        ("2 * x * x.shape[1]", "y", "Your `y` is m times what it should be; here m is 3."),
        ("2 * x + 2 * b", "y", "Your `y` equals `2 * x + 2 * b`; the formula is `2 * x`."),
        ("2 * x - 3 * b", "y", "Your `y` equals `2 * x - 3 * b`; the formula is `2 * x`."),
        ("2 * x + b * b", "y", None),
        ("(2 * x)[:, :1]", "y", None),
        ("x + 2 * b", "z", None),  # no formula to add it to
        ("np.sum(x) + 1", "s", None),
    ],
)
def test_a_multiple_or_an_input_too_much(body, name, sentence):
    part, found = runs(f"def f(x, b):\n    return {{'{name}': {body}}}", name, formulas={"y": "y = 2 * x"})
    equality = equality_of(part, found, name)
    assert (equality and equality.sentence) == sentence
    assert not equality or len(equality.assigned) <= 1
    assert equality_of(part, found[:1], name) is None


def test_a_formula_that_is_a_sentence_is_not_computed_with():
    program = "def f(x, b):\n    return {'y': 2 * x + 2 * b}"
    part, found = runs(program, "y", formulas={"y": "y = twice what x is"})
    assert equality_of(part, found, "y") is None
