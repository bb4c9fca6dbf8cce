"""What goes into a verdict beside its sentence: attempts, formulas, what is right before, which entries."""

from dataclasses import replace

import numpy as np
import pytest
from toy_exercise import judge, right, toy

from mlcourse.exercises import Finding
from mlcourse.feedback import PartVerdict, Verdict, cases, checking, evaluate, verdict
from mlcourse.feedback.answers import Answer, Failure
from mlcourse.feedback.moments import UNSTEADY

X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def stub(failure):
    """The verdict on a function that fails so on each case."""
    exercise = toy()
    part_cases = cases(exercise)[0]
    return evaluate(exercise, exercise.parts[0], part_cases, [Answer(failure=failure)] * len(part_cases))


@pytest.mark.parametrize(
    ("failure", "attempted"),
    [
        (Failure("NotImplementedError", line="raise NotImplementedError"), False),
        (Failure("NotImplementedError", "write it", line="raise NotImplementedError('write it')"), False),
        (Failure("NotImplementedError"), False),
        (Failure("NotImplementedError", "not for this type"), True),
        (Failure("NotImplementedError", line="np.linalg.norm(x)"), True),
        (Failure("NotImplementedError", line="raise NotImplementedError", helper="sigmoid"), True),
        (Failure("ValueError", line="raise ValueError"), True),
        (Failure("ValueError"), True),
    ],
)
def test_a_function_that_only_raises_not_implemented_is_not_attempted(failure, attempted):
    found = stub(failure)
    assert (found.function, found.attempted, found.passed) == ("double", attempted, False)
    assert (found.finding is None) is not attempted


def test_one_case_that_was_answered_is_an_attempt():
    exercise = toy()
    part_cases = cases(exercise)[0]
    answers = [Answer(failure=Failure("NotImplementedError"))] * len(part_cases)
    answers[-1] = Answer(right(**part_cases[-1]))
    found = evaluate(exercise, exercise.parts[0], part_cases, answers)
    assert found.attempted and "still raises NotImplementedError for some inputs" in found.finding.sentence


FORMULAS = {"c": "c = 4 * x", "a": "a = 2 * x", "b": "b = sum(x)"}


@pytest.mark.parametrize(
    ("function", "variable", "formulas", "before"),
    [
        (lambda x: {"a": x**2, "b": x.sum()}, "a", ("a = 2 * x",), ()),
        (lambda x: {"a": 2 * x, "b": np.tanh(x.sum())}, "b", ("b = sum(x)",), ("a",)),
        (lambda x: None, "double", ("c = 4 * x", "a = 2 * x", "b = sum(x)"), ()),
        (lambda x: 1 / 0, "double", ("c = 4 * x", "a = 2 * x", "b = sum(x)"), ()),
    ],
)
def test_the_formula_is_that_of_the_wrong_output_or_all_of_the_function(function, variable, formulas, before):
    found = judge(toy(formulas=FORMULAS, section="Sums"), function)
    assert (found.finding.variable, found.formulas, found.right) == (variable, formulas, before)
    assert (found.section, found.attempted, found.passed) == ("Sums", True, False)


def test_of_many_formulas_none_is_told_where_it_is_not_known_which_is_meant():
    many = {f"x{n}": f"x{n} = {n}" for n in range(9)}
    assert judge(toy(formulas=FORMULAS | many), lambda x: None).formulas == ()
    assert judge(toy(formulas=FORMULAS | many), lambda x: {"a": x**2, "b": 0.0}).formulas == ("a = 2 * x",)
    assert judge(toy(), lambda x: {"a": x**2, "b": 0.0}).formulas == ()


def test_the_sentence_of_a_known_mistake_says_which_formula_is_meant():
    def noted(x):
        return {"a": 3 * x, "b": x.sum()}

    exercise = toy(noted, formulas=FORMULAS)
    part = exercise.parts[0]
    for sentence, formula in (
        ("Write c = 4 * x.", "c = 4 * x"),
        ("Write y = 1 and b = sum(x).", "b = sum(x)"),
        ("Write y = 1.", "a = 2 * x"),
    ):
        mistake = replace(part.mistakes[0], sentence=sentence)
        found = judge(exercise, noted, replace(part, mistakes=(mistake,)))
        assert (found.finding.sentence, found.formulas) == (sentence, (formula,))


def test_all_outputs_that_were_asked_for_are_right_where_it_passes():
    found = judge(toy(), right)
    assert (found.passed, found.attempted, found.right, found.finding) == (True, True, ("a", "b"), None)


def test_entries_are_shown_of_the_first_input_on_which_some_are_wrong_and_not_beside_a_name():
    def last_row(x):
        a = 2 * x
        a[-1, 0] = np.tanh(x[-1, 0]) - 7
        return {"a": a, "b": x.sum()}

    assert judge(toy(), last_row).grid == ("· · ·", "✗ · ·")
    assert judge(toy(), lambda x: {"a": np.tanh(x) + 9, "b": x.sum()}).grid == ()
    assert judge(toy(last_row), last_row).grid == ()


def test_the_cases_of_check_are_the_same_each_time_and_those_of_another_generator_are_not():
    exercise = toy(draws=3, edges=lambda: [{"x": X}])
    first, again = cases(exercise)[0], cases(exercise)[0]
    assert len(first) == 4
    assert all(np.array_equal(a["x"], b["x"]) for a, b in zip(first, again, strict=True))
    assert np.array_equal(first[-1]["x"], X)
    other = cases(exercise, np.random.default_rng(1))[0]
    assert not np.array_equal(first[0]["x"], other[0]["x"])
    assert np.array_equal(other[0]["x"], np.random.default_rng(1).normal(size=(2, 3)))


PASSED = PartVerdict("f", attempted=True, passed=True)
FAILED = PartVerdict("g", attempted=True, passed=False, finding=Finding("a", "a is wrong."))
OPEN = PartVerdict("h", attempted=False, passed=False)


@pytest.mark.parametrize(
    ("parts", "points", "attempted", "passed", "findings"),
    [
        ((PASSED, PASSED), 3.0, True, True, 0),
        ((PASSED, FAILED), 1.5, True, False, 1),
        ((OPEN, PASSED), 1.5, True, False, 0),
        ((OPEN, FAILED), 0.0, True, False, 1),
        ((OPEN, OPEN), 0.0, False, False, 0),
    ],
)
def test_a_verdict_on_several_functions(parts, points, attempted, passed, findings):
    exercise = toy()
    exercise = replace(exercise, parts=exercise.parts * 2)
    found = verdict(exercise, parts)
    assert (found.exercise_id, found.title, found.max_points) == ("toy", "Toy", 3.0)
    assert (found.points, found.attempted, found.passed, len(found.findings)) == (
        points,
        attempted,
        passed,
        findings,
    )


def test_nothing_to_judge_is_neither_attempted_nor_passed():
    nothing = Verdict("x", "Title", 0.0, 4.0, message="Not scored here.")
    assert not nothing.passed


def test_variables_are_watched_on_the_case_that_one_output_takes():
    part = replace(
        toy().parts[0], narrowed=lambda case, output: {"x": case["x"][:1]} if output == "a" else case
    )
    case = {"x": X}

    def double(x):
        y = 3 * x
        return {"a": y, "b": y.sum()}

    answers = [Answer({"a": 3 * X, "b": float(3 * X.sum())})]
    narrow = checking._watched(part, double, [case], answers, 0, "a")
    assert [m.value.shape for m in narrow if m.name == "y"] == [(1, 3)]
    whole = checking._watched(part, double, [case], answers, 0, "b")
    assert [m.value.shape for m in whole if m.name == "y"] == [(2, 3)]
    assert UNSTEADY not in (*narrow, *whole)
