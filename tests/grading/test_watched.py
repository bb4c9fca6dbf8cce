"""A sealed grade points at the line too; what a submission says of its variables earns no point."""

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.feedback.plain import decode, encode
from mlcourse.grading.inside import driver
from mlcourse.grading.judge import judge_exercise

RIGHT = get("backward-propagation").parts[0].reference


def wrong(Y, cache, W1, b1, W2, b2):
    delta = cache["A2"] - Y
    grad = delta @ cache["A1"].T * 1.5
    return {**RIGHT(Y, cache, W1, b1, W2, b2), "dW2": grad}


def judged(monkeypatch, function, change=lambda reply: reply):
    """Verdict on a function that answers through the driver, and how often it was asked."""
    monkeypatch.setitem(driver._served, "namespace", {"backward_propagation": function})
    asked = []

    def ask(parts, seconds):
        asked.append(bool(parts[0].get("watched")))
        reply = decode(encode([driver._answers(part) for part in parts]))
        return change(reply) if asked[-1] else reply

    exercise = get("backward-propagation")
    verdict, complaint = judge_exercise(exercise, ("backward_propagation",), b"seed", ask, lambda name: name)
    assert complaint == ""
    return verdict, asked


def test_a_wrong_answer_is_asked_once_more_and_its_line_told(monkeypatch):
    verdict, asked = judged(monkeypatch, wrong)
    assert asked == [False, True]
    assert "`delta` (line 15) is right, `grad` (line 16) is not: `grad = delta" in verdict.parts[0].where


def test_a_right_answer_is_not_asked_again(monkeypatch):
    verdict, asked = judged(monkeypatch, RIGHT)
    assert (verdict.points, asked) == (4.0, [False])


@pytest.mark.parametrize(
    "reply",
    [
        [],
        [None],
        [[1, 2]],
        "x",
        [[("dW2", np.zeros((2, 2)), 1, "<script>", True)]],
        [[("dW2", np.full((1, 1), np.nan), -1, "x" * 10_000, True, "f")] * 3] * 9,
    ],
)
def test_whatever_is_said_of_variables_changes_no_point(monkeypatch, reply):
    verdict, _ = judged(monkeypatch, wrong, lambda _: reply)
    assert verdict.points == 0.0
    assert verdict.findings
