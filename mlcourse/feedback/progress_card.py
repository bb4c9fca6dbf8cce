"""`progress`: a card of the course, with buttons to take it along and to bring it back."""

import base64
from html import escape
from importlib.util import find_spec
from typing import Any

from mlcourse import exercises
from mlcourse.feedback import kept_work, progress_store
from mlcourse.feedback.card import FONT, PAPER, TEXT

_LINK = (
    f"display: inline-block; padding: 0.3em 0.8em; border: 1px solid {TEXT}; border-radius: 3px; "
    f"background: {PAPER}; color: {TEXT}; text-decoration: none; {FONT}"
)


class Progress:
    """The course so far: points won of points possible in each lesson."""

    def __init__(self, message: str = "") -> None:
        self.points, trouble = progress_store.load()
        self.message = message or trouble

    def rows(self) -> list[tuple[str, float, int]]:
        """Lesson, points won, points possible: without PyTorch its exercises are outside the total."""
        found = []
        for lesson in exercises.LESSONS:
            declared = [
                exercise
                for exercise in exercises.of_lesson(lesson)
                if not exercise.requires or exercise.id in self.points or find_spec(exercise.requires)
            ]
            won = sum(min(self.points.get(e.id, 0.0), e.points) for e in declared)
            found.append((lesson, won, sum(e.points for e in declared)))
        return found

    def answered(self, lesson: str) -> str:
        """How many of a lesson's questions have been answered, in words; empty where it asks none."""
        asked = exercises.questions_of_lesson(lesson)
        return f"{sum(q.id in self.points for q in asked)} of {len(asked)} questions" if asked else ""

    def __repr__(self) -> str:
        lines = [
            f"{lesson:28} {won:g} of {possible} points, {self.answered(lesson)}".rstrip(", ")
            for lesson, won, possible in self.rows()
        ]
        return "\n".join([*lines, self.message] if self.message else lines)

    def _repr_html_(self) -> str:
        return f"{self._table()}<p>{self._export()}</p>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = {"text/plain": repr(self), "text/html": self._repr_html_()}
        try:
            bundle |= self._widget()._repr_mimebundle_()
        except Exception:  # no kernel to talk to: the static card still is one
            return bundle
        return {**bundle, "text/plain": repr(self)}

    def _table(self) -> str:
        rows = self.rows()
        won, possible = sum(row[1] for row in rows), sum(row[2] for row in rows)
        cell = "style='text-align: left; padding: 0.15em 1em 0.15em 0; background: none'"
        body = "".join(
            f"<tr style='background: none'><th scope='row' {cell}>{escape(lesson)}</th>"
            f"<td {cell}><progress value='{points:g}' max='{most or 1}' aria-hidden='true'></progress></td>"
            f"<td {cell}>{points:g} of {most} points</td><td {cell}>{self.answered(lesson)}</td></tr>"
            for lesson, points, most in rows
        )
        message = f"<p role='status'>{escape(self.message)}</p>" if self.message else ""
        return (
            f"<div role='region' aria-label='Progress' style='background: {PAPER}; color: {TEXT}; {FONT}; "
            f"border: 1px solid var(--jp-border-color1, #bdbdbd); padding: 0.6em 1em; max-width: 46em'>"
            f"<table style='border: none; color: {TEXT}; margin: 0'><caption style='text-align: left; "
            f"color: {TEXT}; font-weight: bold'>Your progress: {won:g} of {possible} points</caption>"
            f"<tbody>{body}</tbody></table>{message}</div>"
        )

    def _export(self) -> str:
        answers = kept_work.collect() if progress_store.file() else {}
        data = base64.b64encode(progress_store.dump(self.points, answers).encode()).decode()
        return (
            f"<a role='button' style='{_LINK}' download='my-work.json' "
            f"href='data:application/json;base64,{data}'>Download my work</a>"
        )

    def _widget(self) -> Any:
        import ipywidgets

        card, link = ipywidgets.HTML(self._table()), ipywidgets.HTML(self._export())
        upload = ipywidgets.FileUpload(
            accept=".json", multiple=False, description="Bring my work back", layout={"width": "auto"}
        )

        def bring_back(change: dict[str, Any]) -> None:
            for item in change["new"]:
                again = Progress(_merged(item["name"], bytes(item["content"])))
                card.value, link.value = again._table(), again._export()

        upload.observe(bring_back, "value")
        return ipywidgets.VBox([card, ipywidgets.HBox([link, upload])])


def _merged(name: str, data: bytes) -> str:
    try:
        count, lessons = progress_store.merge(data)
    except progress_store.DamagedProgress as error:
        return f"{name} was not brought back: {error}. Choose a file that Download my work has made."
    except OSError as error:
        why = f"{error.filename} cannot be written ({error.strerror})"
        return f"{name} was not brought back: {why}. Mend that, then choose the file again."
    better = f"{count} {'result is' if count == 1 else 'results are'} better than before"
    if not lessons:
        return f"{name} is here: {better}; your notebooks already have its answers."
    return (
        f"{name} is here: {better}; answers came back into {', '.join(lessons)}. "
        "If one of them is open, choose Reload Notebook from Disk in the menu File."
    )


def progress() -> Progress:
    """Show the points won so far, with buttons to export and to import them.

    Returns
    -------
    Progress
        Shows itself as a card; its text is one line for each lesson.
    """
    return Progress()
