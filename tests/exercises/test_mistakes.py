"""Every exercise, as it is declared: the reference is right, the stub is not, every mistake is named."""

import pytest

from mlcourse.exercises import LESSONS, of_lesson

MANY_MISTAKES = {"backward-propagation", "tanh-backward", "three-layer-backward", "deep-backward"}

SEEDS = [0, pytest.param(1, marks=pytest.mark.seeds)]

PARTS = [
    pytest.param(
        exercise,
        part,
        id=f"{exercise.id}-{part.function}",
        marks=pytest.mark.torch if exercise.requires == "torch" else (),
    )
    for lesson in LESSONS
    for exercise in of_lesson(lesson)
    for part in exercise.parts
]


def stub(*_, **__):
    raise NotImplementedError


class StubClass:
    def __init__(self, *_, **__):
        raise NotImplementedError


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("exercise", "part"), PARTS)
def test_the_reference_is_right(exercise, part, seed, judge_part):
    result = judge_part(exercise, part, part.reference, seed)
    assert result.passed, result.finding


@pytest.mark.parametrize("nothing", [stub, StubClass])
@pytest.mark.parametrize(("exercise", "part"), PARTS)
def test_the_stub_is_not_attempted(exercise, part, nothing, judge_part):
    result = judge_part(exercise, part, nothing, 0)
    assert (result.attempted, result.passed, result.finding) == (False, False, None)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("exercise", "part"), PARTS)
def test_every_known_mistake_fails_and_is_named_by_its_own_sentence(
    exercise, part, seed, judge_part, foreign
):
    wrong = []
    for mistake in part.mistakes:
        result = judge_part(exercise, part, foreign(mistake.function), seed)
        assert not result.passed, f"{mistake.name} passes"
        if (result.finding.mistake, result.finding.sentence) != (mistake.name, mistake.sentence):
            wrong.append((mistake.name, result.finding))
    assert not wrong


@pytest.mark.parametrize(("exercise", "part"), PARTS)
def test_a_name_has_one_sentence_and_a_sentence_one_name(exercise, part):
    said = {(m.name, m.sentence) for m in part.mistakes}
    assert len({name for name, _ in said}) == len(said) == len({sentence for _, sentence in said})


@pytest.mark.parametrize("exercise", [e for lesson in LESSONS for e in of_lesson(lesson)], ids=lambda e: e.id)
def test_enough_mistakes_are_known(exercise):
    assert sum(len(part.mistakes) for part in exercise.parts) >= (6 if exercise.id in MANY_MISTAKES else 3)
