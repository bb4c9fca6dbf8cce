"""What the variables of a learner's function held, and in which line they got it."""

import linecache
import sys

import numpy as np
import pytest

from mlcourse.feedback import moments as module
from mlcourse.feedback.answers import Answer, Failure
from mlcourse.feedback.moments import Moment, is_unsteady, moments_from_plain, moments_to_plain, watch
from mlcourse.feedback.plain import PlainError, decode, encode
from mlcourse.feedback.run import answer


def watched(program, *inputs, function="f", first=None):
    """Moments of a program's function."""
    title = f"program {abs(hash(program))}"
    linecache.cache[title] = len(program), None, program.splitlines(keepends=True), title
    names = {"np": np, "__name__": "__main__"}
    exec(compile(program, title, "exec"), names)
    case = {f"input{number}": value for number, value in enumerate(inputs)}
    first = first or answer("call", names[function], case)
    return watch("call", names[function], case, first, 5.0)


def told(moments):
    return [(m.name, m.line, m.value.tolist()) for m in moments if not m.into]


X = np.array([1.0, 2.0])


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("def f(x):\n    y = 2 * x\n    return y\n", [("y", 2, [2, 4]), ("", 3, [2, 4])]),
        ("def f(x):\n    x += 1\n    return None\n", [("x", 2, [2, 3])]),
        ("def f(x):\n    y = x\n    y = x\n    return 0.5\n", [("y", 2, [1, 2]), ("", 4, 0.5)]),
        (
            "def f(x):\n    y = x * 1\n    y = x * 1\n    return 3\n",
            [("y", 2, [1, 2]), ("y", 3, [1, 2]), ("", 4, 3)],
        ),
        ("def f(x):\n    n = 3\n    t = 'a'\n    z = 1j\n    return True\n", [("", 5, True)]),
        ("def f(x):\n    y = 0.5\n    y = 3\n    return None\n", [("y", 2, 0.5), ("y", 3, 3)]),
        ("def f(x):\n    y = 0.5\n    del y\n    return None\n", [("y", 2, 0.5)]),
        (
            "def f(x):\n    d = {}\n    d['a'] = x + 1\n    d[2] = x[0]\n    return d\n",
            [('d["a"]', 3, [2, 3]), ("d[2]", 4, 1), ('["a"]', 5, [2, 3]), ("[2]", 5, 1)],
        ),
        ("def f(x):\n    a = [x + 1]\n    return a, 0.5\n", [("a[0]", 2, [2, 3]), ("[1]", 3, 0.5)]),
        ("def f(x):\n    return 'ab'\n", [("", 2, [97, 98])]),
        (
            "def f(x):\n    for k in range(2):\n        y = k * x\n    return y\n",
            [("y", 3, [0, 0]), ("y", 3, [1, 2]), ("", 4, [1, 2])],
        ),
        ("def f(x):\n    with np.errstate():\n        return x + 1\n", [("", 3, [2, 3])]),
        (
            "def f(x):\n    y = np.ones(2001)\n    z = np.ones(2000)\n    return None\n",
            [("z", 3, [1.0] * 2000)],
        ),
    ],
)
def test_each_value_is_noted_with_the_line_in_which_a_variable_got_it(program, expected):
    assert told(watched(program, X)) == expected


def test_what_a_moment_says_of_its_line():
    program = "def f(x):\n    y = 2 * x; z = 3 * x\n    return y\n"
    first, second, last = watched(program, X)
    assert (first.statement, second.statement, last.statement) == ("y = 2 * x", "z = 3 * x", "return y")
    assert first.text == second.text == "y = 2 * x; z = 3 * x"
    assert [m.returned for m in (first, second, last)] == [False, False, True]
    assert (first.function, first.call, first.into, first.loop) == ("", 1, 0, 0)
    (long, _) = watched(f"def f(x):\n    y = {' + '.join(['x'] * 40)}\n    return 0.5\n", X)
    assert long.text.startswith("y = x + x") and long.text.endswith(" ...") and len(long.text) == 80
    assert long.statement.count("x") == 40


HELPER = """
def double(w):
    v = 2 * w
    return v
def f(x):
    a = double(x)
    b = double(a) + double(x)
    return b
"""


def test_a_helper_is_named_with_what_it_was_given_and_what_it_gave():
    moments = watched(HELPER, X)
    inside = [(m.name, m.line, m.value.tolist(), m.call) for m in moments if m.function == "double"]
    assert inside[:2] == [("v", 3, [2, 4], 2), ("", 4, [2, 4], 2)]
    assert {call for *_, call in inside} == {2, 3, 4}
    assert [(m.name, m.line, m.value.tolist(), m.call, m.into) for m in moments if m.into] == [
        ("w", 6, [1, 2], 1, 2),
        ("w", 7, [2, 4], 1, 3),
        ("w", 7, [1, 2], 1, 4),
    ]
    assert [m.returned for m in moments if m.line == 4] == [False] * 3
    assert [m.value.tolist() for m in moments if m.name == "b"] == [[6, 12]]


def test_a_whole_number_is_noted_where_it_is_the_answer_and_not_where_a_helper_gives_it():
    program = "def size(w):\n    return len(w)\ndef f(x):\n    n = size(x)\n    return n\n"
    assert told(watched(program, X)) == [("", 5, 2)]


def test_a_function_that_is_handed_on_is_told_by_its_name_alone():
    moments = watched(
        "def apply(g, w):\n    return g(w)\ndef f(x):\n    return apply(lambda t: 2 * t, x)\n", X
    )
    assert {"g", "w"} <= {m.name for m in moments if m.into}


CLASS = """
class Layer:
    def __init__(self, W):
        self.W = W
    def forward(self, x):
        self.A = self.W * x
        return self.A
def f(x):
    layer = Layer(x + 1)
    other = layer
    y = layer.forward(x)
    return y
"""


def test_what_an_object_holds_is_noted_in_its_method_and_not_again_where_another_name_is_given():
    moments = watched(CLASS, X)
    assert [(m.line, m.function) for m in moments if m.name == "self.A"] == [(6, "Layer.forward")]
    assert not [m for m in moments if m.name in ("layer.W", "other.W")]


def test_of_a_loop_that_goes_on_the_first_values_are_kept_and_the_last():
    program = "def f(x):\n    y = 0.0\n    for k in range(40):\n        y = y + 1\n    return y\n"
    values = [float(m.value) for m in watched(program, X) if (m.name, m.line) == ("y", 4)]
    assert values[:5] == [1, 2, 3, 4, 5] and values[-1] == 40
    assert len(values) < 20


def test_of_a_call_that_does_not_end_soon_the_beginning_and_the_answer_are_noted():
    program = "def f(x):\n    y = 0.0\n    for k in range(3000):\n        y = y + 1\n    return y\n"
    moments = watched(program, X)
    assert (moments[0].value, moments[-1].value, moments[-1].returned) == (0, 3000, True)


def test_a_return_in_a_loops_first_turn_is_told_with_the_loop():
    moments = watched("def f(x):\n    for k in range(3):\n        y = k * x\n        return y\n", X)
    assert [(m.line, m.loop) for m in moments if m.loop] == [(4, 2)]


def test_what_gives_another_answer_the_second_time_is_unsteady_and_nothing_else_is_said():
    program = "calls = []\ndef f(x):\n    calls.append(1)\n    return x * len(calls)\n"
    moments = watched(program, X)
    assert is_unsteady(moments) and len(moments) == 1
    assert not is_unsteady(watched("def f(x):\n    return 2 * x\n", X))
    fails = "calls = []\ndef f(x):\n    calls.append(1)\n    if len(calls) > 1: raise ValueError\n"
    assert is_unsteady(watched(fails, X))


@pytest.mark.parametrize("kind", ["TimeLimit", "OutputLimit", "InputAsked"])
def test_what_was_stopped_is_not_run_again(kind):
    program = "def f(x):\n    y = 2 * x\n    raise ValueError\n"
    assert watched(program, X, first=Answer(failure=Failure(kind))) == []
    assert told(watched(program, X, first=Answer(failure=Failure("ValueError")))) == [("y", 2, [2, 4])]


def test_a_failure_is_watched_up_to_the_line_that_failed():
    assert told(watched("def f(x):\n    y = 2 * x\n    return y @ np.ones(3)\n", X)) == [("y", 2, [2, 4])]


def test_where_somebody_else_traces_nothing_is_noted_and_their_trace_stays(monkeypatch):
    def debugger(*_):
        return None

    before = sys.gettrace()
    sys.settrace(debugger)
    try:
        assert watched("def f(x):\n    return 2 * x\n", X) == []
        assert module.watch_reference("call", lambda x: 2 * x, {"x": X}) == []
        assert sys.gettrace() is debugger
    finally:
        sys.settrace(before)


def test_a_reference_is_watched_as_well():
    found = module.watch_reference("call", lambda x: 2 * x, {"x": X})
    assert [(m.name, m.value.tolist(), m.returned) for m in found] == [("", [2, 4], True)]


def test_a_librarys_function_is_not_the_learners():
    program = "import statistics\ndef f(x):\n    m = statistics.fmean(x)\n    return m\n"
    assert told(watched(program, X)) == [("m", 3, 1.5), ("", 4, 1.5)]


MOMENT = Moment("W", X, 3, "W = 2 * x", True, "f", 2, "W = 2 * x", 1, 4)


def test_moments_travel_out_of_a_sandbox():
    loop = watched("def f(x):\n    for k in range(3):\n        return k * x\n    return x\n", X)
    assert len(moments_from_plain(decode(encode(moments_to_plain(loop))))) == len(loop)
    (again,) = moments_from_plain(decode(encode(moments_to_plain([MOMENT]))))
    assert vars(again) | {"value": 0} == vars(MOMENT) | {"value": 0}
    assert again.value.tolist() == X.tolist()


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        [None],
        [("W", X, 3)],
        [("W", [1.0], 3, "W = 2 * x", True, "f", 2, "W = 2 * x", 1, 4)],
        [("W", X, True, "W = 2 * x", True, "f", 2, "W = 2 * x", 1, 4)],
        moments_to_plain([MOMENT]) * 601,
    ],
)
def test_what_is_no_list_of_moments_is_refused(data):
    with pytest.raises(PlainError, match="not what variables held"):
        moments_from_plain(data)


def test_long_texts_from_a_sandbox_are_cut():
    forged = Moment("W" * 1000, X, 3, "x" * 10_000, True, "f" * 1000, 2, "y" * 10_000, 1, 4)
    (cut,) = moments_from_plain(moments_to_plain([forged]))
    assert max(map(len, (cut.name, cut.text, cut.function, cut.statement))) <= 600
