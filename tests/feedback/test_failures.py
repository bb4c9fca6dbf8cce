"""What an exception of the learner's code means, in words: messages as NumPy and Python write them today."""

import math

import numpy as np
import pytest
from one_step import CASE, PART

from mlcourse.feedback.answers import Failure
from mlcourse.feedback.failures import describe_failure, meaning


def failing(line, operands=()):
    """The failure of a line of code, on arrays a (2, 3) and v (3,), a list, a number, None and a dict."""
    names = {"np": np, "math": math, "a": np.ones((2, 3)), "v": np.ones(3), "l": [1, 2], "x": 2.0}
    names |= {"t": (1, 2), "nothing": None, "d": {"A1": 1}, "f": lambda p: p, "e": np.ones(0)}
    try:
        exec(line, names)
    except Exception as error:
        return Failure(type(error).__name__, str(error), line, operands=operands)
    raise AssertionError(f"{line} does not fail")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "np.max(0, v)",
            "np.max takes the largest entry of one array, np.maximum compares two entry by entry.",
        ),
        (
            "np.amax(0, v)",
            "np.max takes the largest entry of one array, np.maximum compares two entry by entry.",
        ),
        (
            "np.min(0, v)",
            "np.min takes the smallest entry of one array, np.minimum compares two entry by entry.",
        ),
        (
            "np.amin(0, v)",
            "np.min takes the smallest entry of one array, np.minimum compares two entry by entry.",
        ),
        (
            "l[v.astype(int)]",
            "An array stands where one whole number is asked for: an index, an axis or a number of times.",
        ),
        ("math.exp(v)", "math.exp takes one number; np.exp works entry by entry."),
        ("math.tanh(math.exp(v))", "math.exp takes one number; np.exp works entry by entry."),
        (
            "float(v)",
            "A single number is asked for here, and this is an array; `.item()` takes the only one out.",
        ),
        ("v.sum(axis=(0, 0))", "One axis is given twice."),
        (
            "np.broadcast_to(v, (2, 3))[0] = 1",
            "np.broadcast_to and its like give arrays that cannot be changed: write a = a + b, not a += b.",
        ),
        ("a @ x", "`@` multiplies matrices, and one of the two is a single number: that takes `*`."),
        ("l['W']", "This is a list or tuple of Python, not an array: np.array makes one."),
        ("t['W']", "This is a list or tuple of Python, not an array: np.array makes one."),
        ("x.shape", "A plain number stands where an object with `shape` is needed: make one of it first."),
        (
            "(1).data.grad",
            "A plain number stands where an object with `data` is needed: make one of it first.",
        ),
        (
            "v.backward()",
            "A plain array stands where an object with `backward` is needed: make one of it first.",
        ),
        (
            "np = v; np.exp(v)",
            "The name before the dot was given another value, and is no longer that of the module.",
        ),
        (
            "math = 2.0; math.exp(1)",
            "The name before the dot was given another value, and is no longer that of the module.",
        ),
        ("d['A2']", "There is no entry 'A2' in it."),
        ("nothing + 1", "Something is None here, such as the result of a function without return."),
        ("{v: 1}", "An array cannot be a key; its name can, in quotes."),
        ("x(2)", "Is a `*` missing before the bracket, or has a function's name been given to a number?"),
        ("v(2)", "Is a `*` missing before the bracket, or has a function's name been given to a number?"),
        ("exp(v)", "NumPy's is `np.exp`."),
        ("undefined(v)", ""),
        ("1 / 0", ""),
        ("int('x')", ""),
        # One decision about many entries.
        ("max(0, v)", "`max` compares single numbers; np.maximum compares entry by entry."),
        ("min(0, v)", "`min` compares single numbers; np.minimum compares entry by entry."),
        ("v > 0 and 1", "`and`, `or`, `not` decide once for all; &, | and ~ work entry by entry."),
        ("not v", "`and`, `or`, `not` decide once for all; &, | and ~ work entry by entry."),
        (
            "if v > 0 and x: pass",
            "`if` decides once, and this is an array of many entries: np.where chooses entry by entry.",
        ),
        (
            "while v > 0: pass",
            "`while` decides once, and this is an array of many entries: np.where chooses entry by entry.",
        ),
        # Indices.
        ("v[3]", "Its last index is 2."),
        ("e[0]", "It is empty along that axis."),
    ],
)
def test_a_cryptic_message_is_followed_by_what_it_means(line, words):
    assert meaning(failing(line)) == words


@pytest.mark.parametrize(
    ("line", "operands", "words"),
    [
        (
            "a[i]",
            (("a", (2, 3)),),
            "Its last index is 1. a has shape (2, 3): one index takes a whole row. a[:, k] is a column, and "
            "np.ndindex(a.shape) goes through all entries.",
        ),
        ("a[1, 3]", (("a", (2, 3)),), "Its last index is 2."),
        ("v[i]", (("v", (3,)),), "Its last index is 2."),
        ("a[i] + v[i]", (("a", (2, 3)), ("v", (3,))), "Its last index is 1."),
        (
            "c[i]",
            (("c", (2, 3, 4)),),
            "Its last index is 1. c has shape (2, 3, 4): one index is of its first axis, c[:, k] of its "
            "second.",
        ),
    ],
)
def test_an_index_out_of_bounds_is_told_with_what_one_index_takes(line, operands, words):
    assert meaning(failing(f"i, c = 5, np.ones((2, 3, 4)); {line}", operands)) == words


@pytest.mark.parametrize(
    ("operands", "words"),
    [
        ((), "."),
        ((("l", (2,)), ("t", (1,))), ": l has 2 entries, t has 1 entry."),
        (
            (("a", (2, 3)), ("t", (1,))),
            ": a is an array of shape (2, 3), of which zip takes the rows, t has 1 entry. "
            "If one array was meant: (x,) with a comma is a tuple of one.",
        ),
    ],
)
def test_unequal_lengths_are_told(operands, words):
    failure = failing("list(zip([1, 2], [1], strict=True))", operands)
    start = "zip with strict=True takes things of the same length"
    end = "" if operands else " If one array was meant: (x,) with a comma is a tuple of one."
    assert meaning(failure) == start + words + end


class Sum:
    def plus(self, a):
        return self.missing

    def without_self():
        pass

    def two(a, b):
        pass


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: Sum().plus(1),
            "Is `missing` misspelled, not set in `self`, or not indented as part of the class?",
        ),
        (
            lambda: Sum(1),
            "Its `__init__` is missing: it has two underscores on each side, and is indented in the class.",
        ),
        (
            lambda: Sum().without_self(),
            "The parameters of a method are `self`, the object, and then what it is given.",
        ),
        (
            lambda: Sum().two(1, 2, 3),
            "",
        ),
        (lambda: 1 / 0, ""),
    ],
)
def test_how_a_class_is_to_be_written_is_told(call, words):
    with pytest.raises(Exception) as caught:
        call()
    assert meaning(Failure(type(caught.value).__name__, str(caught.value))) == words


def test_a_method_that_only_the_base_class_has_is_told_as_missing():
    words = "A method is missing: is one misspelled, or not indented as part of the class?"
    assert meaning(Failure("NotImplementedError", "")) == words
    assert meaning(Failure("NotImplementedError", "", "raise NotImplementedError")) == ""


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (
            Failure("InputAsked"),
            "step calls input(): there is nobody to answer while it is checked. Use the arguments only.",
        ),
        (Failure("SystemExit", "1"), "step ends Python (sys.exit) instead of returning its result."),
        (Failure("RecursionError", "maximum"), "step calls itself without end."),
        (Failure("KeyboardInterrupt"), "step was interrupted."),
        (Failure("MemoryError", "Unable"), "step needs more memory than there is."),
        (
            Failure("NotImplementedError"),
            "step still raises NotImplementedError for some inputs: is a part not written yet?",
        ),
        (Failure("NotImplementedError", helper="relu"), "step calls relu, which is not written yet."),
        (
            Failure("NotImplementedError", "no such axis.", "x.sum(3)"),
            "step raises NotImplementedError in the line `x.sum(3)`: no such axis.",
        ),
        (Failure("TimeLimit"), "step did not finish within 2.5 seconds. Is there a loop without end?"),
        (Failure("OutputLimit", "9000 lines"), "step prints 9000 lines: take the print out of it."),
        (
            Failure("ZeroDivisionError", "division by zero", "1 / 0"),
            "step raises ZeroDivisionError in the line `1 / 0`: division by zero.",
        ),
        (Failure("AssertionError", "", "assert m"), "step raises AssertionError in the line `assert m`."),
        (
            Failure("TypeError", "step() takes 1 positional argument but 3 were given"),
            "step raises TypeError: step() takes 1 positional argument but 3 were given. "
            "It is called as step(dZ, X, W).",
        ),
        (
            Failure("TypeError", "bad operand", "-None"),
            "step raises TypeError in the line `-None`: bad operand.",
        ),
        (Failure("ValueError", "no"), "step raises ValueError: no."),
        (
            Failure("NameError", "name 'exp' is not defined", "exp(Z)"),
            "step raises NameError in the line `exp(Z)`: name 'exp' is not defined. NumPy's is `np.exp`.",
        ),
    ],
)
def test_a_failure_is_told_with_its_line_and_its_meaning(failure, words):
    found = describe_failure(PART, CASE, failure)
    assert (found.variable, found.sentence) == ("step", words)


def test_a_long_message_is_cut():
    told = describe_failure(PART, CASE, Failure("ValueError", "x" * 1000)).sentence
    assert 100 < told.count("x") < 500
