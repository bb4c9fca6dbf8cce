"""From answers to a verdict: the first wrong thing, its name only where it is certain."""

from dataclasses import replace

import numpy as np
import pytest
from toy_exercise import judge, right, thrice, toy

from mlcourse.exercises import Finding, get
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.lesson_02.backward_propagation import backward_propagation
from mlcourse.feedback import cases, evaluate, verdict
from mlcourse.feedback.run import answer

BACKWARD = get("backward-propagation")


def thrice_again(x):
    return {"a": x + x + x, "b": x.sum()}


def both(x):
    return {"a": 3 * x, "b": -x.sum()}


def minus(x):
    return {"a": 2 * x, "b": -x.sum()}


(HALF_OF_Y,) = known(
    backward_propagation,
    """
    half-of-Y
        Nobody knows this one.
        - A2 - Y
        + A2 - 0.5 * Y
    """,
)


def test_one_error_is_reported_once_where_it_enters():
    finding = judge(BACKWARD, HALF_OF_Y.function).finding
    assert (finding.variable, finding.mistake) == ("dZ2", None)


def test_every_case_has_an_answer():
    part, (inputs,) = BACKWARD.parts[0], cases(BACKWARD)
    first = answer(part.drive, part.reference, inputs[0])
    with pytest.raises(ValueError, match=f"1 answers to {len(inputs)} cases of backward-propagation"):
        evaluate(BACKWARD, part, inputs, [first])


def test_without_the_steps_between_the_first_gradient_is_reported():
    def wrong(*arguments):
        found = HALF_OF_Y.function(*arguments)
        return {name: found[name] for name in ("db1", "dW1", "db2", "dW2")}

    result = judge(BACKWARD, wrong)
    assert result.finding.variable == "dW2"
    assert result.right == ()


def test_what_was_right_before_the_first_wrong_output_is_listed():
    def wrong(*arguments):
        found = backward_propagation(*arguments)
        return {**found, "dW1": found["dW1"] + 0.1, "db1": found["db1"] + 0.1}

    result = judge(BACKWARD, wrong)
    assert result.finding.variable == "dW1"
    assert result.right == ("dW2", "db2")
    assert result.formulas == ("dW1 = dZ1 @ X.T / m",)


def test_a_step_in_the_learners_own_convention_costs_nothing_and_is_not_blamed():
    assert judge(toy(), lambda x: {**right(x), "c": 99.0}).passed
    assert judge(toy(), lambda x: {**thrice(x), "c": 4 * x / 7}).finding.variable == "a"
    assert judge(toy(), lambda x: {**thrice(x), "c": x**2}).finding.variable == "c"


def test_a_unique_match_is_named():
    finding = judge(toy(thrice, minus), thrice).finding
    assert (finding.mistake, finding.sentence, finding.variable) == ("thrice", "This is thrice.", "a")


def test_two_mistakes_that_explain_the_answer_leave_it_without_a_name():
    finding = judge(toy(thrice, thrice_again), thrice).finding
    assert finding.mistake is None
    assert finding.sentence == "Your `a` is exactly 3/2 times what it should be."


def test_one_random_case_is_no_evidence():
    exercise = toy(thrice)
    part = exercise.parts[0]
    case = cases(exercise)[0][:1]
    verdict = evaluate(exercise, part, case, [answer("call", thrice, case[0])])
    assert verdict.finding.mistake is None


def test_a_mistake_that_fits_all_but_one_case_is_not_named():
    def nearly(x):
        return thrice(x) if x[0, 0] > threshold else {"a": 5 * x, "b": x.sum()}

    exercise = toy(thrice)
    for seed in range(10):
        threshold = min(case["x"][0, 0] for case in cases(exercise, np.random.default_rng(seed))[0])
        assert judge(exercise, nearly, seed=seed).finding.mistake is None


def test_of_two_mistakes_the_first_is_not_named_on_one_case_alone():
    def sometimes(x):
        return thrice(x) if x[0, 0] >= threshold else right(x)

    def sometimes_both(x):
        return both(x) if x[0, 0] >= threshold else right(x)

    exercise = toy(sometimes)
    for seed in range(10):
        threshold = max(case["x"][0, 0] for case in cases(exercise, np.random.default_rng(seed))[0])
        assert judge(exercise, sometimes_both, seed=seed).finding.mistake is None


def test_equal_complaints_of_the_parts_own_comparison_are_no_evidence():
    exercise = toy(thrice, compare=lambda case, answer: Finding("a", "It is odd."))
    assert judge(exercise, minus).finding == Finding("a", "It is odd.")
    assert judge(exercise, thrice).finding.mistake == "thrice"


def test_right_values_are_named_only_if_they_warn_alike():
    def overflowing(x):
        np.exp(np.array([1e4]))
        return right(x)

    def resetting(x):
        np.seterr(over="ignore")
        return right(x)

    exercise = toy(overflowing)
    assert judge(exercise, overflowing).finding.mistake == "overflowing"
    assert judge(exercise, resetting).finding.mistake is None


def test_of_two_independent_mistakes_the_first_is_named():
    assert judge(toy(thrice, minus), both).finding.mistake == "thrice"
    unknown_beside = lambda x: {"a": 3 * x, "b": 7 * x.sum()}  # noqa: E731
    assert judge(toy(thrice, minus), unknown_beside).finding.mistake == "thrice"


def test_a_mistake_that_would_also_break_what_is_right_is_not_named():
    assert judge(toy(both), thrice).finding.mistake is None


def test_edges_that_fail_for_a_reason_of_their_own_do_not_hide_the_mistake():
    def wrong(x):
        if x.size == 0:
            raise ZeroDivisionError
        return thrice(x)

    assert judge(toy(thrice, edges=lambda: [{"x": np.zeros((0, 3))}]), wrong).finding.mistake == "thrice"


def test_a_mistake_at_the_edges_only_is_named_there():
    def no_columns(x):
        return right(x) if x.size else {"a": None, "b": 0.0}

    exercise = toy(no_columns, edges=lambda: [{"x": np.zeros((0, 3))}])
    assert judge(exercise, no_columns).finding.mistake == "no_columns"

    other = lambda x: right(x) if x.size else {"a": "empty", "b": 0.0}  # noqa: E731
    finding = judge(exercise, other).finding
    assert finding.mistake is None
    assert finding.sentence.endswith("Other inputs were right; special about these: x is empty.")


def test_changed_inputs_are_named_only_if_changed_alike():
    def doubling(x):
        x *= 2
        return {"a": x, "b": x.sum() / 2}

    def clearing(x):
        result = right(x)
        x[:] = 0
        return result

    exercise = toy(doubling)
    assert judge(exercise, doubling).finding.mistake == "doubling"
    finding = judge(exercise, clearing).finding
    assert finding.mistake is None
    assert "changes x in place" in finding.sentence


def test_an_error_is_named_if_the_mistake_raises_alike():
    def crossing(x):
        product = x @ x
        return {"a": product, "b": 0.0}

    def crossing_in_its_own_way(x):
        squared = np.dot(x, x)
        return {"a": squared, "b": 1.0}

    def other_shapes(x):
        product = x @ x[:, :2]
        return {"a": product, "b": 0.0}

    exercise = toy(crossing)
    assert judge(exercise, crossing_in_its_own_way).finding.mistake == "crossing"
    assert judge(exercise, other_shapes).finding.mistake is None


def test_points_are_shared_equally_between_parts():
    exercise = toy()
    exercise = replace(exercise, parts=exercise.parts * 3, points=4)
    passed, failed = judge(exercise, right), judge(exercise, thrice)
    assert verdict(exercise, [passed, failed, passed]).points == pytest.approx(8 / 3)
    assert verdict(exercise, [passed] * 3).points == 4.0


def test_a_broken_reference_is_our_error_not_the_learners():
    with pytest.raises(RuntimeError, match="reference of toy fails"):
        judge(toy(reference=lambda x: 1 / 0), right)


def test_the_formula_is_that_of_the_line_that_the_sentence_is_about():
    """Also where that line's variable is not returned."""

    def mask_forgotten(Y, cache, W1, b1, W2, b2):
        m = Y.shape[1]
        dZ2 = cache["A2"] - Y
        dZ1 = W2.T @ dZ2
        return {
            "dW2": dZ2 @ cache["A1"].T / m,
            "db2": dZ2.sum(axis=1, keepdims=True) / m,
            "dW1": dZ1 @ cache["X"].T / m,
            "db1": dZ1.sum(axis=1, keepdims=True) / m,
        }

    exercise = get("backward-propagation")
    (part,), (drawn,) = exercise.parts, cases(exercise)
    answers = [answer(part.drive, mask_forgotten, case, part.seconds) for case in drawn]
    found = evaluate(exercise, part, drawn, answers)
    assert found.finding.mistake == "mask-forgotten"
    assert found.formulas == ("dZ1 = dA1 * (Z1 > 0)",)
