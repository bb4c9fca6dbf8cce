"""What a line of the learner's reads, hands on or only names: seen from its text."""

import numpy as np
import pytest

from mlcourse.feedback import reading
from mlcourse.feedback.moments import Moment


def moment(statement, name="y", **more):
    return Moment(name, np.ones(2), 1, more.pop("text", statement), statement=statement, **more)


@pytest.mark.parametrize(
    ("statement", "name", "read", "not_read"),
    [
        ("y = x * w", "y", ["x", "w", "x[0]"], ["y", "z"]),
        ("y += x", "y", ["y", "x"], ["z"]),
        ("self.dW = self.A @ dZ", "self.dW", ["self.A", "self.A[1]", "dZ"], ["self.dW", "A"]),
        ("self.n += x", "self.n", ["self.n", "x"], []),
        ('y = cache["A1"] * k', "y", ['cache["A1"]', "k"], ["cache", 'cache["Z1"]', 'cache["A1"][0]']),
        ("y = cache[key]", "y", ["cache", "key", 'cache["A1"]'], []),
        ("a, b = x, z", "a", ["x"], ["z"]),
        ("a, b = x, z", "b", ["z"], ["x"]),
        ("a, b = f(x), z", "c", ["x", "z"], []),
        ("a, b = split(x, z)", "b", ["x", "z"], ["a"]),
        ("return {'dW': g, 'db': h}", '["dW"]', ["g"], ["h"]),
        ("return {'X': X, 'A': A}", '["X"]', ["X"], ["A"]),
        ("return {'dW': g, 'db': h}", '["dc"]', ["g", "h"], []),
        ("return dict(dW=g, db=h)", '["db"]', ["h"], ["g"]),
        ("return dict(dW=g, db=h)", '["dc"]', ["g", "h"], []),
        ("return A, cache", "[1]", ["cache"], ["A"]),
        ("return [A, cache]", "[0]", ["A"], ["cache"]),
        ("return A, cache", "[2]", ["A", "cache"], []),
        ("return A + B", "", ["A", "B"], []),
        ('grads["dW"] = dZ @ A', 'grads["dW"]', ["dZ", "A"], ["grads", 'grads["dW"]']),
        ("v[i] = x", "v", ["v", "i", "x"], ["y"]),
        ("v[i] += x", "v", ["v", "i", "x"], ["y"]),
        ("v[0] += x", "v[0]", ["v[0]", "x"], ["v[1]"]),
        ("v[0] = x", "v[0]", ["x"], ["v[0]", "v"]),
        ("y: float = x", "y", ["x"], []),
        ("for", "y", [], ["for", "y"]),
        ("", "y", [], ["y"]),
    ],
)
def test_a_line_reads_what_its_value_is_made_of(statement, name, read, not_read):
    line = moment(statement, name)
    assert [other for other in read if not reading.reads(line, other)] == []
    assert [other for other in not_read if reading.reads(line, other)] == []


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("y = x", "x"),
        ("y = x.copy()", "x"),
        ("y = np.array(x)", "x"),
        ("y = numpy.asarray(x, dtype=float)", "x"),
        ("y = float(x)", "x"),
        ("y = deepcopy(x)", "x"),
        ("y = copy.deepcopy(x)", "x"),
        ("y = x.reshape(-1, 1)", "x"),
        ("y = float(np.squeeze(x.T))", "x.T"),
        ("y = 1 * x", "x"),
        ("y = x * 1", "x"),
        ("y = x / 1", "x"),
        ("y = self.x", "self.x"),
        ("y = cache['A1']", "cache['A1']"),
        ("y = cache[f'A{l}']", "cache[f'A{l}']"),
        ("return x", "x"),
        ("z, y = 2 * a, x", "x"),
        ("y = 2 * x", ""),
        ("y = x * 2", ""),
        ("y = 1 / x", ""),
        ("y = x + 1", ""),
        ("y = -x", ""),
        ("y = x[1:]", ""),
        ("y = np.sum(x)", ""),
        ("y = x.sum()", ""),
        ("y = sigmoid(x)", ""),
        ("y = 3.0", ""),
        ("y += x", ""),
        ("x[0] = z", ""),
    ],
)
def test_what_is_handed_on_at_most_in_another_form(statement, source):
    assert reading.handed_on(moment(statement)) == source
    assert reading.is_copy(moment(statement)) is bool(source)


def test_an_argument_is_not_handed_on_by_the_line_of_its_call():
    assert not reading.is_copy(moment("y = x", into=2))


@pytest.mark.parametrize(
    ("text", "statement", "name", "loop"),
    [
        ("for x in xs:", "", "x", True),
        ("for x in xs: y = 2 * x", "y = 2 * x", "y", False),
        ("forward = x", "forward = x", "forward", False),
        ("g = [f(r) for r in rates]", "g = [f(r) for r in rates]", "r", True),
        ("g = [f(r) for r in rates]", "g = [f(r) for r in rates]", "g", False),
        ("g = {a: b for a, b in pairs}", "g = {a: b for a, b in pairs}", "b", True),
        ("g = [f(r) for r in rates]", "g = [f(r) for r in rates]", "rates", False),
    ],
)
def test_a_loop_gives_its_variable_the_next_value_and_computes_nothing(text, statement, name, loop):
    assert reading.is_loop(moment(statement, name, text=text)) is loop


@pytest.mark.parametrize("line", ["largest = 0.0", "x=3", "x = -1", "x = 1e-8", "x = 2.5e10"])
def test_a_number_that_gets_a_name_is_a_constant(line):
    assert reading.is_constant(line)


@pytest.mark.parametrize("line", ["x = y", "x = 2 * 3", "x = 0.0 + y", "return 0.0", "x += 1", ""])
def test_what_is_computed_is_no_constant(line):
    assert not reading.is_constant(line)


@pytest.mark.parametrize(
    ("statement", "name", "operator"),
    [
        ("y += x", "y", "Add"),
        ("y @= x", "y", "MatMult"),
        ("self.y -= x", "self.y", "Sub"),
        ("v[0] *= x", "v[0]", "Mult"),
        ("v[i] *= x", "v", "Subscript"),
        ("v[i] = x", "v", "Subscript"),
        ("v[0] = x", "v[0]", "NoneType"),
        ('g["a"] = x', 'g["a"]', "NoneType"),
        ("y = x", "y", "NoneType"),
    ],
)
def test_what_is_changed_in_place_and_how(statement, name, operator):
    assert type(reading.changes_in_place(moment(statement, name))).__name__ == operator


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        (reading.computes_nothing, ["return 0.0", "return None"], ["return x", "y = 0.0", "return -x", ""]),
        (reading.returns_a_formula, ["return a * b"], ["return a", "y = a * b", "return f(a)"]),
        (reading.goes_two_ways, ["y = a if top else b", "return f(a if b else c)"], ["y = a", "y = a > b"]),
        (
            reading.calls,
            ["y = f(x)", "y = np.sum(f(x))", "y = x.sum()"],
            ["y = np.sum(math.exp(x))", "y = x"],
        ),
    ],
)
def test_what_kind_of_line_it_is(question, yes, no):
    assert [line for line in yes if not question(moment(line, ""))] == []
    assert [line for line in no if question(moment(line, ""))] == []


def test_of_several_values_returned_each_is_looked_at_alone():
    assert reading.returns_a_formula(moment("return a * b, c", "[0]"))
    assert not reading.returns_a_formula(moment("return a * b, c", "[1]"))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ('grads["dW2"]', "dW2"),
        ('self.grads["dW2"]', "dW2"),
        ("dW[2]", "dW2"),
        ("self.dW2", "dW2"),
        ("self.dW[12]", "dW12"),
        ("x", "x"),
        ("[0]", ""),
        ("", ""),
    ],
)
def test_a_name_without_what_it_is_kept_in(name, plain):
    assert reading.plain_name(name) == plain


def told(moments):
    return [moment.name for moment in moments]


def test_a_line_reads_what_its_own_call_held_last():
    first, again = moment("x = 1 * w", "x", call=1), moment("x = 2 * w", "x", call=1)
    elsewhere, later = moment("x = 3 * w", "x", call=2), moment("x = 4 * w", "x", call=1)
    place = moment("return x", "[0]", call=1)
    line = moment("y = 2 * x", "y", call=1)
    moments = [first, again, elsewhere, place, line, later]
    assert reading.latest_before(moments, line) == {"x": again}
    assert reading.read_by(moments, line) == [again]
    assert reading.read_by([first, moment("x = x", "x", call=1, text="for x in xs:"), line], line) == []


def test_an_argument_belongs_to_the_call_that_it_was_handed_to():
    given = moment("y = f(w)", "x", call=1, into=2)
    inside, outside = moment("z = 2 * x", "z", call=2), moment("z = 2 * x", "z", call=1)
    assert reading.read_by([given, inside], inside) == [given]
    assert reading.read_by([given, outside], outside) == []


def test_a_line_reads_what_an_object_and_the_function_around_it_hold():
    held = moment("self.A = f(x)", "self.A", call=1, function="Layer.forward")
    line = moment("return self.A * g", "", call=2, function="Layer.backward")
    assert reading.read_by([held, line], line) == [held]
    around = moment("m = 2 * n", "m", call=1, function="outer")
    other = moment("m = 3 * n", "m", call=3, function="another")
    inner = moment("z = m * x", "z", call=2, function="outer.<locals>.inner")
    assert reading.read_by([around, other, inner], inner) == [around]
    top = moment("m = 2 * n", "m", call=1)
    nested = moment("z = m * x", "z", call=2, function="f.<locals>.inner")
    assert reading.read_by([top, nested], nested) == [top]
    plain = moment("z = m * x", "z", call=2, function="helper")
    assert reading.read_by([top, plain], plain) == []


def test_a_line_that_calls_a_helper_reads_what_that_gave_but_not_where_it_is_the_value_itself():
    line = moment("y = f(x) * 2", "y", call=1)
    handed = moment("y = f(x) * 2", "w", call=1, into=2)
    given = Moment("", np.full(2, 5.0), 7, "return w * 5", function="f", statement="return w * 5", call=2)
    other = Moment("", np.full(2, 7.0), 9, "return q", function="g", call=9)
    assert reading.read_by([handed, given, other, line], line) == [given]
    place = Moment("[0]", np.full(2, 5.0), 7, "return w * 5, w", function="f", call=2)
    assert reading.read_by([handed, place, line], line) == [place]
    same = Moment("", line.value, 7, "return w", function="f", statement="return w", call=2)
    assert reading.read_by([handed, same, line], line) == []
    no_call = moment("y = x * 2", "y", call=1)
    assert reading.read_by([handed, given, no_call], no_call) == []
