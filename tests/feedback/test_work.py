"""How much work a check makes: counted, not timed."""

import numpy as np
import pytest
from submissions import VARIANTS, source_of

from mlcourse.exercises import get
from mlcourse.exercises.base import Exercise, Part
from mlcourse.exercises.known_mistakes import known
from mlcourse.feedback import checking, derivation, trials


def counted(monkeypatch, module, name):
    """Calls of a function of a module from now on."""
    calls, function = [], getattr(module, name)

    def count(*arguments):
        calls.append(arguments)
        return function(*arguments)

    monkeypatch.setattr(module, name, count)
    return calls


@pytest.mark.parametrize("name", ["bug-clinic/worse_than_before", "three-layer-backward/gradient_clipped"])
def test_of_an_unknown_mistake_few_known_ones_are_run_and_no_input_is_taken_apart_twice(name, monkeypatch):
    """Nearly all are ruled out from the reference's steps: to compile and run each takes half the time."""
    exercise = get(name.partition("/")[0])
    names = {"np": np}
    exec(source_of(VARIANTS / "wrong" / f"{name}.py"), names)
    tried = counted(monkeypatch, trials, "compute")
    taken_apart = counted(monkeypatch, derivation, "derive")
    verdict, _ = checking.judge(exercise.id, tuple(names[part.function] for part in exercise.parts))
    wrong = [part for part in verdict.parts if not part.passed]
    assert wrong
    assert len(tried) <= 6 * len(wrong)
    assert len(taken_apart) <= 3 * len(wrong)


def powers(x, n):
    """A sum of as many terms as two variables say."""
    steps = n + 1
    double = 2 * x
    square = x * x
    total = square + 1
    for _ in range(steps):
        total = total + x
    return {"total": total, "double": double}


UNEVEN = known(
    powers,
    """
    one-step-less
        A step too few.
        - n + 1
        + n
    from-another-variable
        Two changes, of which the second one reads what the first one makes, and the formula does not.
        - 2 * x
        + 3 * x
        - square + 1
        + double + 1
    a-number-more
        The 1 is a 2.
        - square + 1
        + square + 2
    """,
)


@pytest.mark.parametrize("mistake", UNEVEN, ids=lambda mistake: mistake.name)
def test_a_known_mistake_that_changes_what_is_computed_at_all_is_not_ruled_out(mistake):
    """How often a loop runs, or from what a value is made: the steps that were taken do not show that."""
    part = Part(
        function="powers",
        inputs=lambda rng: {"x": rng.normal(size=(2, 3)), "n": int(rng.integers(2, 5))},
        reference=powers,
        returns={"total": "total", "double": "double"},
        mistakes=UNEVEN,
    )
    exercise = Exercise("powers", "01-chain-rule", 1, (part,), "Powers")
    (cases,) = checking.cases(exercise)
    answers = checking._answers(part, mistake.function, cases)
    assert checking.evaluate(exercise, part, cases, answers).finding.mistake == mistake.name
