"""Where the learner's code raised, and which statement stands in a line of theirs."""

import linecache
import sys
from itertools import count

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.feedback.run import compute
from mlcourse.feedback.traces import is_learners, locate, source_line, statement_at

titles = (f"a learner's cell {number}" for number in count())


def cell(program):
    """Title and names of a cell that was run."""
    title = next(titles)
    linecache.cache[title] = len(program), None, program.splitlines(keepends=True), title
    names = {"np": np, "__name__": "__main__"}
    exec(compile(program, title, "exec"), names)
    return title, names


def located(program, function="f"):
    """What is said of the failure of ``f(x)`` in a program."""
    _, names = cell(program)
    with pytest.raises(Exception) as caught:
        names[function](np.ones((2, 3)))
    return locate(caught.value, names[function])


@pytest.mark.parametrize(
    ("program", "line", "target", "operands", "helper"),
    [
        ("def f(x):\n    y = x @ x\n", "y = x @ x", "y", (("x", (2, 3)), ("x", (2, 3))), ""),
        ("def f(x):\n    x @= x\n", "x @= x", "x", (("x", (2, 3)), ("x", (2, 3))), ""),
        ("def f(x):\n    y: object = x[5]\n", "y: object = x[5]", "y", (("x", (2, 3)),), ""),
        ("def f(x):\n    g = {}\n    g['dW'] = x @ x\n", "g['dW'] = x @ x", "dW", (("x", (2, 3)),) * 2, ""),
        ("def f(x):\n    return x @ x\n", "return x @ x", "", (("x", (2, 3)), ("x", (2, 3))), ""),
        ("def f(x):\n    y = missing + 1\n", "y = missing + 1", "y", (), ""),
        ("def f(x):\n    y = x + unknown(x) @ x\n", "y = x + unknown(x) @ x", "y", (), ""),
        (
            "def helper(w):\n    v = w @ w\n    return v\ndef f(x):\n    y = helper(x)\n",
            *("v = w @ w", "v", (("w", (2, 3)), ("w", (2, 3))), "helper"),
        ),
        (
            "def f(x):\n    return (lambda t: t @ t)(x)\n",
            "return (lambda t: t @ t)(x)",
            "",
            (("t", (2, 3)),) * 2,
            "",
        ),
        ("def f(x):\n    y = np.linalg.inv(x)\n", "y = np.linalg.inv(x)", "y", (), ""),
        ("def f(x):\n    self = f\n    self.W = x @ x\n", "self.W = x @ x", "W", (("x", (2, 3)),) * 2, ""),
        ("def f(x):\n    a, b = x @ x, 1\n", "a, b = x @ x, 1", "", (("x", (2, 3)), ("x", (2, 3))), ""),
        (
            "def f(x):\n    y = (\n        x + 1\n    ) @ x\n",
            *("y = (", "y", (("x + 1", (2, 3)), ("x", (2, 3))), ""),
        ),
    ],
)
def test_the_line_what_it_computes_and_what_met_there(program, line, target, operands, helper):
    assert located(program) == (line, target, operands, helper)


def test_what_met_in_a_layer_of_the_course_is_told_with_the_line_that_called_it():
    program = (
        "from mlcourse.nn.layers import Dense\ndef f(x):\n    layer = Dense(5, 4, np.random.default_rng(0))\n"
        "    layer.forward(np.ones((5, 3)))\n    y = layer.backward(x)\n    return y\n"
    )
    line, target, operands, helper = located(program)
    assert (line, target, helper) == ("y = layer.backward(x)", "y", "")
    assert [shape for _, shape in operands] == [(5, 4), (2, 3)]


def test_a_method_is_named_where_it_is_that_of_another_class():
    program = (
        "class Layer:\n    def forward(self, x):\n        return x @ x\n"
        "class Other(Layer):\n    def __call__(self, x):\n        return self.forward(x)\n"
    )
    _, names = cell(program)
    with pytest.raises(ValueError) as caught:
        names["Other"]()(np.ones((2, 3)))
    assert locate(caught.value, names["Other"])[3] == "forward"
    assert locate(caught.value, names["Layer"])[3] == "", "it is its own"


def test_nothing_is_said_of_what_has_no_source_or_no_frame_of_the_learners():
    assert locate(ValueError("never raised"), len) == ("", "", (), "")
    names = {}
    exec("def f(x):\n    return x[9]\n", names)
    with pytest.raises(IndexError) as caught:
        names["f"](np.ones(2))
    assert locate(caught.value, names["f"])[:3] == ("", "", ())
    assert locate(None, None) == ("", "", (), "")


def test_a_line_of_the_course_that_called_theirs_wrongly_is_not_shown():
    failure = compute("call", lambda: 1.0, {"x": np.ones(2)}).failure
    assert (failure.kind, failure.line, failure.target, failure.helper) == ("TypeError", "", "", "")


def test_a_known_mistake_is_read_as_the_learners_code_is():
    part = get("forward-propagation").parts[0]
    frames = []

    def trace(frame, event, argument):
        frames.append(frame)

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        compute(part.drive, part.reference, part.inputs(np.random.default_rng(0)))
    finally:
        sys.settrace(before)
    learners = {frame.f_code.co_name for frame in frames if is_learners(frame)}
    assert part.function in learners
    assert not {"call", "compute", "to_plain", "catch_warnings"} & learners


PROGRAM = """x = 1; y = 2
for i in range(3): z = (i
                        + 1)
self = type("T", (), {})()
self.W, g = 1, {}
g["a"] = 1; self.b = 2
if x: pass
"""


@pytest.mark.parametrize(
    ("line", "name", "statement"),
    [
        (1, "x", "x = 1"),
        (1, "y", "y = 2"),
        (1, "z", ""),
        (2, "z", "z = i + 1"),
        (3, "z", "z = i + 1"),
        (5, "self.W", "self.W, g = (1, {})"),
        (6, 'g["a"]', "g['a'] = 1"),
        (6, "self.b", "self.b = 2"),
        (7, "", "pass"),
        (8, "x", ""),
        (99, "x", ""),
    ],
)
def test_a_statement_is_found_by_its_line_and_what_it_sets(line, name, statement):
    title, _ = cell(PROGRAM)
    assert statement_at(title, line, name) == statement


def test_a_very_long_statement_is_left_out_and_a_long_line_cut():
    title, _ = cell(f"x = 1\ny = {' + '.join(['x'] * 500)}\n")
    assert statement_at(title, 2, "y") == ""
    assert statement_at(title, 1, "x") == "x = 1"
    assert len(source_line(title, 2)) == 300
    broken = next(titles)
    linecache.cache[broken] = 10, None, ["x = (\n"], broken
    assert statement_at(broken, 1, "x") == ""


def test_lines_of_the_course_and_of_libraries_are_not_shown():
    assert source_line(np.__file__, 1) == source_line(source_line.__code__.co_filename, 1) == ""
    assert source_line(cell("  \nx = 1   \n")[0], 2) == "x = 1"
