"""Two known mistakes in one class: each gives some of the learner's wrong outputs, both together all of them.

A class has no steps that could be computed again alone, so pairs are chosen by what each mistake alone gives,
and only a few are compiled.
"""

from collections.abc import Sequence
from itertools import combinations

from mlcourse.exercises.base import Case, Mistake, Part
from mlcourse.exercises.edits import apply
from mlcourse.exercises.known_mistakes import EditedMistake
from mlcourse.feedback.observe import Observation
from mlcourse.feedback.trials import Trial, compares

MOST_COMPILED = 12

Pair = tuple[Mistake, Mistake]


def pair_of_class(
    part: Part, trials: Sequence[Trial], cases: Sequence[Case], seen: Sequence[Observation], scope: range
) -> Pair | None:
    """Look for two known mistakes of a class that together explain the answers, where exactly one pair does.

    Parameters
    ----------
    part, cases, seen
        As for `mlcourse.feedback.diagnose.diagnose`.
    trials : sequence of Trial
        The known mistakes, each tried alone.
    scope : range
        Numbers of the cases that are to be explained.
    """
    numbers = [n for n in scope if seen[n].wrong and not seen[n].trouble and not seen[n].judged]
    if len(numbers) < 2 or not isinstance(part.reference, type):
        return None
    given: list[tuple[EditedMistake, set[str]]] = []
    for trial in trials:
        outputs = trial.gives(numbers[0])
        if outputs and isinstance(trial.mistake, EditedMistake):
            given.append((trial.mistake, outputs))
    pairs = [
        ((a, b), len(of_a | of_b))
        for (a, of_a), (b, of_b) in combinations(given, 2)
        if a.name != b.name and of_a - of_b and of_b - of_a and not (compares(a) and compares(b))
    ]
    likely = sorted(pairs, key=lambda pair: -pair[1])[:MOST_COMPILED]
    found: list[Pair] = []
    for (a, b), _ in likely:
        function = apply(part.reference, [a.edit, b.edit], with_text=False)
        if function is not None:
            trial = Trial(part, Mistake("", "", function), cases, seen)
            if trial.explains(scope) and not trial.is_refuted():
                found.append((a, b))
    return found[0] if len({(a.sentence, b.sentence) for a, b in found}) == 1 else None
