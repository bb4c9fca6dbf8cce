"""A known mistake, run on the learner's cases, and whether it gives the learner's answers."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Mistake, Part
from mlcourse.exercises.known_mistakes import EditedMistake
from mlcourse.feedback.answers import Answer, Failure
from mlcourse.feedback.compare import agree, as_array
from mlcourse.feedback.form import FormError, form, split
from mlcourse.feedback.observe import Observation, observe
from mlcourse.feedback.run import compute

MIN_CASES = 2


_COMPARING = re.compile(r"\bas in\b|\bother\b|\bare means\b|\bonly there\b|\bcache holds\b")


def compares(mistake: Mistake) -> bool:
    """Whether a mistake's sentence says something of other outputs too."""
    return _COMPARING.search(mistake.sentence) is not None


class Trial:
    """A known mistake, run on the learner's cases as far as needed."""

    def __init__(
        self, part: Part, mistake: Mistake, cases: Sequence[Case], seen: Sequence[Observation]
    ) -> None:
        self.part, self.mistake, self.cases, self.seen = part, mistake, cases, seen
        self.answers: dict[int, Answer] = {}

    @property
    def compares(self) -> bool:
        """Whether its sentence compares with other outputs: it may be false where these are wrong too."""
        return compares(self.mistake)

    def answer(self, index: int) -> Answer:
        """What the mistake gives for a case."""
        if index not in self.answers:
            made = self.mistake.quick if isinstance(self.mistake, EditedMistake) else self.mistake.function
            self.answers[index] = compute(self.part.drive, made, self.cases[index])
            if self.answers[index].failure:  # which arrays met is read off the lines
                self.answers[index] = compute(self.part.drive, self.mistake.function, self.cases[index])
        return self.answers[index]

    def observation(self, index: int) -> Observation:
        """Its answer beside the reference's."""
        return observe(self.part, self.cases[index], self.answer(index), self.seen[index].reference)

    def gives(self, index: int) -> set[str]:
        """Wrong outputs of the learner's that are its own too in a case."""
        leaves, learner = self._leaves(index), self.seen[index]
        return {name for name in learner.wrong if self._equal(learner, leaves, name)}

    def _leaves(self, index: int) -> dict[str, Any]:
        """Its outputs by name; none where it fails or has another form."""
        if self.answer(index).failure:
            return {}
        try:
            return split(form(self.part, self.cases[index]), self.answer(index).returned)
        except FormError:
            return {}

    def departures(self) -> set[tuple[int, str]]:
        """Outputs that it makes wrong, by case; of the cases that were looked at."""
        return {
            (index, name)
            for index, answer in self.answers.items()
            for name in self.observation(index).wrong
            if not answer.failure and name in self.seen[index].required
        }

    def spoils_only_wrong(self, scope: range) -> bool:
        """Whether all that it alone makes wrong is wrong in the learner's answers too."""
        for index in scope:
            learner = self.seen[index]
            if not learner.trouble:
                spoilt = {name for name in self.observation(index).wrong if name in learner.required}
                if not spoilt <= set(learner.wrong):
                    return False
        return True

    def explains(self, scope: range) -> bool:
        """Whether it gives the learner's full answer in all these cases."""
        if not all(self._same(index) for index in scope):
            return False
        if all(self.answer(index).failure for index in scope):  # many things fail with the same words
            scope = range(len(self.seen))
            if not all(self._same(index) or self._fails_too(index) for index in scope):
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
            if self.compares and set(learner.wrong) - set(self.observation(index).wrong):
                return False
            if learner.right:
                continue
            first = next((name for name in learner.wrong if name in learner.required), "")
            if not self._equal(learner, self._leaves(index), first):
                return False
            trial = self.observation(index)
            if trial.trouble or first not in trial.wrong or not self._same_beside(index):
                return False
            departures = (name for name in trial.wrong if name in trial.required)
            if not all(self._equal(learner, trial.leaves, name) for name in departures):
                return False
            evidence += 1
        return evidence >= MIN_CASES

    def _fails_too(self, index: int) -> bool:
        """Whether both fail, though it cannot be seen whether in the same way."""
        failures = self.seen[index].answer.failure, self.answer(index).failure
        return all(failures) and len({failure.kind for failure in failures if failure}) == 1

    def is_refuted(self) -> bool:
        """Whether it gives other numbers, or another text, somewhere where the learner is right.

        Where it fails or gives no numbers, the learner may have guarded against that.
        """
        right = (index for index, observation in enumerate(self.seen) if observation.right)
        return any(self._gives_other_numbers(index) for index in right)

    def _gives_other_numbers(self, index: int) -> bool:
        ours = self.observation(index)
        if any(type(ours.leaves[name]) is str for name in ours.wrong):
            return True
        arrays = [as_array(ours.leaves[name]) for name in ours.wrong]
        return bool(arrays) and all(a is not None and np.isfinite(a).all() for a in arrays)

    def _same(self, index: int) -> bool:
        learner, answer = self.seen[index], self.answer(index)
        if learner.answer.failure or answer.failure:
            return _alike(learner.answer.failure, answer.failure)
        if not self._same_beside(index):
            return False
        if learner.form_error:
            return agree(answer.returned, learner.answer.returned, self.part.rtol, self.part.atol)
        if self._equal_outputs(index):  # numbers alone: True and 1 are equal, and only one may be asked for
            return learner.right == self.observation(index).right
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
        learner, leaves = self.seen[index], self._leaves(index)
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
        when = [failure.message.partition(" (in the ")[2] for failure in (a, b)]  # what a drive has added
        return bool(shapes[0]) and shapes[0] == shapes[1] and when[0] == when[1]
    return a.message == b.message
