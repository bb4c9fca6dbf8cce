"""The reference taken apart: its steps, their names, and what follows when one of them is another."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from mlcourse.exercises.base import Part
from mlcourse.exercises.edits import Edit
from mlcourse.feedback.derivation import Derivations, Given, NoDerivation, derive


def layers(X, parameters, cache, steps, rate=0.5):
    found = {}
    A = X
    for layer in range(1, 3):
        Z = parameters[f"W{layer}"] @ A
        A = np.maximum(0, Z)
        found[f"A{layer}"] = A
    first, second = A + 1, A * 2
    total = 0.0
    for _ in range(steps):
        total = total + rate
    mean = first.mean()
    return {"A2": A, "sum": first + second, "total": total, "mean": mean, "last": cache["V"] - 1}


NAMES = ("A2", "sum", "total", "mean", "last")
PART = Part(
    "layers",
    inputs=dict,
    reference=layers,
    returns={name: name for name in NAMES},
    order=("first", "second", *NAMES),
    shapes={"A[l]": "(n, m)"},
    formulas={"A2": "A2 = relu(Z2)", "D": "D = E @ F"},
)
CASE = {
    "X": np.array([[1.0, -2.0]]),
    "parameters": {"W1": np.array([[2.0], [-1.0]]), "W2": np.array([[1.0, 3.0]])},
    "cache": {"V": np.array([4.0, 5.0])},
    "steps": 3,
}


@pytest.fixture(scope="module")
def made():
    return derive(PART, CASE)


def numbers(made, name):
    return [n for n, step in enumerate(made.steps) if step.name == name]


def test_loops_are_unrolled_and_values_named_as_the_course_does(made):
    names = [step.name for step in made.steps]
    assert names[:10] == ["found", "X", "Z", "A", "A1", "Z", "A2", "A2", "first", "second"]
    assert [step.alias for step in made.steps[1:8]] == [True, False, False, True, False, False, True]
    assert names[10:14] == ["total"] * 4
    assert made.steps[13].value == 1.5
    assert made.steps[6].value.tolist() == [[2.0, 6.0]]  # of X: 2 and -1, -4 and 2; then 2, 0 and 0, 2


def test_each_output_has_the_step_that_computes_it(made):
    values = {name: made.steps[number].value for name, number in made.leaves.items()}
    assert values["A2"].tolist() == [[2.0, 6.0]]
    assert values["first"].tolist() == [[3.0, 7.0]] and values["second"].tolist() == [[4.0, 12.0]]
    assert values["sum"].tolist() == [[7.0, 19.0]]
    assert (values["total"], values["mean"]) == (1.5, 5.0)
    assert values["last"].tolist() == [3.0, 4.0]
    assert set(values) == {"first", "second", *NAMES}
    assert made.items == {}


def test_a_learner_knows_inputs_outputs_and_the_words_of_the_formulas(made):
    assert {"X", "W1", "V", "steps", "A2", "sum", "first", "relu", "Z2", "D", "E", "F"} <= made.known
    assert not {"found", "layer", "rate", "A1"} & made.known


def test_a_value_is_computed_from_what_is_upstream_of_it(made):
    assert made.upstream(made.leaves["A2"]) == [1, 2, 3, 5, 6]
    assert made.upstream(made.leaves["sum"]) == [1, 2, 3, 5, 6, 8, 9, made.leaves["sum"]]
    assert made.upstream(made.leaves["total"]) == [10, 11, 12, 13]
    assert made.upstream(made.leaves["last"]) == [made.leaves["last"]]


def test_what_follows_from_another_value_is_computed_again(made):
    A2, first = made.leaves["A2"], made.leaves["first"]
    other = Given(np.array([[5.0, -1.0]]))
    assert made.replayed({A2: other}, made.leaves["sum"]).tolist() == [[16.0, -2.0]]
    assert made.replayed({A2: other, first: Given(np.zeros((1, 2)))}, made.leaves["sum"]).tolist() == [
        [10.0, -2.0]
    ]
    assert made.replayed({A2: other}, A2).tolist() == [[5.0, -1.0]]
    assert made.replayed({A2: other}, made.leaves["total"]) == 1.5
    assert made.replayed({A2: other}, numbers(made, "Z")[0]).tolist() == [[2.0, -4.0], [-1.0, 2.0]]
    minus = ast.parse("total - rate", mode="eval").body
    assert made.replayed({12: minus}, 13) == 0.5  # 0.5, 0, 0.5
    W = Given(np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert made.replayed({2: W}, A2).tolist() == [[3.0, 1.0]]


def test_a_change_may_read_what_no_step_did_before(made):
    new = ast.parse("A * 2 + second", mode="eval").body
    assert made.rerun({made.leaves["sum"]: new}, made.leaves["sum"]).tolist() == [[8.0, 24.0]]


def test_an_edit_is_placed_in_the_steps_it_changes_or_nowhere(made):
    relu = made.steps[3].expression
    one = next(node for node in ast.walk(relu) if isinstance(node, ast.Constant))
    edit = Edit({one: ast.Constant(1)})
    placed = made.placed(edit)
    assert list(placed) == [relu] and placed[relu].changes == edit.changes
    sum_ = made.steps[made.leaves["sum"]].expression
    both = made.placed(Edit({one: ast.Constant(1), sum_: ast.Constant(2)}))
    assert set(both) == {relu, sum_}
    assert made.placed(Edit({one: ast.Constant(1), ast.Constant(7): ast.Constant(2)})) is None


def drawing(X, rng):
    noise = rng.normal(size=X.shape)
    noisy = X + noise
    return noisy * 2


def test_what_was_drawn_is_not_drawn_again():
    part = Part("drawing", dict, drawing, "Y", drive="with_generator")
    found = derive(part, {"X": np.ones((2, 2)), "seed": 3})
    expected = 2 * (1 + np.random.default_rng(3).normal(size=(2, 2)))
    np.testing.assert_allclose(found.steps[found.leaves["Y"]].value, expected)
    again = found.replayed({1: Given(np.ones((2, 2)))}, found.leaves["Y"])
    assert again.tolist() == [[2.0, 2.0], [2.0, 2.0]]
    with pytest.raises(NoDerivation):
        found.rerun({0: ast.parse("rng.normal()", mode="eval").body}, found.leaves["Y"])


def listing(x):
    found = []
    for factor in (1.0, 2.0, 4.0):
        value = factor * x
        found.append(value)
    return found


def test_entries_of_a_list_have_their_steps():
    found = derive(Part("listing", dict, listing, "powers"), {"x": 3.0})
    assert [found.steps[n].value for n in found.items["powers"]] == [3.0, 6.0, 12.0]


def looping(x):
    while x > 1:
        x = x / 2
    return x


def failing(x):
    y = x / 0
    return y


@pytest.mark.parametrize(
    "change",
    [{"drive": "numerical_gradient"}, {"reference": looping}, {"reference": failing}, {"reference": dict},
     {"reference": eval("lambda x: x")}],
)  # fmt: skip
def test_what_is_no_sequence_of_assignments_is_not_taken_apart_and_tried_once(change):
    part = replace(Part("looping", dict, listing, "y"), **change)
    with pytest.raises(NoDerivation):
        derive(part, {"x": 3.0})
    several = Derivations(part, [{"x": 3.0}])
    for _ in range(2):
        with pytest.raises(NoDerivation):
            several[0]


def test_the_inputs_are_left_as_they_were_and_taken_apart_once(made):
    several = Derivations(PART, [CASE, CASE])
    assert several[0] is several[0] and several[0] is not several[1]
    assert CASE["X"].tolist() == [[1.0, -2.0]]


def naming(x):
    out = x + 1
    inner = out * 2
    amount = out.sum()
    half = amount / 2
    return out, {"Z": inner, "loss": amount}, half


def test_a_value_has_the_name_under_which_it_is_returned():
    part = Part("naming", dict, naming, ("A", {"Z": "Z", "loss": "loss"}, "half"))
    found = derive(part, {"x": np.array([1.0, 2.0])})
    assert [step.name for step in found.steps] == ["A", "Z", "loss", "half"]
    assert found.leaves == {"A": 0, "Z": 1, "loss": 2, "half": 3}
    assert [found.names[id(step.value)] for step in found.steps[:2]] == ["A", "Z"]
    listed = replace(part, returns=("A", {"Z": "Z", "loss": "loss"}, "half"), order=("inner",))
    assert [step.name for step in derive(listed, {"x": np.array([1.0, 2.0])}).steps][1] == "Z"


def keyed(x):
    parts = {}
    parts["a"] = x + 1
    parts["b"] = x * 2
    parts["c"] = x - 1
    total = parts["a"] + parts["b"] * parts["c"]
    return total


def test_entries_of_a_dict_are_steps_of_their_own_and_others_stay():
    found = derive(Part("keyed", dict, keyed, "total"), {"x": np.array([4.0, 5.0])})
    last = found.leaves["total"]
    assert [step.name for step in found.steps[1:]] == ["a", "b", "c", "total"]
    assert found.upstream(last) == [1, 2, 3, 4]
    ten = Given(np.array([10.0, 10.0]))
    assert found.replayed({1: ten, 2: Given(np.array([1.0, 2.0]))}, last).tolist() == [13.0, 18.0]
    assert found.replayed({3: ten}, last).tolist() == [85.0, 106.0]
