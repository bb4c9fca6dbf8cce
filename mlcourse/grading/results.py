"""What grading says of an exercise, a notebook, a student: plain values, so that they travel as JSON."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from mlcourse.exercises.base import Finding

STATES = ("graded", "missing", "unreadable", "timeout", "crashed")
"""What may have become of a notebook, the worst last."""


@dataclass(frozen=True)
class ScoredExercise:
    """What one graded cell has got.

    Attributes
    ----------
    kind : str
        ``"sealed"`` (judged from outside), ``"unsealed"`` (a cell of plain asserts) or ``"manual"``.
    points : float or None
        None where a person has to say.
    max_points : float
        What the cell is worth.
    attempted : bool
        False for a stub that was left as it was, and for what was never run.
    findings : tuple of Finding
        The first wrong thing of each function.
    alone : float or None
        Points with nothing but the learner's own functions, where `points` are of a second chance.
    replaced : tuple of str
        The learner's functions in whose place the course's stood for `points`.
    """

    kind: str
    points: float | None
    max_points: float
    attempted: bool = True
    findings: tuple[Finding, ...] = ()
    alone: float | None = None
    replaced: tuple[str, ...] = ()


@dataclass
class NotebookResult:
    """What one notebook has got.

    Attributes
    ----------
    status : str
        One of `STATES`.
    flags : list of str
        What an instructor should look at.
    exercises : dict of str to ScoredExercise
        By nbgrader's grade id.
    notebook : dict
        The graded notebook as nbformat has it, outputs and cards in it; empty once it was written.
    statements : dict of str to int
        Of the solutions, from `mlcourse.grading.similarity`.
    seconds : float
        How long it took.
    version : str
        Of the course that graded it, from `mlcourse.grading.version`.
    """

    status: str
    flags: list[str] = field(default_factory=list)
    exercises: dict[str, ScoredExercise] = field(default_factory=dict)
    notebook: dict[str, Any] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    version: str = ""

    @property
    def why_not_run(self) -> str:
        """Why nothing of it was run, for its author; empty if it was."""
        if self.status == "missing":
            return "no notebook was handed in"
        if self.status == "unreadable":
            why = next((flag for flag in self.flags if flag.startswith("unreadable: ")), "")
            return f"the notebook cannot be read, {why.removeprefix('unreadable: ').partition(';')[0]}"
        return "grading it failed, and a person has to look at it" if self.status == "crashed" else ""

    def to_json(self) -> str:
        """Write it as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> "NotebookResult":
        """Read what `to_json` wrote.

        Raises
        ------
        ValueError
            If it is anything else.
        """
        try:
            content = json.loads(text)
            exercises = {name: _exercise(**scored) for name, scored in content.pop("exercises").items()}
            return cls(exercises=exercises, **content)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"not a result: {error}") from error


def _exercise(findings: list[dict[str, Any]], replaced: list[str], **about: Any) -> ScoredExercise:
    found = tuple(Finding(**each) for each in findings)
    return ScoredExercise(findings=found, replaced=tuple(replaced), **about)


@dataclass
class StudentResult:
    """What one student has got for an assignment.

    Attributes
    ----------
    student : str
        Id.
    notebooks : dict of str to NotebookResult
        By name.
    seconds_late : float
        By nbgrader's due date; 0 where that, or when it was handed in, is not known.
    penalty : float
        Points that nbgrader's late penalty takes off.
    """

    student: str
    notebooks: dict[str, NotebookResult] = field(default_factory=dict)
    seconds_late: float = 0.0
    penalty: float = 0.0

    @property
    def exercises(self) -> dict[str, ScoredExercise]:
        """Of all notebooks, by grade id."""
        return {name: scored for found in self.notebooks.values() for name, scored in found.exercises.items()}

    @property
    def score(self) -> float:
        """Sum of the points; what a person has still to score counts as nothing."""
        return sum(scored.points or 0.0 for scored in self.exercises.values())

    @property
    def max_score(self) -> float:
        """Sum of what the cells are worth."""
        return sum(scored.max_points for scored in self.exercises.values())

    @property
    def status(self) -> str:
        """The worst of the notebooks."""
        return max((found.status for found in self.notebooks.values()), key=STATES.index)

    @property
    def flags(self) -> list[str]:
        """Of all notebooks."""
        return [flag for found in self.notebooks.values() for flag in found.flags]

    @property
    def statements(self) -> dict[str, int]:
        """Of all notebooks, for `mlcourse.grading.similarity`."""
        counts: Counter[str] = Counter()
        for found in self.notebooks.values():
            counts.update(found.statements)
        return dict(counts)

    @property
    def seconds(self) -> float:
        """How long all notebooks took."""
        return sum(found.seconds for found in self.notebooks.values())

    def flag(self, text: str) -> None:
        """Add a flag about the submission as a whole."""
        next(iter(self.notebooks.values())).flags.append(text)
