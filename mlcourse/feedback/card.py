"""The card of a verdict, as HTML and as plain text."""

from html import escape

from mlcourse.feedback.evaluation import Verdict


def card_text(verdict: Verdict) -> str:
    """A few lines of plain text."""
    head = f"{verdict.title}: {verdict.points:g} of {verdict.max_points:g} points"
    if verdict.message:
        return f"{head}\n{verdict.message}"
    lines = [head]
    for part in verdict.parts:
        words = "right" if part.passed else part.finding.sentence if part.finding else "not attempted yet"
        lines.append(f"  {part.function}: {words}")
    return "\n".join(lines)


def card_html(verdict: Verdict) -> str:
    """The same for a notebook."""
    return f"<pre>{escape(card_text(verdict))}</pre>"
