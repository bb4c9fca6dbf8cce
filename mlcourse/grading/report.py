"""What a run says in the end: a JSON file for tools, a table for people."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mlcourse.grading.names import plain_text
from mlcourse.grading.results import StudentResult
from mlcourse.grading.similarity import Pair
from mlcourse.grading.timestamps import duration

_MOST_MISTAKES = 8


def as_json(
    assignment: str, results: Mapping[str, StudentResult], sandboxed: bool, pairs: Sequence[Pair] = ()
) -> dict[str, Any]:
    """Sum up a run as plain data.

    Parameters
    ----------
    assignment : str
        Which lesson.
    results : mapping of str to StudentResult
        By student.
    sandboxed : bool
        Whether submissions ran in a sandbox.
    pairs : sequence of Pair
        Submissions that are alike.
    """
    return {
        "assignment": assignment,
        "sandboxed": sandboxed,
        "students": {student: _student(found) for student, found in sorted(results.items())},
        "alike": [asdict(pair) for pair in pairs],
    }


def as_text(content: dict[str, Any]) -> str:
    """Write a report as the text of a file."""
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    return text.encode(errors="backslashreplace").decode()  # an exception's message may be any text


def table(report: dict[str, Any]) -> str:
    """Draw up the table for the terminal.

    Parameters
    ----------
    report : dict
        From `as_json`.
    """
    students = report["students"]
    lines = (
        []
        if report["sandboxed"]
        else ["WITHOUT A SANDBOX: submissions could read and write what you can.", ""]
    )
    width = max([7, *map(len, students)])
    late = {student: _late(found) for student, found in students.items()}
    wide = max(map(len, late.values()))  # no column where nobody is late
    column = f"  {'late':{wide}}" if wide else ""
    lines.append(f"{'student':{width}}  {'score':>11}{column}  {'status':10}  flags")
    for student, found in students.items():
        score = f"{found['score']:g} of {found['max_score']:g}"
        flags = "; ".join(found["flags"][:3]) + ("; ..." if len(found["flags"]) > 3 else "")
        column = f"  {late[student]:{wide}}" if wide else ""
        lines.append(f"{student:{width}}  {score:>11}{column}  {found['status']:10}  {flags}".rstrip())
    text = "\n".join([*lines, "", _summary(students), *_mistakes(students)])
    return text.encode(errors="backslashreplace").decode()


def _student(result: StudentResult) -> dict[str, Any]:
    return {
        "score": result.score,
        "max_score": result.max_score,
        "seconds_late": result.seconds_late,
        "penalty": result.penalty,
        "seconds": round(result.seconds, 3),
        "status": result.status,
        "flags": [plain_text(flag) for flag in result.flags],
        "exercises": {name: asdict(scored) for name, scored in result.exercises.items()},
    }


def _late(found: dict[str, Any]) -> str:
    """How late, and what that costs."""
    if not found["seconds_late"]:
        return ""
    return duration(found["seconds_late"]) + (f", -{found['penalty']:g}" if found["penalty"] else "")


def _summary(students: dict[str, Any]) -> str:
    scores = [found["score"] for found in students.values()]
    states = Counter(found["status"] for found in students.values())
    mean = sum(scores) / len(scores)
    counted = ", ".join(f"{count} {state}" for state, count in states.most_common())
    return f"{len(scores)} student{'s' * (len(scores) != 1)}: {counted}. Mean score {mean:.2f}."


def _mistakes(students: dict[str, Any]) -> list[str]:
    """Lines about the mistakes that most of the class made, each with its sentence."""
    counts: Counter[tuple[str, str]] = Counter()
    sentences: dict[tuple[str, str], str] = {}
    for found in students.values():
        for name, scored in found["exercises"].items():
            for finding in scored["findings"]:
                kind = (name, finding["mistake"] or f"{finding['variable']} is wrong")
                counts[kind] += 1
                sentences[kind] = finding["sentence"] if finding["mistake"] else ""
    lines = []
    for (name, mistake), count in counts.most_common(_MOST_MISTAKES):
        sentence = sentences[name, mistake]
        lines.append(f"  {count:4}  {name}: {mistake}{sentence and f' - {sentence}'}")
    return ["Most frequent mistakes:", *lines] if lines else []
