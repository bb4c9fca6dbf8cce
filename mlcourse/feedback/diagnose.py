"""Name the mistake, if exactly one known mistake explains what was seen; else say nothing.

A mistake explains an answer if its function, called the same way with the same inputs, gives the same full
answer: the same outputs, or the same failure, and the same change of the inputs. It has to do so on at least
two independent random cases, and no other known mistake may do so too. A wrong name is worse than none.
"""

from collections.abc import Sequence
from typing import Any

from mlcourse.exercises.base import Case, Finding, Mistake, Part
from mlcourse.feedback.answers import Answer, Failure
from mlcourse.feedback.compare import agree, as_array
from mlcourse.feedback.form import FormError, form, known_variable, split
from mlcourse.feedback.observe import Observation, observe
from mlcourse.feedback.run import compute

MIN_CASES = 2


def diagnose(
    part: Part, cases: Sequence[Case], seen: Sequence[Observation], random_cases: int
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
    scope = range(random_cases if wrong_at_random else len(seen))
    trials = [_Trial(part, mistake, cases, seen) for mistake in part.mistakes]
    found = [trial for trial in trials if trial.explains(scope)]
    if len(found) > 1:
        found = [trial for trial in found if trial.explains(range(len(seen)))]
    elif not found:
        found = _largest([trial for trial in trials if trial.explains_first_wrong(scope)])
    if len(found) != 1:
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


def _largest(found: list["_Trial"]) -> list["_Trial"]:
    """The one that explains all that the others do and more; all of them where there is none such."""
    for trial in found:
        if all(trial is other or trial.departures() > other.departures() for other in found):
            return [trial]
    return found


class _Trial:
    """A known mistake, run on the learner's cases as far as needed."""

    def __init__(
        self, part: Part, mistake: Mistake, cases: Sequence[Case], seen: Sequence[Observation]
    ) -> None:
        self.part, self.mistake, self.cases, self.seen = part, mistake, cases, seen
        self.answers: dict[int, Answer] = {}

    def answer(self, index: int) -> Answer:
        if index not in self.answers:
            self.answers[index] = compute(self.part.drive, self.mistake.function, self.cases[index])
        return self.answers[index]

    def observation(self, index: int) -> Observation:
        return observe(self.part, self.cases[index], self.answer(index), self.seen[index].reference)

    def departures(self) -> set[tuple[int, str]]:
        """Outputs that it makes wrong, by case; of the cases that were looked at."""
        return {
            (index, name)
            for index, answer in self.answers.items()
            for name in self.observation(index).wrong
            if not answer.failure and name in self.seen[index].required
        }

    def explains(self, scope: range) -> bool:
        """Whether it gives the learner's full answer in all these cases."""
        if not all(self._same(index) for index in scope):
            return False
        # That a case's own comparison found both wanting is no evidence; equal outputs are.
        equal = [index for index in scope if not self.seen[index].judged or self._equal_outputs(index)]
        return len(equal) >= MIN_CASES

    def explains_first_wrong(self, scope: range) -> bool:
        """Whether it explains the first wrong output, and all else that it would make wrong.

        This is how the first of two independent mistakes is named: it has to give the learner's values
        wherever it departs from the right ones, and the first wrong output has to be among these.
        """
        evidence = 0
        for index in scope:
            learner = self.seen[index]
            if learner.right:
                continue
            if learner.trouble or learner.judged:
                return False
            trial = self.observation(index)
            first = next((name for name in learner.wrong if name in learner.required), None)
            if trial.trouble or first not in trial.wrong or not self._same_beside(index):
                return False
            departures = (name for name in trial.wrong if name in trial.required)
            if not all(self._equal(learner, trial.leaves, name) for name in departures):
                return False
            evidence += 1
        return evidence >= MIN_CASES

    def _same(self, index: int) -> bool:
        learner, answer = self.seen[index], self.answer(index)
        if learner.answer.failure or answer.failure:
            return _alike(learner.answer.failure, answer.failure)
        if not self._same_beside(index):
            return False
        if learner.form_error:
            return agree(answer.returned, learner.answer.returned, self.part.rtol, self.part.atol)
        if self._equal_outputs(index):
            return True
        return learner.judged and learner.finding == self.observation(index).finding

    def _same_beside(self, index: int) -> bool:
        """The same change of the inputs; the same warnings where nothing else is wrong."""
        learner, answer = self.seen[index], self.answer(index)
        after, theirs = answer.inputs_after, learner.answer.inputs_after
        if (after is None) != (theirs is None) or not agree(after, theirs, self.part.rtol, self.part.atol):
            return False
        if not learner.values_right:
            return True
        return set(learner.answer.warnings) == set(answer.warnings) and not learner.answer.changed_error_state

    def _equal_outputs(self, index: int) -> bool:
        learner = self.seen[index]
        try:
            leaves = split(form(self.part, self.cases[index]), self.answer(index).returned)
        except FormError:
            return False
        return all(self._equal(learner, leaves, name) for name in learner.required)

    def _equal(self, learner: Observation, leaves: dict[str, Any], name: str) -> bool:
        """Whether the learner's leaf is that of the mistake; a number may come as an array of one element."""
        if name not in leaves or name not in learner.leaves:
            return False
        ours, theirs, wanted = (as_array(x.get(name)) for x in (leaves, learner.leaves, learner.expected))
        if wanted is not None and wanted.ndim == 0 and ours is not None and theirs is not None:
            ours, theirs = (x.reshape(()) if x.size == 1 else x for x in (ours, theirs))
            return agree(ours, theirs, self.part.rtol, self.part.atol)
        return agree(leaves[name], learner.leaves[name], self.part.rtol, self.part.atol)


def _alike(a: Failure | None, b: Failure | None) -> bool:
    """The same kind of failure; about shapes: with the same shapes, the text alone is no evidence."""
    if a is None or b is None or a.kind != b.kind:
        return False
    if a.about_shapes or b.about_shapes:
        shapes = [tuple(shape for _, shape in failure.operands) for failure in (a, b)]
        return bool(shapes[0]) and shapes[0] == shapes[1]
    return a.message == b.message
