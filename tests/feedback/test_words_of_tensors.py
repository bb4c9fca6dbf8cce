"""What the cards of lesson 09 say, and rules that its answers have shown to be needed."""

import inspect
import linecache
from itertools import count

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.exercises.lesson_09 import tensor
from mlcourse.feedback import card_text, checking

_numbers = count()


def verdict(exercise, *functions):
    result, _ = checking.judge(exercise, functions)
    assert not result.passed
    return result


def said(exercise, *functions):
    """The card's text without its heading, in one line."""
    return " ".join(card_text(verdict(exercise, *functions)).split("\n", 1)[1].split())


def tensor_with(*edits):
    """The reference's class from a learner's file, with lines exchanged."""
    source = inspect.getsource(tensor)
    for right, wrong in edits:
        assert source.count(right) == 1
        source = source.replace(right, wrong)
    file = f"/home/learner/tensor_{next(_numbers)}.py"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    space = {"__name__": "learner"}
    exec(compile(source, file, "exec"), space)
    return space["Tensor"]


def test_a_forgotten_tuple_is_told_by_what_zip_got():
    no_tuple = ("return (dC * gate,)", "return dC * gate")
    line = "for parent, share in zip(node.parents, node.pullback(node.grad), strict=True):"
    shares = "shares = node.pullback(node.grad)"
    assert "(x,) with a comma is a tuple of one" in said("tensor-operations", tensor_with(no_tuple))
    named = (line, f"{shares}\n{' ' * 16}{line.replace('node.pullback(node.grad)', 'shares')}")
    words = said("tensor-operations", tensor_with(no_tuple, named))
    assert "node.parents has 1 entry, shares is an array of shape" in words


def test_a_view_that_cannot_be_written_is_told_as_such():
    edit = ("parent.grad = parent.grad + share", "parent.grad = share; parent.grad += 0")
    assert "give arrays that cannot be changed" in said("tensor-operations", tensor_with(edit))


@pytest.mark.parametrize(
    ("wrong", "kind"), [("(self, other.data)", "array"), ("(self, float(other.data.sum()))", "number")]
)
def test_a_plain_array_or_number_in_the_place_of_an_object_is_told_as_such(wrong, kind):
    changed = tensor_with(('other.data, (self, other), pullback, "+"', f'other.data, {wrong}, pullback, "+"'))
    assert f"A plain {kind} stands where an object with `parents` is needed" in said(
        "tensor-operations", changed
    )


def test_no_line_is_told_where_the_value_is_right_elsewhere_in_a_right_class():
    edit = ("unbroadcast(dC * self.data, other.data.shape)", "dC * self.data")
    assert "self.data = np.array" not in said("tensor-operations", tensor_with(edit))


def test_a_mistake_that_would_make_wrong_what_is_right_is_not_named():
    def size_1_first(gradient, shape):
        for axis, size in enumerate(shape):
            if size == 1:
                gradient = gradient.sum(axis=axis, keepdims=True)
        while gradient.ndim > len(shape):
            gradient = gradient.sum(axis=0)
        return gradient

    part = get("unbroadcast").parts[0]
    case = part.inputs(np.random.default_rng(0))
    other = next(mistake for mistake in part.mistakes if mistake.name == "other-axes-summed")
    np.testing.assert_allclose(size_1_first(**case), other.function(**case))
    assert [f.mistake for f in verdict("unbroadcast", size_1_first).findings] == ["axes-of-size-1-first"]


def test_a_function_that_does_not_end_is_waited_for_once(monkeypatch):
    calls = []

    def late(drive, function, case, seconds):
        calls.append(case)
        return original(drive, function, case, 0.1)

    def endless(gradient, shape):
        while True:
            pass

    original = checking.answer
    monkeypatch.setattr(checking, "answer", late)
    assert "did not finish" in said("unbroadcast", endless)
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        (None, "Your predict returns None. Is there a return at its end?"),
        (3, "Your predict returns a single number, not one array."),
        (object(), "Your predict returns an object of type object, not one array."),
    ],
)
def test_what_predict_returns_is_told_as_what_predict_returns(returned, words):
    assert words in said("train-tensors", lambda X, Y, rng: lambda images: returned)


def test_a_classifier_that_guesses_is_asked_for_its_reset():
    def untrained(X, Y, rng):
        W = rng.standard_normal((10, 784))
        return lambda images: np.argmax(W @ images, axis=0)

    assert "set back to 0 before each backward" in said("train-tensors", untrained)


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (lambda L, back: (L, np.exp(L), back), "a tuple of 3"),
        (lambda L, back: {"L": L, "pullback": back}, "a dict of 2"),
        (lambda L, back: L, "one thing"),
        (lambda L, back: None, "nothing"),
    ],
)
def test_what_log_softmax_returns_is_told_by_what_was_asked_for(made, found):
    reference = get("log-softmax").parts[0].reference
    words = said("log-softmax", lambda Z: made(*reference(Z)))
    assert f"log_softmax returns {found}, expected two things: L, and the function that goes back." in words


def test_where_training_falls_short_the_spread_of_the_weights_is_asked_for_too():
    def nearest_mean(X, Y, rng):
        means = (Y @ X.T) / Y.sum(axis=1, keepdims=True)
        return lambda images: np.argmax(
            means @ images - 0.5 * np.sum(means**2, axis=1, keepdims=True), axis=0
        )

    words = said("train-tensors", nearest_mean)
    assert "90 % are asked for" in words and "are the weights drawn with the factor sqrt(2 / n_in)?" in words
