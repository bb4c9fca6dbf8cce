"""The page of a class: one file that an instructor opens before the lecture; it asks nothing of anybody.

All that comes from submissions is escaped, then cleaned, and the page forbids itself scripts and requests.
"""

import ast
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from statistics import median
from typing import Any

import nh3
from jinja2 import Environment
from markupsafe import Markup

from mlcourse import exercises
from mlcourse.exercises.edits import assigned
from mlcourse.exercises.known_mistakes import EditedMistake
from mlcourse.grading.class_sources import Sources
from mlcourse.grading.names import plain_text
from mlcourse.grading.timestamps import duration

STATES = ("right", "partly right", "wrong", "open", "to be scored by hand")
"""What may have become of an exercise."""
# The course's palette, which only pictures import; a test holds these to it.
COLOURS = {"right": "#009E73", "partly right": "#E69F00", "wrong": "#D55E00", "mistake": "#0072B2"}
_MOST_BARS = 12
_MOST_MISTAKES = 20
_MOST_PAIRS = 10
_SLOW = 5


@dataclass
class Mistake:
    """A mistake that some of the class made.

    Attributes
    ----------
    exercise, name, variable, sentence, formula : str
        Where, what it is called, what is wrong, what is said about it, and what is right. Without a name no
        known mistake explains it, and each answer has a sentence of its own.
    students : list of str
        Who.
    example : str
        A line of one of them, without a name.
    """

    exercise: str
    name: str
    variable: str
    sentence: str
    formula: str
    students: list[str] = field(default_factory=list)
    example: str = ""


def render(report: Mapping[str, Any], sources: Sources) -> str:
    """Write the page.

    Parameters
    ----------
    report : mapping
        From `mlcourse.grading.report.as_json`.
    sources : Sources
        Where the graded notebooks are, for lines of them.
    """
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(learner=learner, rich=rich, duration=duration)
    environment.tests["elsewhere"] = lambda flag: not _is_not_shown(flag)
    template = environment.from_string(files(__package__).joinpath("class_page.html").read_text("utf-8"))
    students = report["students"]
    scores = [found["score"] - found["penalty"] for found in students.values()]
    most = max((found["max_score"] for found in students.values()), default=0.0)
    mistakes = _mistakes(students, sources)
    named = [mistake for mistake in mistakes if mistake.name]
    counts = _exercises(students)
    return template.render(
        lesson=report["assignment"],
        count=len(students),
        mean=sum(scores) / max(1, len(scores)),
        median=median(scores) if scores else 0,
        most=most,
        bars=bars(scores, most),
        colours=COLOURS,
        states=[each for each in STATES if any(exercise["counts"][each] for exercise in counts)],
        exercises=counts,
        mistakes=named[:_MOST_MISTAKES],
        further=len(named) - _MOST_MISTAKES,
        unnamed=[mistake for mistake in mistakes if not mistake.name],
        late={name: found for name, found in students.items() if found["seconds_late"] or _says_late(found)},
        doubtful=any(map(_says_late, students.values())),
        flagged={name: found for name, found in students.items() if _asks_for_a_look(found)},
        pairs=[_pair(pair, sources) for pair in report["alike"][:_MOST_PAIRS]],
        further_pairs=len(report["alike"]) - _MOST_PAIRS,
        slow=_slow(students),
        not_run={name: found["status"] for name, found in students.items() if found["status"] != "graded"},
    )


def learner(text: Any) -> Markup:
    """Make a text of a learner's harmless: whatever it holds, a page shows it letter by letter."""
    return Markup(nh3.clean_text(plain_text(str(text))).replace("&#32;", " "))


def rich(text: str) -> Markup:
    """As `learner`, with what stands in backticks as code."""
    parts = re.split(r"`([^`]+)`", text)
    shown = (f"<code>{learner(part)}</code>" if odd else learner(part) for odd, part in _odd(parts))
    return Markup("".join(shown))


def bars(scores: list[float], most: float) -> list[dict[str, Any]]:
    """Count scores in bins of whole points.

    Parameters
    ----------
    scores : list of float
        Each student's.
    most : float
        Points possible; who has them all stands in a bin of its own, the last.

    Returns
    -------
    list of dict
        Of each bin its ``label``, ``count`` and ``height`` (of the highest, from 0 to 1).
    """
    width = max(1, math.ceil(most / _MOST_BARS))
    number = max(1, math.ceil(most / width)) + 1
    counts = Counter(
        min(number - 1, int((score + 1e-9) // width)) if score < most else number - 1 for score in scores
    )
    highest = max(counts.values(), default=1)

    def label(index: int) -> str:
        first, last = index * width, min(most, (index + 1) * width)
        if index == number - 1:
            return f"{most:g}"
        return f"{first:g}" if width == 1 and last == first + 1 else f"{first:g}–{last:g}"

    return [
        {"label": label(index), "count": counts[index], "height": counts[index] / highest}
        for index in range(number)
    ]


def _odd(parts: list[str]) -> list[tuple[bool, str]]:
    return [(bool(index % 2), part) for index, part in enumerate(parts)]


def state(scored: Mapping[str, Any]) -> str:
    """What became of an exercise, one of `STATES`."""
    if not scored["attempted"]:
        return "open"
    if scored["points"] is None:
        return "to be scored by hand"
    if scored["points"] >= scored["max_points"]:
        return "right"
    return "partly right" if scored["points"] > 0 else "wrong"


def _exercises(students: Mapping[str, Any]) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {}
    points: dict[str, float] = {}
    for found in students.values():
        for name, scored in found["exercises"].items():
            counts.setdefault(name, Counter())[state(scored)] += 1
            points[name] = scored["max_points"]
    return [
        {
            "name": name,
            "title": _title(name),
            "points": points[name],
            "counts": counted,
            "all": counted.total(),
        }
        for name, counted in counts.items()
    ]


def _mistakes(students: Mapping[str, Any], sources: Sources) -> list[Mistake]:
    """The mistakes of the class, the most frequent first."""
    found: dict[tuple[str, str, str], Mistake] = {}
    for student, about in students.items():
        for exercise, scored in about["exercises"].items():
            for finding in scored["findings"]:
                # Two mistakes at once come as one finding, their names with a comma between.
                names = (finding["mistake"] or "").split(", ")
                for name in names:
                    kind = (exercise, name, "" if name else finding["variable"])
                    if kind not in found:
                        said = (
                            finding["sentence"]
                            if name
                            else f"`{finding['variable']}` is wrong in another way."
                        )
                        sentence = said if len(names) == 1 else _known(exercise).get(name, said)
                        variable = made_in(exercise, name) or finding["variable"]
                        formula = _formula(exercise, variable)
                        found[kind] = Mistake(_title(exercise), name, variable, sentence, formula)
                    mistake = found[kind]
                    mistake.students.append(student)
                    if name and not mistake.example:
                        mistake.example = sources.line(student, exercise, mistake.variable)
    return sorted(found.values(), key=lambda mistake: -len(mistake.students))


def _known(exercise: str) -> dict[str, str]:
    """The sentence of each known mistake, by its name."""
    try:
        parts = exercises.get(exercise).parts
    except KeyError:
        return {}
    return {mistake.name: mistake.sentence for part in parts for mistake in part.mistakes}


def made_in(exercise: str, name: str) -> str:
    """Variable in whose formula a known mistake is made; empty where that is none, or more than one.

    What is reported is the first wrong value that was returned, which may be computed further on.

    Parameters
    ----------
    exercise, name : str
        Of the exercise and of the mistake.
    """
    try:
        parts = exercises.get(exercise).parts
    except KeyError:
        return ""
    for part in parts:
        for mistake in part.mistakes:
            if mistake.name == name and isinstance(mistake, EditedMistake):
                changed = set(mistake.edit.changes)
                found = [
                    variable
                    for variable, statements in assigned(mistake.reference).items()
                    if any(changed & set(ast.walk(statement)) for statement in statements)
                ]
                return found[0] if len(found) == 1 and found[0] in part.formulas else ""
    return ""


def _title(exercise: str) -> str:
    try:
        return exercises.get(exercise).title
    except KeyError:  # a cell of an instructor's own
        return exercise


def _formula(exercise: str, variable: str) -> str:
    try:
        parts = exercises.get(exercise).parts
    except KeyError:
        return ""
    return next((part.formulas[variable] for part in parts if variable in part.formulas), "")


def _says_late(found: Mapping[str, Any]) -> bool:
    return any(flag.startswith(("late,", "no penalty:")) for flag in found["flags"])


def _asks_for_a_look(found: Mapping[str, Any]) -> bool:
    return found["status"] != "graded" or any(map(_is_not_shown, found["flags"]))


def _is_not_shown(flag: str) -> bool:
    """Whether no other section of the page says the same."""
    return not flag.startswith(("late,", "no penalty:", "alike:"))


def _pair(pair: Mapping[str, Any], sources: Sources) -> dict[str, Any]:
    first, second = pair["students"]
    return {"students": (first, second), "share": pair["share"], "sides": sources.beside(first, second)}


def _slow(students: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """Who took far longer than the others, and how many times as long as the one in the middle."""
    seconds = {name: found["seconds"] for name, found in students.items() if found["seconds"]}
    usual = median(seconds.values()) if seconds else 0.0
    slow = [(name, took, took / usual) for name, took in seconds.items() if took > 2 * usual]
    return sorted(slow, key=lambda each: -each[1])[:_SLOW]
