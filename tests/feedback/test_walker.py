"""A reference taken apart: every assignment on the way is a step, with what it was computed from."""

import ast

import numpy as np
import pytest

from mlcourse.feedback.walker import NoDerivation, Walker, name_of, names_in, value_of

X = np.array([[1.0, 2.0, 3.0]])


def walked(body, signature="X", arguments=None, **names):
    tree = ast.parse(f"def f({signature}):\n{body}").body[0]
    walker = Walker({"np": np, **names}, tree, {"X": X} if arguments is None else arguments)
    walker.run(tree.body)
    return walker


def steps(walker):
    return [
        (step.name, ast.unparse(step.expression), np.asarray(step.value).tolist()) for step in walker.steps
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    a = 2\n    b: float = a + 1", [("a", "2", 2), ("b", "a + 1", 3)]),
        ("    a = 2\n    a *= 3\n    a -= 1", [("a", "2", 2), ("a", "a * 3", 6), ("a", "a - 1", 5)]),
        ("    a, b = 1, 2\n    a, b = b, a", [("a", "1", 1), ("b", "2", 2), ("a", "b", 2), ("b", "a", 1)]),
        ("    n, m = X.shape", [("n", "X.shape[0]", 1), ("m", "X.shape[1]", 3)]),
        (
            "    d = {}\n    for k in (1, 2):\n        d[k] = k * 2\n    d['x'] = d[2]",
            [("d", "{}", {}), ("d1", "k * 2", 2), ("d2", "k * 2", 4), ("x", "d[2]", 4)],
        ),
        ("    if X.sum() > 5:\n        a = 1\n    else:\n        a = 2", [("a", "1", 1)]),
        ("    if X.sum() > 6:\n        a = 1\n    else:\n        a = 2", [("a", "2", 2)]),
        ("    'a text'\n    pass\n    a = 1", [("a", "1", 1)]),
        ("    a = 1\n    return a\n    b = 2", [("a", "1", 1)]),
        (
            "    for k in (1, 2, 3):\n        a = k\n        if k == 2:\n            return a\n    b = 1",
            [("a", "k", 1), ("a", "k", 2)],
        ),
        ("    s = sigmoid(0.0)", [("s", "sigmoid(0.0)", 0.5)]),
    ],
)
def test_each_assignment_is_a_step(body, expected):
    assert steps(walked(body)) == expected


def test_a_step_knows_what_was_there_before_and_what_the_function_has_of_it():
    walker = walked("    a = 1\n    a = a + k\n    b = a", k=10)
    first, second, third = walker.steps
    assert (first.before["k"], "a" in first.before) == (10, False)
    assert (second.before["a"], third.before["a"]) == (1, 11)
    assert (second.local, second.reads) == ({"X", "a"}, {"a", "k"})
    assert third.reads == {"a"} and not third.draws and not third.renamed
    drawn = walked("    a = rng.normal()\n    b = a", "rng", {"rng": np.random.default_rng(0)})
    assert [step.draws for step in drawn.steps] == [True, False]


def test_a_dict_that_was_handed_to_a_step_is_not_changed_by_a_later_one():
    walker = walked("    d = {}\n    d['a'] = 1\n    d['b'] = 2")
    assert [step.before.get("d") for step in walker.steps] == [None, {}, {"a": 1}]
    assert walker.locals["d"] == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("line", "returned", "computed"),
    [
        ("return a", 2, 0),
        ("return a + 1", 3, 1),
        ("return a, a + 1", (2, 3), 1),
        ("return [a, (a, 2 * a)]", (2, (2, 4)), 1),
        ("return {'y': a, 'z': {'w': a * a}}", {"y": 2, "z": {"w": 4}}, 1),
        ("return {'y': a + 1, 'z': {'w': a * a}}", {"y": 3, "z": {"w": 4}}, 2),
        ("return {**{'y': a}}", {"y": 2}, 1),
    ],
)
def test_what_is_computed_only_where_it_is_returned_is_a_step_too(line, returned, computed):
    walker = walked(f"    a = 2\n    {line}")
    assert walker.returned == returned
    assert len(walker.steps) == 1 + computed


def test_arguments_come_by_their_place_and_what_is_not_given_by_default():
    walker = walked("    c = a + b + k", "a, /, b, k=10, n=2", {"first": 1, "second": 2})
    assert steps(walker) == [("c", "a + b + k", 13)]
    assert walker.locals["n"] == 2
    assert walked("    c = a + k", "a, k=scale", {"a": 1}, scale=5).locals["c"] == 6


def test_entries_of_an_input_and_items_of_a_list_get_names_without_a_step():
    cache = {"Z": X, "A": X + 1}
    walker = walked("    Z, A = cache.values()\n    b = A", "cache", {"cache": cache})
    assert [step.name for step in walker.steps] == ["b"]
    assert walker.locals["Z"] is X
    listed = walked("    a = []\n    b = 3\n    a.append(b)\n    a.append(X)")
    assert listed.locals["a"] == [3, X]
    assert [step.name for step in listed.steps] == ["a", "b"]


@pytest.mark.parametrize(
    "body",
    [
        "    while True:\n        break",
        "    for k in (1,):\n        pass\n    else:\n        a = 1",
        "    a = [0]\n    a[0] = 1",
        "    a = {}\n    a[1.5] = 1",
        "    X.sort()",
        "    a = 1\n    a.append(X)",
        "    a = b = 1",
        "    a, b = np.ones(2)",
        "    a, b = X.shape[:1]",
        "    a, b, c = X.shape",
        "    with np.errstate():\n        pass",
        "    for k in range(500):\n        a = k",
    ],
)
def test_what_is_no_sequence_of_assignments_is_not_taken_apart(body):
    with pytest.raises(NoDerivation):
        walked(body)


def test_a_loop_of_a_hundred_rounds_still_is():
    assert len(walked("    for k in range(100):\n        a = k").steps) == 100


@pytest.mark.parametrize("signature", ["", "X, y", "*X", "X, *, y=1"])
def test_a_function_that_is_not_called_with_the_inputs_alone_is_not_taken_apart(signature):
    with pytest.raises(NoDerivation):
        walked("    a = 1", signature)


def test_small_questions_about_a_tree():
    node = ast.parse("a + f(b['c'])", mode="eval").body
    assert names_in(node) == {"a", "f", "b"}
    assert value_of(node, {"a": 1, "f": abs, "b": {"c": -2}}) == 3
    assert value_of(node, {"a": 1}) is None
    assert [name_of(place) for place in (("Z", None), ("grads", "dW2"), ("dW", 2))] == ["Z", "dW2", "dW2"]
