"""An answer from a sandbox: what is none is refused, what is too long is cut; and what a failure is about."""

import numpy as np
import pytest

from mlcourse.feedback.answers import Answer, Failure, answer_from_plain, answer_to_plain
from mlcourse.feedback.holdings import is_their_own, print_of, text_as_array, values_in
from mlcourse.feedback.plain import PlainError

FAILURE = Failure("ValueError", "no", "x = 1", "x", (("W", (2, 3)),), "helper")
FULL = Answer(1.0, {"X": 2.0}, FAILURE, ("overflow", "divide"), True, "a = b", "seen")


def changed(**plain):
    return answer_from_plain(answer_to_plain(FULL) | plain)


def failed(**fields):
    """The plain failure with some of its fields replaced."""
    names = ("kind", "message", "line", "target", "operands", "helper")
    return tuple(
        fields.get(name, value) for name, value in zip(names, answer_to_plain(FULL)["failure"], strict=True)
    )


def test_an_answer_comes_back_as_it_was():
    assert answer_from_plain(answer_to_plain(FULL)) == FULL
    assert answer_from_plain(answer_to_plain(Answer())) == Answer()
    assert answer_from_plain(answer_to_plain(Answer(failure=Failure("E")))) == Answer(failure=Failure("E"))


def test_what_is_too_long_is_cut():
    long = "x" * 10_000
    found = changed(
        failure=failed(
            kind=long, message=long, line=long, target=long, helper=long, operands=((long, (1,)),)
        ),
        warned=long,
        warnings=(long,) * 1000,
    )
    failure = found.failure
    for text in (failure.kind, failure.message, failure.line, failure.target, failure.helper, found.warned):
        assert 40 <= len(text) <= 500 and set(text) == {"x"}
    assert 40 <= len(failure.operands[0][0]) <= 500 and failure.operands[0][1] == (1,)
    assert 1 <= len(found.warnings) <= 50


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"failure": "ValueError"}, "not a failure"),
        ({"failure": failed()[:5]}, "not a failure"),
        ({"failure": failed(kind=1)}, "not a failure"),
        ({"failure": failed(operands=[("W", (1,))])}, "not a failure"),
        ({"failure": failed(operands=(("W", (1,)),) * 100)}, "not a failure"),
        ({"failure": failed(operands=(("W",),))}, "not an operand"),
        ({"failure": failed(operands=(("W", [1]),))}, "not an operand"),
        ({"failure": failed(operands=((1, (1,)),))}, "not an operand"),
        ({"failure": failed(operands=(("W", (True,)),))}, "not an operand"),
        ({"failure": failed(operands=(("W", (1,) * 100),))}, "not an operand"),
        ({"warnings": ["overflow"]}, "not an answer"),
        ({"warnings": (1,)}, "not an answer"),
        ({"warned": 1}, "not an answer"),
        ({"changed_error_state": 1}, "not an answer"),
        ({"printed": None}, "not an answer"),
        ({"more": 1}, "not an answer"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_it_is_not(change, words):
    with pytest.raises(PlainError) as caught:
        changed(**change)
    assert str(caught.value) == words


def test_a_few_operands_of_several_axes_are_taken():
    operands = (("W", (1, 2, 3, 4)), ("b", ()), ("X", (2,)))
    assert changed(failure=failed(operands=operands)).failure.operands == operands


@pytest.mark.parametrize(
    ("kind", "message", "about"),
    [
        ("ValueError", "matmul: Input operand 1 has a mismatch in its core dimension 0", True),
        ("ValueError", "operands could not be broadcast together with shapes (2,) (3,)", True),
        ("ValueError", "shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)", True),
        ("ValueError", "cannot reshape array of size 3 into shape (2,)", True),
        ("ValueError", "math domain error", False),
        ("TypeError", "operands could not be broadcast together with shapes (2,) (3,)", False),
    ],
)
def test_a_failure_is_about_shapes_where_arrays_met_that_do_not_fit(kind, message, about):
    assert Failure(kind, message).about_shapes is about


class Layer:
    def __init__(self):
        self.W, self.rate, self.name, self.cache = np.ones(2), 0.5, "layer", {"Z": np.zeros(3)}


def test_arrays_and_numbers_are_found_in_variables_their_dicts_lists_and_objects():
    variables = {
        "X": np.ones((2, 2)),
        "rate": 0.1,
        "single": np.float64(2.5),
        "half": np.float32(0.5),
        "m": 5,
        "yes": True,
        "text": "abc",
        "grads": {"dW": np.ones(3), 1: 0.5, (1, 2): 0.7, "inner": {"a": 1.0}, "rows": [1.0]},
        "losses": [0.5, np.ones(1), "x", [1.0]],
        "pair": (1.5, {"a": 2.5}),
        "layer": Layer(),
        "texts": np.array(["a"]),
        "large": np.zeros(100_000),
        "complex": np.complex128(1j),
        "np": np,
        "nothing": None,
    }
    names = [name for name, _ in values_in(variables)]
    assert names == [
        "X", "rate", "single", "half", 'grads["dW"]', "grads[1]", "losses[0]", "losses[1]", "pair[0]",
        'pair[1]["a"]', "layer.W", "layer.rate", 'layer.cache["Z"]',
    ]  # fmt: skip
    more = dict(values_in({"m": 5, "yes": True, "pair": (1, 2), "of": {"k": 3}}, (int, bool)))
    assert more == {"m": 5, "yes": True, "pair[0]": 1, "pair[1]": 2, 'of["k"]': 3}


def test_of_many_entries_the_first_are_found():
    assert 20 < len(list(values_in({"a": [0.5] * 10_000}))) < 1000
    assert 20 < len(list(values_in({"a": {str(n): 0.5 for n in range(10_000)}}))) < 1000


def test_a_class_is_the_learners_where_it_is_no_librarys_and_not_ours():
    learners = type("Mine", (), {"__module__": "__main__"})
    assert is_their_own(learners) and is_their_own(Layer)
    for kind in (int, dict, np.ndarray, np.random.Generator, Answer, Failure, type(np)):
        assert not is_their_own(kind)


def test_a_value_is_told_from_another_also_where_an_array_was_changed_in_place():
    a = np.ones(3)
    before = print_of(a)
    assert print_of(a) == before and print_of(a.copy()) != before
    a[1] = 2
    assert print_of(a) != before
    assert print_of(1.0) == print_of(1.0) != print_of(2.0)
    assert print_of(np.ones((1, 3))) != print_of(np.ones((3, 1)))


def test_a_text_is_an_array_of_its_letters_and_a_long_one_cut():
    assert text_as_array("ab").tolist() == [97, 98]
    assert 100 <= text_as_array("a" * 10_000).size <= 1000
