"""What the judge asks for, and what it makes of replies of every form: no word of theirs is a point."""

import hashlib
import hmac
from dataclasses import replace

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.feedback import cases
from mlcourse.feedback.plain import PlainError, decode, encode
from mlcourse.grading import judge
from mlcourse.grading.inside import driver
from mlcourse.grading.second_chance import Replacement

EXERCISE = get("activation-derivatives")
SEED = b"of one student"


def judged(ask, exercise=EXERCISE, **options):
    return judge.judge_exercise(exercise, exercise.functions, SEED, ask, lambda name: f"no {name}", **options)


def names(verdict):
    """See that each part and its finding is under its function's name."""
    assert tuple(part.function for part in verdict.parts) == EXERCISE.functions
    assert tuple(part.finding.variable for part in verdict.parts) == EXERCISE.functions


@pytest.fixture
def truthful(monkeypatch):
    """A way to the references themselves, as a kernel would answer; and all that was asked."""
    functions = {part.function: part.reference for part in EXERCISE.parts}
    monkeypatch.setitem(driver._served, "namespace", functions)
    asked = []

    def ask(parts, seconds):
        asked.append((parts, seconds))
        return decode(encode([driver._answers(part) for part in parts]))

    return ask, asked, functions


def test_a_students_seed_is_hmac_of_secret_assignment_and_name():
    expected = hmac.new(b"secret", b"02-two\0ada", hashlib.sha256).digest()
    assert judge.seed(b"secret", "02-two", "ada") == expected
    assert judge.seed(b"secret", "02-twoa", "da") != expected
    assert judge.seed(b"other", "02-two", "ada") != expected


def test_what_is_asked_are_the_cases_of_this_student_and_exercise_with_time_for_all_of_them(truthful):
    ask, asked, _ = truthful
    verdict, complaint = judged(ask)
    assert (verdict.points, verdict.max_points, complaint) == (EXERCISE.points, EXERCISE.points, "")
    ((parts, seconds),) = asked
    assert seconds == 10 + 2 * sum(part.seconds for part in EXERCISE.parts)
    digest = hmac.new(SEED, EXERCISE.id.encode(), hashlib.sha256).digest()
    drawn = cases(EXERCISE, np.random.default_rng(int.from_bytes(digest, "big")))
    for part, declared, its_cases in zip(parts, EXERCISE.parts, drawn, strict=True):
        assert (part["function"], part["drive"], part["seconds"]) == (declared.function, declared.drive, 5.0)
        assert encode(part["cases"]) == encode(its_cases)
        assert part["replacement"] == {"sources": (), "names": ()}


def test_one_part_that_is_missing_or_no_function_costs_that_part_and_says_so(truthful):
    ask, _, functions = truthful
    del functions["tanh_derivative"]
    functions["relu_derivative"] = type("T" * 70, (), {})()
    verdict, complaint = judged(ask)
    assert (verdict.points, complaint) == (EXERCISE.points / 2, "")
    said = {part.function: part.finding.sentence for part in verdict.parts if part.finding}
    assert said == {
        "tanh_derivative": "no tanh_derivative",
        "relu_derivative": f"relu_derivative is not a function: it is of type {'T' * 60}.",
    }
    assert [part.attempted for part in verdict.parts] == [True] * 4
    assert [part.passed for part in verdict.parts] == [True, False, False, True]


@pytest.mark.parametrize(
    "reply, complaint",
    [
        ([], "answers to something else"),
        ([None] * 3, "answers to something else"),
        ([[]] * 4, "answers to something else"),
        ([{}] * 4, "answers to something else"),
        ([["x"] * len(drawn) for drawn in cases(EXERCISE, np.random.default_rng(0))], "not an answer"),
    ],
)
def test_a_reply_of_another_form_is_no_point_and_a_complaint(reply, complaint):
    verdict, found = judged(lambda parts, seconds: reply)
    assert (verdict.points, found) == (0, complaint)
    names(verdict)
    for part in verdict.parts:
        expected = f"There was no answer that could be read ({complaint})."
        assert part.finding.sentence in (expected, f"no {part.function}")


def test_no_reply_at_all_is_no_point_and_its_reason_is_told():
    def silent(parts, seconds):
        raise PlainError("no answer")

    verdict, complaint = judged(silent)
    assert (verdict.points, complaint) == (0, "no answer")
    names(verdict)
    sentences = {part.finding.sentence for part in verdict.parts}
    assert sentences == {"There was no answer that could be read (no answer)."}


def test_values_that_cannot_even_be_compared_cost_their_author_and_nobody_else(truthful, monkeypatch):
    def breaks(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(judge, "evaluate", breaks)
    verdict, complaint = judged(truthful[0])
    assert (verdict.points, complaint) == (0, "comparing it failed: ZeroDivisionError")


def test_an_exception_that_quotes_secret_inputs_is_told_without_their_numbers(truthful):
    def raises(Z):
        raise ValueError(f"at {float(Z.flat[0])!r} and -1.5e-07, 2e10, 3.5E-7, 4E+9, in 3 of 4 {'x' * 300}")

    ask, _, functions = truthful
    functions["sigmoid_derivative"] = raises
    sentence = judged(ask)[0].parts[0].finding.sentence
    told = f"at … and …, …, …, …, in 3 of 4 {'x' * 300}"
    assert told[:200] in sentence and told[:201] not in sentence


def test_a_wrong_answer_is_watched_in_the_cases_that_were_drawn_and_never_with_the_courses_functions(
    truthful,
):
    ask, asked, functions = truthful
    functions["sigmoid_derivative"] = lambda Z: 2 * EXERCISE.parts[0].reference(Z)
    outputs = []

    def narrowed(case, output):
        outputs.append(output)
        return case

    parts = tuple(replace(part, narrowed=narrowed) for part in EXERCISE.parts)
    verdict, _ = judged(ask, replace(EXERCISE, parts=parts))
    (again,), seconds = asked[1]
    assert (again["watched"], again["function"], seconds) == (True, "sigmoid_derivative", 20)
    assert outputs == [verdict.parts[0].finding.variable] * EXERCISE.parts[0].draws
    assert len(again["cases"]) == EXERCISE.parts[0].draws < len(asked[0][0][0]["cases"])
    asked.clear()
    judged(ask, replaced=Replacement((), ("tanh_derivative",)))
    assert len(asked) == 1
    assert asked[0][0][0]["replacement"] == {"sources": (), "names": ("tanh_derivative",)}


@pytest.mark.parametrize("reply", [PlainError("x"), TypeError(), ValueError()])
def test_a_kernel_that_fails_when_it_is_watched_costs_the_card_a_line_and_nothing_else(truthful, reply):
    ask, _, functions = truthful
    functions["sigmoid_derivative"] = lambda Z: 2 * EXERCISE.parts[0].reference(Z)

    def fails(parts, seconds):
        if parts[0].get("watched"):
            raise reply
        return ask(parts, seconds)

    verdict, complaint = judged(fails)
    assert (verdict.points, complaint) == (EXERCISE.points * 3 / 4, "")
    assert not verdict.parts[0].where


def test_an_exercise_whose_package_is_not_here_is_out_of_the_total_and_says_so():
    exercise = replace(EXERCISE, requires="a_package_that_nobody_has")
    verdict, complaint = judged(None, exercise)
    assert (verdict.points, verdict.max_points, verdict.possible, complaint) == (0, 0, False, "")
    assert verdict.message == "Not scored here: the package a_package_that_nobody_has is not installed."
    assert (verdict.exercise_id, verdict.title) == (exercise.id, exercise.title)
