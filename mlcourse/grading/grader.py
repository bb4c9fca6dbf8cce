"""Grade one notebook: a pure function of its bytes, the release, the course's version and the seed."""

import math
import time
from copy import deepcopy
from typing import Any

from mlcourse import exercises
from mlcourse.feedback import Verdict, card_html
from mlcourse.grading.course_calls import calls_of_the_course
from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.judge import judge_exercise
from mlcourse.grading.outputs import error
from mlcourse.grading.rebuild import Rebuilt, rebuild
from mlcourse.grading.released import Cell, Release
from mlcourse.grading.session import CellRun, Session
from mlcourse.grading.similarity import fingerprint

_WORDS = {
    "timeout": ("TimeLimit", "This cell took too long and was stopped."),
    "flood": ("OutputLimit", "This cell wrote too much and was stopped."),
    "ended": ("NotRun", "This cell was not run to its end: the program had ended ({})."),
}


def grade_notebook(
    submission: bytes | None, release: Release, seed: bytes, server: ForkServer
) -> dict[str, Any]:
    """Grade one notebook.

    Parameters
    ----------
    submission : bytes or None
        Content of the submitted file; None if there is none.
    release : Release
        What was handed out.
    seed : bytes
        For the secret inputs, from `mlcourse.grading.judge.seed`.
    server : ForkServer
        Where the kernel comes from.

    Returns
    -------
    dict
        Plain JSON: ``status``, ``flags``, ``exercises`` (by grade id), ``notebook``, ``fingerprint``,
        ``seconds``.
    """
    started = time.monotonic()
    rebuilt = rebuild(submission, release)
    cells = [deepcopy(cell.raw) for cell in rebuilt.cells]
    graded: dict[str, dict[str, Any]] = {}
    status, flags = rebuilt.status, list(rebuilt.flags)
    if status == "graded":
        session = Session(server)
        try:
            states = _run(rebuilt, cells, graded, flags, seed, session)
        finally:
            session.close()
        if session.ended:
            flags.append(f"ended: {session.ended}")
        if "timeout" in (*states, session.ended):
            status = "timeout"
        elif session.ended:
            status = "crashed"
        flags += calls_of_the_course(release, rebuilt.cells)
    else:
        _score_nothing(rebuilt, cells, graded)
    flags += [f"unsealed: {name}" for name, result in graded.items() if result["kind"] == "unsealed"]
    return {
        "status": status,
        "flags": flags,
        "exercises": graded,
        "notebook": release.notebook | {"cells": cells},
        "fingerprint": fingerprint(release, rebuilt.cells) if rebuilt.status == "graded" else None,
        "seconds": round(time.monotonic() - started, 3),
    }


def failed(submission: bytes | None, release: Release, status: str, flag: str) -> dict[str, Any]:
    """Result of a submission that could not be executed: nothing but what a person has to score.

    Parameters
    ----------
    submission, release
        As for `grade`.
    status, flag : str
        What to report.
    """
    rebuilt = rebuild(submission, release)
    cells = [deepcopy(cell.raw) for cell in rebuilt.cells]
    graded: dict[str, dict[str, Any]] = {}
    _score_nothing(rebuilt, cells, graded)
    return {
        "status": status,
        "flags": [*rebuilt.flags, flag],
        "exercises": graded,
        "notebook": release.notebook | {"cells": cells},
        "fingerprint": None,
        "seconds": 0.0,
    }


def _run(
    rebuilt: Rebuilt,
    cells: list[dict[str, Any]],
    graded: dict[str, dict[str, Any]],
    flags: list[str],
    seed: bytes,
    session: Session,
) -> list[str]:
    """Run all cells in order; outputs go into `cells`, results into `graded`; return the runs' states."""
    states, count = [], 0
    for cell, raw in zip(rebuilt.cells, cells, strict=True):
        if not cell.code:
            if cell.manual:
                graded[cell.grade_id] = _manual(cell)
            continue
        raw["outputs"], raw["execution_count"] = [], None
        if cell.exercise:
            count += 1
            exercise = exercises.get(cell.exercise)
            verdict, complaint = judge_exercise(exercise, cell.functions, seed, session.ask)
            if complaint and not session.ended:
                flags.append(f"protocol: {cell.grade_id}: {complaint}")
            _write(cell, raw, verdict, graded, count)
        elif cell.source.strip():
            count += 1
            run = session.run(cell.source)
            states.append(run.state)
            raw["outputs"], raw["execution_count"] = _outputs(run, session, count), count
        if cell.graded and not cell.exercise:
            graded[cell.grade_id] = _manual(cell) if cell.manual else _unsealed(cell, raw)
    return states


def _score_nothing(rebuilt: Rebuilt, cells: list[dict[str, Any]], graded: dict[str, dict[str, Any]]) -> None:
    for cell, raw in zip(rebuilt.cells, cells, strict=True):
        if cell.code:
            raw["outputs"], raw["execution_count"] = [], None
        if cell.manual:
            graded[cell.grade_id] = _manual(cell)
        elif cell.graded:
            raw["outputs"] = [error("NotRun", "This cell was not run: the submission is missing or broken.")]
            graded[cell.grade_id] = _result(cell, "sealed" if cell.exercise else "unsealed", 0.0)


def _outputs(run: CellRun, session: Session, count: int) -> list[dict[str, Any]]:
    outputs = list(run.outputs)
    for output in outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = count
    if run.state != "done":
        name, words = _WORDS[run.state]
        outputs.append(error(name, words.format(session.ended)))
    return outputs


def _write(
    cell: Cell, raw: dict[str, Any], verdict: Verdict, graded: dict[str, dict[str, Any]], count: int
) -> None:
    """Write a verdict where nbgrader reads it: points as the cell's plain text, the card beside it."""
    points = min(verdict.points, cell.points)
    data = {"text/plain": repr(points), "text/html": card_html(verdict)}
    raw["execution_count"] = count
    raw["outputs"] = [
        {"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}}
    ]
    graded[cell.grade_id] = _result(cell, "sealed", points) | {
        "attempted": verdict.attempted,
        "findings": [
            {"variable": found.variable, "sentence": found.sentence, "mistake": found.mistake}
            for found in verdict.findings
        ],
    }


def _manual(cell: Cell) -> dict[str, Any]:
    """Leave it to a person, if there is something to read: as nbgrader does."""
    return _result(cell, "manual", None if cell.answered or cell.task else 0.0)


def _unsealed(cell: Cell, raw: dict[str, Any]) -> dict[str, Any]:
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
    return _result(cell, "unsealed", points)


def _partial(text: str, most: float) -> float:
    try:
        points = float(text)
    except ValueError:
        return most
    return points if math.isfinite(points) and 0 <= points <= most else 0.0


def _result(cell: Cell, kind: str, points: float | None) -> dict[str, Any]:
    return {"kind": kind, "points": points, "max_points": cell.points, "attempted": True, "findings": []}
