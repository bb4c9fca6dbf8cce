"""No card is longer than 160 words, whatever the mistake, with its place and all hints."""

from itertools import combinations

import pytest

from mlcourse.exercises import LESSONS, of_lesson
from mlcourse.exercises.base import Finding
from mlcourse.exercises.known_mistakes import EditedMistake
from mlcourse.feedback import PartVerdict, card_text, verdict
from mlcourse.feedback.evaluation import _formulas

MOST_WORDS = 160
LAST_HINT = 9
WHERE = (
    "`first` (line 10 of helper), your dA1, and `second` (line 11 of helper), your dZ1, are right, "
    "`third` (line 12 of helper), your dW1, is not: `dW1 = np.dot(dZ1, cache['X'].T) / m + alpha * W1 ...`."
)
EXERCISES = [exercise for lesson in LESSONS for exercise in of_lesson(lesson)]


def words(exercise, part, sentence, variable):
    finding = Finding(variable, sentence)
    wrong = PartVerdict(
        part.function,
        True,
        False,
        finding,
        where=WHERE,
        formulas=_formulas(part, finding),
        section=part.section,
    )
    others = [PartVerdict(other.function, True, True) for other in exercise.parts if other is not part]
    return len(card_text(verdict(exercise, [wrong, *others]), LAST_HINT).split())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_card_of_every_known_mistake_is_short(exercise):
    for part in exercise.parts:
        for variable in (part.function, *part.formulas):
            for mistake in part.mistakes:
                found = words(exercise, part, mistake.sentence, variable)
                assert found <= MOST_WORDS, (part.function, mistake.name, variable, found)


def longest_pair(part):
    """Sentences of the two mistakes with most words that can be made at once; empty where none can."""
    edited = [mistake for mistake in part.mistakes if isinstance(mistake, EditedMistake)]
    edited.sort(key=lambda mistake: -len(mistake.sentence.split()))
    pairs = sorted(combinations(range(len(edited)), 2), key=sum)[:400]
    for first, second in ((edited[a], edited[b]) for a, b in pairs):
        if not first.edit.changes.keys() & second.edit.changes.keys():
            return f"Two things. {first.sentence} And: {second.sentence}"
    return ""


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_the_card_of_any_two_is_short(exercise):
    for part in exercise.parts:
        sentence = longest_pair(part)
        for variable in part.formulas:
            found = words(exercise, part, sentence, variable)
            assert found <= MOST_WORDS, (part.function, variable, found, sentence)
