"""From answers to a verdict. Pure: no code of the learner's runs here, only references and known mistakes."""

import ast
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Part
from mlcourse.exercises.known_mistakes import EditedMistake
from mlcourse.feedback.answers import Answer
from mlcourse.feedback.conditions import condition
from mlcourse.feedback.derivation import Derivations
from mlcourse.feedback.diagnose import diagnose
from mlcourse.feedback.entries import fact, grid
from mlcourse.feedback.explain import explain, only_there, with_verb
from mlcourse.feedback.failures import met_shapes
from mlcourse.feedback.form import lookup
from mlcourse.feedback.observe import Observation, observe
from mlcourse.feedback.run import compute
from mlcourse.feedback.search import MOST_PAIRS
from mlcourse.feedback.whereabouts import Watched, Whereabouts, whereabouts

_FIXED_SEED = 20
MOST_FORMULAS = 4
"""Of an exercise's, where nothing says which of them is meant; a card of more is not read."""


@dataclass(frozen=True)
class PartVerdict:
    """Verdict on one function of the learner's.

    Attributes
    ----------
    function : str
        Its name.
    attempted, passed : bool
        A stub that raises NotImplementedError is not attempted.
    finding : Finding or None
        The first wrong thing; None if it passed or was not attempted.
    detail : str
        What goes with the sentence of a named mistake: the shapes that met; may be empty.
    right : tuple of str
        Outputs that are right in every case and come before the wrong one.
    formulas : tuple of str
        For later hints: formula of the wrong variable, or all of them where it is about the whole function.
    section : str
        For later hints: heading in the lesson where this is taught; may be empty.
    where : str
        Up to which line it is right, and which is the first that is not; may be empty.
    grid : tuple of str
        Rows of symbols, one for each entry of the wrong array: which are right; empty where all are wrong.
    """

    function: str
    attempted: bool
    passed: bool
    finding: Finding | None = None
    detail: str = ""
    right: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    section: str = ""
    where: str = ""
    grid: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Verdict on an exercise.

    Attributes
    ----------
    exercise_id, title : str
        Which exercise.
    points, max_points : float
        Points won of points possible.
    parts : tuple of PartVerdict
        One for each function; empty where the check itself was called wrongly.
    message : str
        What is wrong with the call of ``check``, or why it cannot be answered here; empty otherwise.
    possible : bool
        Whether this machine has what the exercise requires.
    """

    exercise_id: str
    title: str
    points: float
    max_points: float
    parts: tuple[PartVerdict, ...] = ()
    message: str = ""
    possible: bool = True

    @property
    def attempted(self) -> bool:
        """Whether any function was written."""
        return any(part.attempted for part in self.parts)

    @property
    def passed(self) -> bool:
        """Whether all of it is right."""
        return bool(self.parts) and all(part.passed for part in self.parts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The first wrong thing of each function."""
        return tuple(part.finding for part in self.parts if part.finding)


def cases(exercise: Exercise, rng: np.random.Generator | None = None) -> list[list[Case]]:
    """Inputs to try: for each part a list of random cases, then its edges.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    rng : numpy.random.Generator, optional
        Where the random cases come from; without it the fixed ones of `check`.
    """
    rng = rng or np.random.default_rng(_FIXED_SEED)
    return [[*(part.inputs(rng) for _ in range(part.draws)), *part.edges()] for part in exercise.parts]


def evaluate(
    exercise: Exercise,
    part: Part,
    cases: Sequence[Case],
    answers: Sequence[Answer],
    watched: Watched = lambda number, output: (),
) -> PartVerdict:
    """Judge one function by its answers.

    Parameters
    ----------
    exercise, part
        What was asked.
    cases : sequence of Case
        From `cases`: the random ones first, then the edges of the part.
    answers : sequence of Answer
        What the learner's function gave for each case.
    watched : callable, optional
        Gives what their variables held on the case of a number, narrowed to an output: it helps to say where
        it went wrong, and never earns a point.
    """
    if len(cases) != len(answers):
        raise ValueError(f"{len(answers)} answers to {len(cases)} cases of {exercise.id}")
    if all(_not_written(answer) for answer in answers):
        return PartVerdict(part.function, attempted=False, passed=False)
    seen = []
    for case, answer in zip(cases, answers, strict=True):
        seen.append(observe(part, case, answer, _Reference(exercise, part, case)))
    if all(observation.right for observation in seen):
        return PartVerdict(part.function, attempted=True, passed=True, right=seen[0].required)
    with warnings.catch_warnings():  # nbgrader takes whatever reaches stderr for a failure
        warnings.simplefilter("ignore")
        # The functions of an exercise share what work is done in looking for an explanation.
        return _judged(part, cases, seen, watched, MOST_PAIRS // len(exercise.parts))


def _judged(
    part: Part, cases: Sequence[Case], seen: Sequence[Observation], watched: Watched, pairs: int
) -> PartVerdict:
    """Say what is wrong with answers that are not all right."""
    random_cases = min(part.draws, len(cases))
    steps = Derivations(part, cases)
    named = diagnose(part, cases, seen, random_cases, steps)
    try:
        found = whereabouts(part, cases, seen, random_cases, watched, 0 if named else pairs, steps)
    except Exception:  # values of a kind that nobody thought of: the verdict stands without the place
        found = None
    if found and named and _is_refuted_by(found.held, part, named):
        named = None  # other lines than those of the mistake have the same effect
        found = whereabouts(part, cases, seen, random_cases, watched, pairs, steps)
    if found and found.is_all:
        named = Finding(part.function, found.place)
    explained = named or _explained(part, cases, seen, found)
    finding = explained or explain(part, cases, seen)
    if not explained and any(observation.answer.failure for observation in seen):
        found = None  # the failure is told, and the place is that of answers to other inputs
    return PartVerdict(
        part.function,
        attempted=True,
        passed=False,
        finding=finding,
        detail=met_shapes(seen[0].answer.failure) if named else "",
        where=found.place if found and not finding.sentence.startswith(found.place) else "",
        grid=() if named or (found and found.equality) else _grid(part, seen, finding.variable),
        right=_right_before(seen, finding.variable),
        formulas=_formulas(part, finding),
        section=part.section,
    )


def _is_refuted_by(held: frozenset[ast.expr], part: Part, named: Finding) -> bool:
    """Whether all that a known mistake changes is right in the learner's own variables."""
    mistakes = [m for m in part.mistakes if m.name == named.mistake and isinstance(m, EditedMistake)]
    changed = [node for mistake in mistakes for node in mistake.edit.changes]
    right = {node for expression in held for node in ast.walk(expression)}
    return bool(changed) and all(node in right for node in changed)


def _explained(
    part: Part, cases: Sequence[Case], seen: Sequence[Observation], found: Whereabouts | None
) -> Finding | None:
    """What is certain about the first wrong value: what it equals, what it looks like, or only its line."""
    if found is None:
        return None
    if found.equality and found.equality.sentence:
        return Finding(found.variable, found.equality.sentence)
    words = fact(part, cases, seen, found.variable) or condition(part, cases, seen, found.variable)
    if words:
        return Finding(found.variable, f"{with_verb(found.variable, words)}.")
    first = next((o for o in seen if found.variable in o.wrong), None)
    if first and first.wrong[found.variable].says_enough:
        return None
    if not found.place:
        return None
    return Finding(found.variable, f"{found.place} {only_there(part, cases, seen, found.variable)}".strip())


def _grid(part: Part, seen: Sequence[Observation], variable: str) -> tuple[str, ...]:
    """Which entries are wrong, on the first input on which some are."""
    for observation in seen:
        if variable in observation.wrong and not observation.trouble:
            expected, got = observation.expected[variable], observation.leaves[variable]
            return grid(expected, got, part.rtol, part.atol)
    return ()


class _Reference:
    """The reference's answer to a case, computed when it is first asked for: training takes its time."""

    def __init__(self, exercise: Exercise, part: Part, case: Case) -> None:
        self.exercise, self.part, self.case = exercise, part, case

    def __call__(self) -> Answer:
        if not hasattr(self, "answer"):
            self.answer = compute(self.part.drive, self.part.reference, self.case)
            if self.answer.failure:
                raise RuntimeError(f"the reference of {self.exercise.id} fails: {self.answer.failure}")
        return self.answer


def _not_written(answer: Answer) -> bool:
    """Whether the function itself is still the stub; one that calls another stub was attempted.

    A library raises NotImplementedError too, with a message, and in a line that raises nothing itself.
    """
    failure = answer.failure
    if failure is None or failure.kind != "NotImplementedError" or failure.helper:
        return False
    return re.search(r"\braise\b", failure.line) is not None if failure.line else not failure.message


def _formulas(part: Part, finding: Finding) -> tuple[str, ...]:
    if finding.variable == part.function:  # which of them is meant is not known
        return tuple(part.formulas.values()) if len(part.formulas) <= MOST_FORMULAS else ()
    # A mistake may lie before the first returned variable that it makes wrong: its sentence says where.
    named = re.findall(r"\b(\w+) = ", finding.sentence) if finding.mistake else []
    known = next((name for name in named if name in part.formulas), finding.variable)
    formula = lookup(part.formulas, known)
    return (formula,) if formula else ()


def _right_before(seen: Sequence[Observation], variable: str) -> tuple[str, ...]:
    """Outputs computed before the wrong one, which are right everywhere."""
    names = seen[0].required
    first = min((names.index(name) for o in seen for name in o.wrong if name in names), default=0)
    broken = any(o.trouble for o in seen)
    return () if broken else tuple(name for name in names[:first] if name != variable)


def verdict(exercise: Exercise, parts: Sequence[PartVerdict]) -> Verdict:
    """Put the verdicts on the functions of an exercise together; each is worth the same share of it."""
    won = sum(part.passed for part in parts)
    points = exercise.points * won / len(exercise.parts)
    return Verdict(exercise.id, exercise.title, float(points), float(exercise.points), tuple(parts))
