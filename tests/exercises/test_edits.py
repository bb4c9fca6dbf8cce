"""A mistake is an edit of the reference: what the notation says, and what becomes of it."""

import ast
import sys
import traceback
import zipfile

import pytest

from mlcourse.exercises import LESSONS, of_lesson
from mlcourse.exercises.edits import Edit, apply, assigned, tree_of
from mlcourse.exercises.known_mistakes import EditedMistake, known


def mean(x, n):
    total = sum(x) / n
    if total > 2 * n:
        total = 2 * n
    return total


class Counter:
    def __init__(self, start=0):
        self.count = start

    def up(self):
        return type(self)(self.count + 1)

    def twice(self):
        return Counter(self.count + 1 + 1)


def only(reference, edit, sentence="A sentence."):
    (mistake,) = known(reference, f"name\n    {sentence}\n" + "".join(f"    {line}\n" for line in edit))
    return mistake


def test_an_expression_is_replaced_however_it_is_spelled():
    assert only(mean, ["- ((sum( x )))/n", "+ sum(x)"]).function([1, 2], 4) == 3


def test_whole_statements_are_replaced_and_left_out():
    two = ["- if total > 2 * n:", "-     total = 2 * n", "- return total", "+ total += 100", "+ return total"]
    assert only(mean, two).function([1, 2], 1) == 103
    assert only(mean, ["- if total > 2 * n:", "-     total = 2 * n"]).function([9], 1) == 9


def test_a_body_of_which_nothing_is_left_is_still_python():
    assert only(mean, ["@@ mean", "- total = 2 * n"]).function([9], 1) == 9


def test_several_pairs_make_one_mistake():
    assert only(mean, ["- sum(x) / n", "+ sum(x)", "- total > 2 * n", "+ False"]).function([9, 9], 2) == 18


def test_a_fragment_that_is_there_twice_needs_a_place_or_a_mark():
    with pytest.raises(ValueError, match="3 times: say where or which"):
        only(mean, ["- n", "+ 0"]).edit  # noqa: B018
    assert only(mean, ["-[1] n", "+ 1"]).function([9], 3) == 6
    assert only(mean, ["-[3] n", "+ 5"]).function([9], 1) == 10
    assert only(mean, ["-[every] 2 * n", "+ 3 * n"]).function([9], 1) == 3
    assert only(Counter, ["@@ up", "- self.count + 1", "+ self.count"]).function().up().count == 0


def test_a_place_is_a_method_a_variable_an_attribute_or_a_key():
    def gradients(a, cache):
        dW = a * 2
        cache["db"] = a * 2
        return {"dW": dW * 2, "db": a * 2}

    # The last of these names two places, and the mark says which.
    assert only(Counter, ["@@ count", "- start", "+ start + 7"]).function().count == 7
    assert only(gradients, ["@@ db", "-[1] a * 2", "+ a"]).function(1, cache := {})["dW"] == 4
    assert cache == {"db": 1}
    assert only(Counter, ["@@ up", "+ return 5"]).function().up() == 5


def test_a_changed_class_that_names_itself_means_the_changed_one():
    changed = only(Counter, ["@@ up", "- self.count + 1", "+ self.count - 1"]).function
    assert changed().twice().up().count == 1
    assert Counter().twice().up().count == 3


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (["- sum(y)", "+ 0"], r"mean, mistake name: 'sum\(y\)' is not in the reference"),
        (["@@ other", "- n", "+ 0"], "nothing of that name is there in other"),
        (["-[2] sum(x)", "+ 0"], "is not in the reference"),
        (["- sum(x)", "+ total = 1"], "is an expression, what replaces it is not"),
        (["- sum(x", "+ 0"], "are not both Python"),
        (["+ 0"], "replaces nothing"),
    ],
)
def test_a_fragment_that_cannot_be_placed_is_named_with_function_and_mistake(edit, message):
    mistake = only(mean, edit)
    with pytest.raises(ValueError, match=message):
        mistake.function  # noqa: B018  only now, so that a lesson loads quickly


def test_an_argument_alone_is_told_to_be_written_with_its_call():
    def falling(x):
        return sorted(x, reverse=True)

    with pytest.raises(ValueError, match="is an argument of a call: write the whole call"):
        only(falling, ["- reverse=True", "+ reverse=False"]).edit  # noqa: B018


@pytest.mark.parametrize(
    "text", ["name\n    Sentence.\n", "name\n    - n\n    + 0\n", "name\n    S\n    - n\n    S\n"]
)
def test_a_text_out_of_shape_is_refused_where_it_stands(text):
    with pytest.raises(ValueError, match="mean, mistake name"):
        known(mean, text)


def test_two_edits_of_one_line_compose_and_those_that_collide_do_not():
    def f(a, b, c):
        return a @ b / c

    no_division = only(f, ["- a @ b / c", "+ a @ b"]).edit
    product = only(f, ["- a @ b / c", "+ (a * b) / c"]).edit
    other = only(f, ["- a @ b / c", "+ a @ b / 5"]).edit
    assert apply(f, [no_division, product])(3, 4, 100) == 12
    assert apply(f, [product, no_division])(3, 4, 100) == 12
    assert apply(f, [product, other])(3, 5, 100) == 3
    assert apply(f, [no_division, other]) is None  # one takes away what the other changes
    assert apply(f, [product, only(f, ["- a @ b", "+ a - b"]).edit]) is None


def test_a_node_may_stand_in_its_own_replacement():
    def f(a):
        return a + 1

    (node,) = [n.value for n in tree_of(f).body]
    twice = Edit({node: ast.BinOp(node, ast.Mult(), node)})
    assert apply(f, [twice])(2) == 9
    assert apply(f, [twice, only(f, ["- 1", "+ 3"]).edit])(2) == 25


def test_assignments_are_found_by_variable_key_and_attribute():
    def f(self, grads):
        a, b = 1, 2
        grads["dW"] = a
        self.dW: int = b
        a += 1

    first = tree_of(f).body[0].lineno
    lines = {name: [node.lineno - first for node in nodes] for name, nodes in assigned(f).items()}
    assert lines == {"a": [0, 3], "b": [0], "dW": [1, 2]}


def test_the_source_is_found_in_a_zip_too(tmp_path, monkeypatch):
    code = "K = 10\ndef scaled(x):\n    return x * K\n"
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("zipped_reference.py", code)
    monkeypatch.syspath_prepend(tmp_path / "archive.zip")
    try:
        from zipped_reference import scaled

        assert only(scaled, ["- x * K", "+ x + K"]).function(1) == 11
    finally:
        sys.modules.pop("zipped_reference", None)


def test_a_traceback_shows_the_changed_line():
    wrong = only(mean, ["- sum(x) / n", "+ sum(x) / (n - n)"]).function
    with pytest.raises(ZeroDivisionError) as caught:
        wrong([1], 1)
    assert "total = sum(x) / (n - n)" in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "lesson",
    [
        pytest.param(lesson, marks=pytest.mark.torch if all(e.requires for e in of_lesson(lesson)) else ())
        for lesson in LESSONS
    ],
)
def test_every_fragment_of_the_course_is_in_its_reference(lesson):
    for exercise in of_lesson(lesson):
        for part in exercise.parts:
            for mistake in part.mistakes:
                if isinstance(mistake, EditedMistake):
                    assert mistake.reference is part.reference
                    assert callable(mistake.function), (exercise.id, mistake.name)


def test_a_new_body_may_keep_a_statement_of_the_old_one():
    def reference(x):
        y = x + 1
        z = y * 2
        return z

    (mistake,) = known(
        reference,
        """
        shorter
            One statement less.
            @@ reference
            + z = x * 3
            + y = x + 1
            + z = y * 2
            + w = z + 1
            + return w
    """,
    )
    assert mistake.function(1) == 5


def test_two_spellings_of_a_mistake_have_one_name_and_one_sentence():
    def reference(x):
        return x + 1

    first, second = known(
        reference,
        """
        other-number
            Another number is added.
            - x + 1
            + x + 2
            or
            - x + 1
            + x + 3
    """,
    )
    assert (first.name, first.sentence) == (second.name, second.sentence)
    assert (first.function(0), second.function(0)) == (2, 3)
