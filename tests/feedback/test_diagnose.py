"""When a known mistake is named: on how many inputs, on which of them, and of which output."""

from functools import partial

import numpy as np
from toy_exercise import judge, right, thrice, toy

from mlcourse.exercises import Mistake, Part
from mlcourse.feedback.answers import Answer, Failure
from mlcourse.feedback.derivation import Derivations
from mlcourse.feedback.diagnose import diagnose, first_wrong
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import compute


def of_toy(*functions, mistakes=(thrice,), random=None):
    """What is named where these functions answer one input each, the last ones edges."""
    part = toy(*mistakes).parts[0]
    rng = np.random.default_rng(2)
    cases = [{"x": rng.normal(size=(2, 3))} for _ in functions]
    seen = [
        observe(part, case, compute("call", f, case), partial(compute, "call", part.reference, case))
        for f, case in zip(functions, cases, strict=True)
    ]
    found = diagnose(part, cases, seen, len(cases) if random is None else random, Derivations(part, cases))
    return found and found.mistake


def other(x):
    return {"a": 5 * x, "b": x.sum()}


def test_two_random_inputs_are_needed_and_enough():
    assert of_toy(thrice, thrice) == "thrice"
    assert of_toy(thrice, thrice, random=1) is None
    assert of_toy(thrice) is None
    assert of_toy(thrice, thrice, random=0) is None


def test_an_edge_may_be_wrong_for_a_reason_of_its_own_where_random_inputs_are_wrong_too():
    assert of_toy(thrice, thrice, other, random=2) == "thrice"
    assert of_toy(thrice, thrice, other, random=3) is None
    assert of_toy(right, right, thrice, thrice, mistakes=(sometimes,), random=2) is None


def sometimes(x):
    return thrice(x)


def test_of_two_that_explain_the_random_inputs_that_is_named_which_explains_the_edges_too():
    def at_the_edge(x):
        return thrice(x) if x[0, 0] != edge else other(x)

    rng = np.random.default_rng(2)
    edge = [rng.normal(size=(2, 3)) for _ in range(3)][-1][0, 0]
    both = (thrice, at_the_edge)
    assert of_toy(thrice, thrice, other, mistakes=both, random=2) == "at_the_edge"
    assert of_toy(thrice, thrice, thrice, mistakes=both, random=2) == "thrice"
    assert of_toy(thrice, thrice, mistakes=(thrice, sometimes), random=2) is None


def text(x):
    return "grows" if x > 0 else "shrinks"


def test_of_a_text_every_answer_has_to_be_explained():
    always = Mistake("always", "It always grows.", lambda x: "grows")
    part = Part("kind", dict, text, "kind", mistakes=(always,))
    cases = [{"x": x} for x in (-1.0, -2.0, -3.0)]

    def named(*answers):
        seen = [
            observe(part, case, Answer(given), lambda case=case: Answer(text(**case)))
            for given, case in zip(answers, cases, strict=True)
        ]
        found = diagnose(part, cases, seen, 2, Derivations(part, cases))
        return found and found.mistake

    assert named("grows", "grows", "grows") == "always"
    assert named("grows", "grows", "shrinks") is None


def test_the_first_wrong_output_is_that_of_the_failure_or_the_first_that_is_computed():
    part = toy(formulas={"a": "a = 2 * x"}).parts[0]
    case = {"x": np.ones((2, 3))}

    def seen(answer):
        return observe(part, case, answer, partial(compute, "call", part.reference, case))

    good, wrong = seen(compute("call", right, case)), seen(Answer({"a": 2 * case["x"], "b": 9.0}))
    assert first_wrong(part, [good, wrong]) == "b"
    assert first_wrong(part, [wrong, seen(compute("call", thrice, case))]) == "b"
    assert first_wrong(part, [wrong, seen(Answer(None))]) == "double"
    assert first_wrong(part, [wrong, seen(Answer(failure=Failure("ValueError", target="a")))]) == "a"
    assert first_wrong(part, [wrong, seen(Answer(failure=Failure("ValueError", target="y")))]) == "double"
    assert first_wrong(part, [good]) == "double"


def test_a_draw_of_two_names_a_mistake_in_a_verdict():
    assert judge(toy(thrice, draws=2), thrice).finding.mistake == "thrice"
    assert judge(toy(thrice, draws=1), thrice).finding.mistake is None
