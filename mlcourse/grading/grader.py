"""Grade one notebook: a pure function of its bytes, the release, the course's version and the seed."""

import math
import time
from copy import deepcopy
from typing import Any

from mlcourse import exercises
from mlcourse.feedback import Verdict, card_html
from mlcourse.grading.course_calls import calls_of_the_course
from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.judge import judge_exercise
from mlcourse.grading.most_finished import most_finished
from mlcourse.grading.outputs import error
from mlcourse.grading.rebuild import Rebuilt
from mlcourse.grading.released import Cell, Release
from mlcourse.grading.results import NotebookResult, ScoredExercise
from mlcourse.grading.session import CellRun, Session
from mlcourse.grading.similarity import fingerprint
from mlcourse.grading.version import course_version

_WORDS = {
    "timeout": ("TimeLimit", "This cell took too long and was stopped."),
    "flood": ("OutputLimit", "This cell wrote too much and was stopped."),
    "ended": ("NotRun", "This cell was not run to its end: the program had ended ({})."),
}
_NOT_RUN = "This cell was not run: the submission is missing or broken."


def grade_notebook(files: HandedIn, release: Release, seed: bytes, server: ForkServer) -> NotebookResult:
    """Grade one notebook.

    Parameters
    ----------
    files : HandedIn
        What was handed in.
    release : Release
        What was handed out.
    seed : bytes
        For the secret inputs, from `mlcourse.grading.judge.seed`.
    server : ForkServer
        Where the kernel comes from.
    """
    started = time.monotonic()
    marking = _Marking(most_finished(files, release), release)
    if marking.result.status == "graded":
        session = Session(server, files.others)
        try:
            marking.run(session, seed)
        finally:
            session.close()
        marking.result.flags += calls_of_the_course(release, marking.rebuilt.cells, dict(files.others))
        marking.result.fingerprint = fingerprint(release, marking.rebuilt.cells)
    else:
        marking.score_nothing()
    marking.result.seconds = round(time.monotonic() - started, 3)
    return marking.result


def not_executed(files: HandedIn, release: Release, status: str, flag: str) -> NotebookResult:
    """Result of a submission that could not be executed: nothing but what a person has to score.

    Parameters
    ----------
    files, release
        As for `grade_notebook`.
    status, flag : str
        What to report.
    """
    marking = _Marking(most_finished(files, release), release)
    marking.score_nothing()
    marking.result.status = status
    marking.result.flags.append(flag)
    return marking.result


class _Marking:
    """A rebuilt notebook while points and outputs are put into it."""

    def __init__(self, rebuilt: Rebuilt, release: Release) -> None:
        self.rebuilt, self.count, self.own = rebuilt, 0, release.own
        self.raw = [deepcopy(cell.raw) for cell in rebuilt.cells]
        self.result = NotebookResult(
            rebuilt.status,
            list(rebuilt.flags),
            notebook=release.notebook | {"cells": self.raw},
            version=course_version(),
        )

    def run(self, session: Session, seed: bytes) -> None:
        """Run all cells in order, and have the judge ask where the release says so."""
        states = [self._cell(cell, raw, session, seed) for cell, raw in self._pairs()]
        if session.ended:
            self.result.flags.append(f"ended: {session.ended}")
        if "timeout" in (*states, session.ended):
            self.result.status = "timeout"
        elif session.ended:
            self.result.status = "crashed"
        unsealed = [name for name, scored in self.result.exercises.items() if scored.kind == "unsealed"]
        self.result.flags += [f"unsealed: {name}" for name in unsealed]

    def score_nothing(self) -> None:
        """Give no points but those that a person may give."""
        for cell, raw in self._pairs():
            if cell.code:
                raw["outputs"], raw["execution_count"] = [], None
            if cell.manual:
                self._keep(cell, _manual(cell))
            elif cell.graded:
                raw["outputs"] = [error("NotRun", _NOT_RUN)]
                kind = "sealed" if cell.exercise else "unsealed"
                self._keep(cell, ScoredExercise(kind, 0.0, cell.points))

    def _pairs(self) -> Any:
        return zip(self.rebuilt.cells, self.raw, strict=True)

    def _keep(self, cell: Cell, scored: ScoredExercise) -> None:
        self.result.exercises[cell.grade_id] = scored

    def _cell(self, cell: Cell, raw: dict[str, Any], session: Session, seed: bytes) -> str:
        """Run or judge a cell; return what became of it."""
        state = "done"
        if cell.code:
            raw["outputs"], raw["execution_count"] = [], None
        if cell.exercise:
            self._judge(cell, raw, session, seed)
        elif cell.code and cell.source.strip():
            self.count += 1
            run = session.run(cell.source)
            state = run.state
            raw["outputs"], raw["execution_count"] = _outputs(run, session, self.count), self.count
        if cell.manual:
            self._keep(cell, _manual(cell))
        elif cell.graded and not cell.exercise:
            self._keep(cell, _unsealed(cell, raw))
        return state

    def _judge(self, cell: Cell, raw: dict[str, Any], session: Session, seed: bytes) -> None:
        self.count += 1
        exercise = exercises.get(cell.exercise, self.own)
        verdict, complaint = judge_exercise(exercise, cell.functions, seed, session.ask)
        if complaint and not session.ended:
            self.result.flags.append(f"protocol: {cell.grade_id}: {complaint}")
        scored = _sealed(cell, verdict)
        raw["outputs"], raw["execution_count"] = [_card(scored, verdict, self.count)], self.count
        self._keep(cell, scored)


def _outputs(run: CellRun, session: Session, count: int) -> list[dict[str, Any]]:
    outputs = list(run.outputs)
    for output in outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = count
    if run.state != "done":
        name, words = _WORDS[run.state]
        outputs.append(error(name, words.format(session.ended)))
    return outputs


def _sealed(cell: Cell, verdict: Verdict) -> ScoredExercise:
    """Points of a verdict, on the cell's scale: an instructor may have changed it in nbgrader's toolbar."""
    points = cell.points * verdict.points / verdict.max_points if verdict.max_points else 0.0
    return ScoredExercise("sealed", points, cell.points, verdict.attempted, verdict.findings)


def _card(scored: ScoredExercise, verdict: Verdict, count: int) -> dict[str, Any]:
    """A verdict where nbgrader reads it: points as the cell's plain text, the card beside it."""
    data = {"text/plain": repr(scored.points), "text/html": card_html(verdict)}
    return {"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}}


def _manual(cell: Cell) -> ScoredExercise:
    """Leave it to a person, if there is something to read: as nbgrader does."""
    return ScoredExercise("manual", None if cell.answered or cell.task else 0.0, cell.points)


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
