"""Put points and outputs into a rebuilt notebook while its cells run."""

import math
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from mlcourse import exercises
from mlcourse.exercises.base import Exercise
from mlcourse.feedback import Verdict, card_html
from mlcourse.grading.complex_numbers import complex_numbers
from mlcourse.grading.judge import judge_exercise
from mlcourse.grading.outputs import error
from mlcourse.grading.put_back import guarded
from mlcourse.grading.rebuild import Rebuilt
from mlcourse.grading.released import Cell, Release
from mlcourse.grading.results import NotebookResult, ScoredExercise
from mlcourse.grading.second_chance import NOTHING, Replacement, replacement
from mlcourse.grading.seen import SeenCell, why_missing
from mlcourse.grading.session import CellRun, Session
from mlcourse.grading.version import course_version

_WORDS = {
    "timeout": ("TimeLimit", "This cell took too long and was stopped."),
    "flood": ("OutputLimit", "This cell wrote too much and was stopped."),
    "ended": ("NotRun", "This cell was not run to its end: the program had ended ({})."),
}
_STOPPED = {"timeout": "took too long", "flood": "wrote too much", "ended": "ended the program"}
_UNJUDGED = "Not judged: the program had ended before its turn came ({})."


@dataclass(frozen=True)
class _Asked:
    """An exercise that was judged in its place: what is needed to judge it again."""

    cell: Cell
    raw: dict[str, Any]
    count: int
    verdict: Verdict


class Marking:
    """A rebuilt notebook while points and outputs are put into it.

    Parameters
    ----------
    rebuilt : Rebuilt
        The submission.
    release : Release
        What was handed out.

    Attributes
    ----------
    result : NotebookResult
        What it has got so far.
    """

    def __init__(self, rebuilt: Rebuilt, release: Release) -> None:
        self.rebuilt, self._release, self._count = rebuilt, release, 0
        self._raw = [deepcopy(cell.raw) for cell in rebuilt.cells]
        self._seen: list[SeenCell] = []
        self._asked: list[_Asked] = []
        self._numbers: dict[str, str] = {}
        self.result = NotebookResult(
            rebuilt.status,
            list(rebuilt.flags),
            notebook=release.notebook | {"cells": self._raw},
            version=course_version(),
        )

    def run(self, session: Session, seed: bytes, solutions: Mapping[str, tuple[str, ...]]) -> None:
        """Run all cells in order, and have the judge ask where the release says so.

        Parameters
        ----------
        session : Session
            A kernel for this submission alone.
        seed : bytes
            For the secret inputs.
        solutions : mapping of str to tuple of str
            The course's own, by grade id.
        """
        for cell, raw in self._pairs():
            self._cell(cell, raw, session, seed)
        self._judge_at_the_end(session, seed)
        if not session.ended:  # before the course's own solutions come in
            self.result.flags += complex_numbers(self._right(), seed, session.ask)
        self._give_second_chances(session, seed, solutions)
        states = [each.run.state for each in self._seen]
        if session.ended:
            self.result.flags.append(f"ended: {session.ended}")
        if "timeout" in (*states, session.ended):
            self.result.status = "timeout"
        elif session.ended:
            self.result.status = "crashed"
        unsealed = [name for name, scored in self.result.exercises.items() if scored.kind == "unsealed"]
        self.result.flags += [f"unsealed: {name}" for name in unsealed]

    def score_nothing(self, status: str = "") -> None:
        """Give no points but those that a person may give.

        Parameters
        ----------
        status : str, optional
            Why, one of `mlcourse.grading.results.STATES`; by default what the submission itself says.
        """
        self.result.status = status or self.result.status
        for cell, raw in self._pairs():
            if cell.code:
                raw["outputs"], raw["execution_count"] = [], None
            if cell.manual:
                self._keep(cell, _manual(cell))
            elif cell.graded:
                raw["outputs"] = [error("NotRun", f"{self.result.why_not_run}.")]
                kind = "sealed" if cell.exercise else "unsealed"
                self._keep(cell, ScoredExercise(kind, 0.0, cell.points, attempted=False))

    def _pairs(self) -> Any:
        return zip(self.rebuilt.cells, self._raw, strict=True)

    def _keep(self, cell: Cell, scored: ScoredExercise) -> None:
        self.result.exercises[cell.grade_id] = scored

    def _cell(self, cell: Cell, raw: dict[str, Any], session: Session, seed: bytes) -> None:
        """Run or judge a cell."""
        if cell.code:
            raw["outputs"], raw["execution_count"] = [], None
        if cell.exercise:
            self._count += 1
            verdict = self._judge(cell, session, seed)
            self._asked.append(_Asked(cell, raw, self._count, verdict))
            self._enter(self._asked[-1], _sealed(cell, verdict))
        elif cell.code and cell.source.strip():
            self._count += 1
            before = session.ended
            run = session.run(guarded(cell))
            self._seen.append(SeenCell(cell, run))
            self._numbers[str(len(self._seen))] = str(self._count)
            if run.state in _STOPPED and not before:
                where = f"In [{self._count}] ({cell.grade_id or 'own cell'})"
                self.result.flags.append(f"stopped: {where} {_STOPPED[run.state]}")
            raw["outputs"], raw["execution_count"] = self._outputs(run, session), self._count
        if cell.manual:
            self._keep(cell, _manual(cell))
        elif cell.graded and not cell.exercise:
            self._keep(cell, _unsealed(cell, raw))

    def _judge(self, cell: Cell, session: Session, seed: bytes, replaced: Replacement = NOTHING) -> Verdict:
        exercise = exercises.get(cell.exercise, self._release.own)
        if session.ended:  # what was never run is nobody's mistake
            words = _UNJUDGED.format(session.ended)
            return Verdict(exercise.id, exercise.title, 0.0, exercise.points, message=words)
        missing = partial(why_missing, seen=self._seen, released=self._release.cells)
        verdict, complaint = judge_exercise(exercise, cell.functions, seed, session.ask, missing, replaced)
        if complaint and not session.ended:
            self.result.flags.append(f"protocol: {cell.grade_id}: {complaint}")
        return verdict

    def _judge_at_the_end(self, session: Session, seed: bytes) -> None:
        """Judge once more what was not written yet when its turn came: it may stand below."""
        for number, asked in enumerate(self._asked):
            if (
                asked.verdict.possible
                and not asked.verdict.passed
                and not session.ended
                and self._below(asked)
            ):
                verdict = self._judge(asked.cell, session, seed)
                if verdict.points > asked.verdict.points:
                    self._asked[number] = replace(asked, verdict=verdict)
                    self._enter(self._asked[number], _sealed(asked.cell, verdict))

    def _below(self, asked: _Asked) -> bool:
        """Whether the learner defines one of its functions in a cell below the check."""
        place = next(number for number, cell in enumerate(self.rebuilt.cells) if cell is asked.cell)
        return not set(asked.cell.functions).isdisjoint(set().union(*self.rebuilt.defines[place:]))

    def _give_second_chances(
        self, session: Session, seed: bytes, solutions: Mapping[str, tuple[str, ...]]
    ) -> None:
        checks = [asked.cell for asked in self._asked]
        for asked in self._asked:
            replaced = replacement(asked.cell, checks, self.result.exercises, solutions)
            if not replaced.names or session.ended:
                continue
            verdict = self._judge(asked.cell, session, seed, replaced)
            if verdict.passed and not asked.verdict.passed:
                below = " that it goes on from"  # a class of the same name
                words = (f"`{n}`{below if n in asked.cell.functions else ''}" for n in replaced.names)
                message = (
                    f"Right by itself: judged with the course's {', '.join(words)} in the place of yours."
                )
                alone = self.result.exercises[asked.cell.grade_id].points
                scored = replace(_sealed(asked.cell, verdict), alone=alone, replaced=replaced.names)
                self._enter(replace(asked, verdict=replace(verdict, message=message)), scored)

    def _right(self) -> list[tuple[Exercise, tuple[str, ...]]]:
        """Exercises that got points, with the names of the learner's functions."""
        cells = [asked.cell for asked in self._asked if self.result.exercises[asked.cell.grade_id].points]
        return [(exercises.get(cell.exercise, self._release.own), cell.functions) for cell in cells]

    def _outputs(self, run: CellRun, session: Session) -> list[dict[str, Any]]:
        """Outputs of the cell that was run last, with the numbers that cells have on the page."""
        outputs = list(run.outputs)
        for output in outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = self._count
            if output["output_type"] == "error":  # the kernel itself does not count the checks
                output["traceback"] = [self._numbered(line) for line in output["traceback"]]
        if run.state != "done":
            name, words = _WORDS[run.state]
            outputs.append(error(name, words.format(session.ended)))
        return outputs

    def _numbered(self, line: str) -> str:
        return re.sub(r"(?<=In\[)\d+(?=\])", lambda found: self._numbers.get(found[0], found[0]), line)

    def _enter(self, asked: _Asked, scored: ScoredExercise) -> None:
        """Write points and card where nbgrader reads them: points as the cell's plain text."""
        data = {"text/plain": repr(scored.points or 0.0), "text/html": card_html(asked.verdict)}
        about = {"output_type": "execute_result", "execution_count": asked.count, "metadata": {}}
        asked.raw["outputs"], asked.raw["execution_count"] = [about | {"data": data}], asked.count
        self._keep(asked.cell, scored)


def _sealed(cell: Cell, verdict: Verdict) -> ScoredExercise:
    """Points of a verdict, on the cell's scale: an instructor may have changed it in nbgrader's toolbar."""
    if not verdict.possible and cell.points:  # a worker without PyTorch: zero would be unjust
        return ScoredExercise("manual", None, cell.points)
    points = cell.points * verdict.points / verdict.max_points if verdict.max_points else 0.0
    return ScoredExercise("sealed", points, cell.points, verdict.attempted, verdict.findings)


def _manual(cell: Cell) -> ScoredExercise:
    """Leave it to a person, if there is something to read: as nbgrader does."""
    there = cell.answered or cell.task
    return ScoredExercise("manual", None if there else 0.0, cell.points, attempted=there)


def _unsealed(cell: Cell, raw: dict[str, Any]) -> ScoredExercise:
    """Score a cell of asserts as nbgrader does, from its outputs; what would stop nbgrader is zero."""
    points = cell.points
    for output in raw["outputs"]:
        if output["output_type"] == "error" or output.get("name") == "stderr":
            points = 0.0
            break
        if output["output_type"] == "execute_result":
            points = _partial(output["data"]["text/plain"], cell.points)
            output["data"] = {"text/plain": repr(points)}
            break
    return ScoredExercise("unsealed", points, cell.points)


def _partial(text: str, most: float) -> float:
    try:
        points = float(text)
    except ValueError:
        return most
    return points if math.isfinite(points) and 0 <= points <= most else 0.0
