"""What each known mistake means, as a page for teachers: made from the declarations."""

from collections.abc import Iterable

from mlcourse.exercises import Exercise

HEAD = """# Known mistakes

What `check` and the class report mean by a name: the sentence that the learner reads.
"""


def mistakes_table(exercises: Iterable[Exercise]) -> str:
    """Markdown: a table for each exercise, its mistakes in the order of the declaration.

    A mistake that several functions of an exercise share is listed once.
    """
    exercises = list(exercises)
    sections = [HEAD] if exercises else [HEAD, "There are no exercises that `check` knows.\n"]
    for exercise in exercises:
        sentences = {m.name: m.sentence for part in exercise.parts for m in part.mistakes}
        rows = [f"| {name} | {_cell(sentence)} |" for name, sentence in sentences.items()]
        title = (
            f"## {exercise.id}\n\n{exercise.title}; lesson {exercise.lesson}; points: {exercise.points:g}\n"
        )
        sections.append("\n".join([title, "| name | what the learner is told |", "|---|---|", *rows, ""]))
    return "\n".join(sections)


def _cell(text: str) -> str:
    """Text as it may stand in a table: nothing of it ends the cell or turns into markup."""
    for character in ("\\", "|", "*", "_", "<", "[", "`"):
        text = text.replace(character, f"\\{character}")
    return text
