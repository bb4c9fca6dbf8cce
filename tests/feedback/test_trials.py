"""Whether a known mistake explains an answer: only what it gives itself, on two inputs at least."""

import numpy as np
import pytest

from mlcourse.exercises.base import Finding, Mistake, Part
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import compute
from mlcourse.feedback.trials import Trial

CASES = [{"x": np.array([1.0, 2.0])}, {"x": np.array([3.0, -4.0, 5.0])}, {"x": np.array([-1.0, 0.5])}]


def reference(x):
    return {"y": 2 * x, "z": x + 1, "s": float(x.sum())}


def answering(y=None, z=None, s=None):
    """The reference with some of its outputs otherwise."""

    def function(x):
        other = {"y": y, "z": z, "s": s}
        return reference(x) | {name: how(x) for name, how in other.items() if how}

    return function


def tried(mistake, learner, sentence="It is wrong.", cases=CASES, **more):
    more = {"order": ("y", "z", "s")} | more
    part = Part("f", dict, reference, {"y": "y", "z": "z", "s": "s"}, **more)
    seen = [
        observe(part, case, compute("call", learner, case), lambda c=case: compute("call", reference, c))
        for case in cases
    ]
    return Trial(part, Mistake("m", sentence, mistake), cases, seen)


ALL = range(3)
tripled = answering(y=lambda x: 3 * x)


def failing(error):
    def function(x):
        raise error

    return function


def doubled_where_long(x):
    return reference(x) | ({"y": 3 * x} if len(x) == 2 else {"y": 4 * x})


@pytest.mark.parametrize(
    ("mistake", "learner", "explains"),
    [
        (tripled, tripled, True),
        (tripled, doubled_where_long, False),
        (tripled, answering(y=lambda x: 3 * x, z=lambda x: x), False),
        (answering(y=lambda x: 3 * x, z=lambda x: x), tripled, False),
        (failing(KeyError("A3")), failing(KeyError("A3")), True),
        (failing(KeyError("A3")), failing(KeyError("A4")), False),
        (failing(KeyError("A3")), failing(IndexError("A3")), False),
        (failing(KeyError("A3")), tripled, False),
        (tripled, failing(KeyError("A3")), False),
        (lambda x: 1.0, lambda x: 1.0, True),
        (lambda x: 1.0, lambda x: 2.0, False),
        (answering(s=lambda x: x.max()), answering(s=lambda x: np.array([x.max()])), True),
        (answering(s=lambda x: x.max()), answering(s=lambda x: np.array([x.min()])), False),
        (answering(s=lambda x: x.max()), answering(s=lambda x: x[:2]), False),
        (tripled, answering(y=lambda x: (3 * x)[:, None]), False),
    ],
)
def test_an_answer_is_explained_by_what_gives_the_same_in_all_cases(mistake, learner, explains):
    assert tried(mistake, learner).explains(ALL) is explains


def test_one_case_is_no_evidence():
    assert tried(tripled, tripled).explains(range(2))
    assert not tried(tripled, tripled).explains(range(1))


def test_arrays_that_do_not_fit_explain_by_their_shapes_alone():
    def wrong(x):
        return np.ones((2, 4)) @ x

    def named(x):
        W = np.ones((2, 4))
        return W @ x

    def otherwise(x):
        V = np.ones((2, 4))
        return V @ x

    def other_shape(x):
        V = np.ones((7, 4))
        return V @ x

    def of_a_text(x):
        raise ValueError("the shape is mine")

    assert not tried(named, of_a_text).explains(ALL)
    assert not tried(of_a_text, failing(ValueError("mine"))).explains(ALL)
    assert tried(named, otherwise).explains(ALL)
    assert not tried(named, other_shape).explains(ALL)
    assert not tried(wrong, wrong).explains(ALL), "what met is not known"


def test_what_fails_in_the_cases_looked_at_has_to_fail_in_the_others_too():
    def fails_often(x):
        if len(x) > 1 and x[0] > 0:
            raise KeyError("A3")
        return reference(x)

    assert tried(fails_often, fails_often).explains(range(2))
    assert not tried(failing(KeyError("A3")), fails_often).explains(range(2))


def in_place(x):
    y = 3 * x
    x += 1
    return reference(x - 1) | {"y": y}


def warning(x):
    np.exp(np.array([1e4]))
    return reference(x)


def test_what_happens_beside_the_outputs_has_to_be_the_same():
    assert tried(in_place, in_place).explains(ALL)
    assert not tried(tripled, in_place).explains(ALL)
    assert not tried(in_place, tripled).explains(ALL)
    assert tried(warning, warning).explains(ALL)
    assert not tried(reference, warning).explains(ALL)
    assert not tried(warning, reference).explains(ALL)


both = answering(y=lambda x: 3 * x, z=lambda x: x - 5)


@pytest.mark.parametrize(
    ("mistake", "learner", "explains"),
    [
        (tripled, both, True),
        (tripled, tripled, True),
        (answering(z=lambda x: x - 5), both, False),  # y comes first
        (answering(y=lambda x: 3 * x, z=lambda x: x - 6), both, False),  # spoils z in another way
        (answering(y=lambda x: 4 * x), both, False),
        (reference, both, False),
        (tripled, reference, False),
        (tripled, failing(KeyError("A3")), False),
        (failing(KeyError("A3")), both, False),
        (in_place, both, False),
    ],
)
def test_the_first_wrong_output_is_explained_by_what_spoils_nothing_else(mistake, learner, explains):
    assert tried(mistake, learner).explains_first_wrong(ALL) is explains


def test_the_first_wrong_output_on_one_case_alone_is_no_evidence():
    def once(x):
        return both(x) if len(x) == 3 else reference(x)

    def twice(x):
        return both(x) if len(x) == 2 else reference(x)

    assert not tried(once, once).explains_first_wrong(ALL)
    assert tried(twice, twice).explains_first_wrong(ALL)


def test_a_sentence_that_compares_needs_the_other_outputs_right():
    for sentence in ("y is tripled, as in z.", "The other outputs are right."):
        assert tried(tripled, tripled, sentence).explains_first_wrong(ALL)
        assert not tried(tripled, both, sentence).explains_first_wrong(ALL)
        assert tried(tripled, both, sentence).compares
    assert not tried(tripled, both, "Otherwise has it in a word.").compares


def test_a_mistake_is_refuted_by_numbers_where_the_learner_is_right():
    def right_where_short(x):
        return reference(x) if len(x) == 2 else tripled(x)

    nowhere = answering(y=lambda x: x * np.nan)
    assert tried(tripled, right_where_short).is_refuted()
    assert not tried(tripled, tripled).is_refuted()
    assert not tried(right_where_short, right_where_short).is_refuted()
    assert not tried(nowhere, right_where_short).is_refuted(), "that may be guarded against"
    assert not tried(failing(KeyError("x")), right_where_short).is_refuted()


def test_a_mistake_is_refuted_by_another_text():
    part = Part("f", dict, lambda x: "up", "answer")
    seen = [
        observe(part, c, compute("call", part.reference, c), lambda c=c: compute("call", part.reference, c))
        for c in CASES
    ]
    assert Trial(part, Mistake("m", "No.", lambda x: "down"), CASES, seen).is_refuted()
    assert not Trial(part, Mistake("m", "No.", lambda x: "up"), CASES, seen).is_refuted()


def test_what_it_gives_and_what_it_spoils():
    trial = tried(answering(y=lambda x: 3 * x, s=lambda x: 0.0), both)
    assert trial.gives(0) == {"y"}
    assert trial.departures() == {(0, "y"), (0, "s")}, "of the cases looked at"
    assert not trial.spoils_only_wrong(ALL)
    assert tried(tripled, both).spoils_only_wrong(ALL)
    assert tried(both, failing(KeyError("x"))).spoils_only_wrong(ALL), "nothing to compare"
    broken = tried(failing(KeyError("x")), both)
    assert broken.gives(0) == broken.departures() == set()
    assert tried(lambda x: 1.0, both).gives(0) == set()


def test_a_case_that_is_judged_by_itself_is_explained_by_the_same_finding_where_the_outputs_are_equal_too():
    def compare(case, answer):
        return Finding("y", "y is too large.") if answer["y"].max() > 2 * case["x"].max() else None

    same = tried(tripled, tripled, compare=compare)
    assert same.explains(range(2))
    other = tried(tripled, answering(y=lambda x: 4 * x), compare=compare)
    assert not other.explains(range(2)), "both are wanting, which says little"
    assert not same.explains_first_wrong(ALL)
