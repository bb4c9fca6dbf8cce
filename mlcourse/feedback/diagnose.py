"""Name the mistake, if exactly one known mistake explains what was seen; else say nothing.

A mistake explains an answer if its function, called the same way with the same inputs, gives the same full
answer: the same outputs, or the same failure, and the same change of the inputs. It has to do so on at least
two independent random cases, and no other known mistake may do so too. A wrong name is worse than none.
"""

from collections.abc import Sequence

from mlcourse.exercises.base import Case, Finding, Mistake, Part
from mlcourse.feedback.answers import Failure
from mlcourse.feedback.compare import as_array, compare
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
        found = [trial for trial in trials if trial.explains_first_wrong(scope)]
    if len(found) != 1:
        return None
    mistake = found[0].mistake
    return Finding(first_wrong(part, seen), mistake.sentence, mistake.name)


def first_wrong(part: Part, seen: Sequence[Observation]) -> str:
    """Name of the wrong output that is computed first; the function's name where it gave no outputs."""
    if any(observation.trouble for observation in seen):
        return part.function
    return next((name for observation in seen for name in observation.wrong), part.function)


class _Trial:
    """A known mistake, run on the learner's cases as far as needed."""

    def __init__(
        self, part: Part, mistake: Mistake, cases: Sequence[Case], seen: Sequence[Observation]
    ) -> None:
        self.part, self.mistake, self.cases, self.seen = part, mistake, cases, seen
        self.made: dict[int, Observation] = {}

    def observation(self, index: int) -> Observation:
        if index not in self.made:
            case = self.cases[index]
            answer = compute(self.part.drive, self.mistake.function, case)
            self.made[index] = observe(self.part, case, answer, self.seen[index].reference)
        return self.made[index]

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
            if not all(self._equal(index, name) for name in trial.wrong if name in trial.required):
                return False
            evidence += 1
        return evidence >= MIN_CASES

    def _same(self, index: int) -> bool:
        learner, trial = self.seen[index], self.observation(index)
        if learner.answer.failure or trial.answer.failure:
            return _alike(learner.answer.failure, trial.answer.failure)
        if not self._same_beside(index):
            return False
        if learner.form_error or trial.form_error:
            returned = trial.answer.returned, learner.answer.returned
            return learner.form_error == trial.form_error and not compare(
                *returned, self.part.rtol, self.part.atol
            )
        return self._equal_outputs(index) or (learner.judged and learner.finding == trial.finding)

    def _same_beside(self, index: int) -> bool:
        """The same change of the inputs; the same warnings where nothing else is wrong."""
        learner, trial = self.seen[index], self.observation(index)
        after, theirs = trial.answer.inputs_after, learner.answer.inputs_after
        if (after is None) != (theirs is None) or compare(after, theirs, self.part.rtol, self.part.atol):
            return False
        if not learner.values_right:
            return True
        return (
            bool(learner.answer.warnings) == bool(trial.answer.warnings)
            and not learner.answer.changed_error_state
        )

    def _equal_outputs(self, index: int) -> bool:
        return all(self._equal(index, name) for name in self.seen[index].required)

    def _equal(self, index: int, name: str) -> bool:
        trial, theirs = self.observation(index), self.seen[index].leaves
        if name not in trial.leaves or name not in theirs:
            return False
        if name in trial.wrong and trial.wrong[name].kind == "shape":  # then a shape like it will not do
            a, b = as_array(trial.leaves[name]), as_array(theirs[name])
            if a is None or b is None or a.shape != b.shape:
                return False
        return compare(trial.leaves[name], theirs[name], self.part.rtol, self.part.atol) is None


def _alike(a: Failure | None, b: Failure | None) -> bool:
    """The same kind of failure, with the same shapes where both show shapes."""
    if a is None or b is None or a.kind != b.kind:
        return False
    if a.operands and b.operands:
        return [shape for _, shape in a.operands] == [shape for _, shape in b.operands]
    return a.message == b.message
