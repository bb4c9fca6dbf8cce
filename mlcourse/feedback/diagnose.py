"""Name the mistake, if exactly one known mistake explains what was seen; else say nothing.

A mistake explains an answer if its function, called the same way with the same inputs, gives the same full
answer: the same outputs, or the same failure, and the same change of the inputs. It has to do so on at least
two independent random cases, and no other known mistake may do so too. A wrong name is worse than none.
"""

from collections.abc import Sequence

from mlcourse.exercises.base import Case, Finding, Part
from mlcourse.feedback.class_pairs import pair_of_class
from mlcourse.feedback.combined import find_pair
from mlcourse.feedback.derivation import Derivations
from mlcourse.feedback.form import known_variable
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.permuted import permuted
from mlcourse.feedback.ruled_out import cannot_explain
from mlcourse.feedback.trials import MIN_CASES, Trial


def diagnose(
    part: Part, cases: Sequence[Case], seen: Sequence[Observation], random_cases: int, steps: Derivations
) -> Finding | None:
    """Find the known mistake that explains the answers.

    Parameters
    ----------
    part : Part
        What was asked; its mistakes are tried.
    cases : sequence of Case
        The inputs, random ones first.
    seen : sequence of Observation
        The learner's answers, not all right.
    random_cases : int
        How many of the cases are random (the rest are fixed edges).
    steps : Derivations
        The reference's steps on these cases.

    Returns
    -------
    Finding or None
        None where no mistake, or more than one, explains them.
    """
    first = next(observation for observation in seen if not observation.right)
    if first.finding and first.finding.mistake:
        return first.finding  # the part's own comparison is certain
    if random_cases < MIN_CASES:
        return None
    # Where the random cases show something wrong, the edges may fail for a reason of their own.
    wrong_at_random = any(not observation.right for observation in seen[:random_cases])
    # Few answers are possible where it is a text: all have to be explained.
    is_text = any(type(value) is str for observation in seen for value in observation.expected.values())
    scope = range(random_cases if wrong_at_random and not is_text else len(seen))
    compared = [n for n in scope if seen[n].wrong and not seen[n].trouble and not seen[n].judged]
    is_ruled_out = cannot_explain(part, steps, seen, compared)
    trials = [Trial(part, mistake, cases, seen) for mistake in part.mistakes if not is_ruled_out(mistake)]
    found = [trial for trial in trials if trial.explains(scope) and not trial.is_refuted()]
    if len(found) > 1:
        found = [trial for trial in found if trial.explains(range(len(seen)))]
    elif not found:
        moved = permuted(part, cases, seen)
        if moved:
            return moved
        pair = find_pair(part, cases, seen, scope, steps) or pair_of_class(part, trials, cases, seen, scope)
        if pair:
            sentence = f"Two things. {pair[0].sentence} And: {pair[1].sentence}"
            return Finding(first_wrong(part, seen), sentence, f"{pair[0].name}, {pair[1].name}")
        partly = [trial for trial in trials if trial.explains_first_wrong(scope) and not trial.is_refuted()]
        found = _largest(partly)
    if len({trial.mistake.sentence for trial in found}) != 1:  # spellings of one mistake say the same
        return None
    mistake = found[0].mistake
    return Finding(first_wrong(part, seen), mistake.sentence, mistake.name)


def first_wrong(part: Part, seen: Sequence[Observation]) -> str:
    """Name of the wrong output that is computed first; the function's name where it gave no outputs."""
    for observation in seen:
        if observation.answer.failure:
            return known_variable(part, observation.answer.failure.target) or part.function
    if any(observation.form_error for observation in seen):
        return part.function
    return next((name for observation in seen for name in observation.wrong), part.function)


def _largest(found: list[Trial]) -> list[Trial]:
    """The one that explains all that the others do and more; all of them where there is none such."""
    for trial in found:
        if all(trial is other or trial.departures() > other.departures() for other in found):
            return [trial]
    return found
