"""The card of a verdict: HTML for a notebook, a few lines of plain text for stdout.

Colours come from JupyterLab's theme, light or dark, with fallbacks for pages that have none. What they say
is also said by a symbol and in words.
"""

import re
from html import escape

from mlcourse.feedback.entries import WRONG
from mlcourse.feedback.evaluation import PartVerdict, Verdict
from mlcourse.feedback.hints import hints

RIGHT, OPEN = "✓", "○"
_ACCENTS = {
    RIGHT: "var(--jp-success-color1, #2e7d32)",
    WRONG: "var(--jp-error-color1, #c62828)",
    OPEN: "var(--jp-content-font-color2, #616161)",
}
TEXT = "var(--jp-content-font-color1, #212121)"
PAPER = "var(--jp-layout-color1, #ffffff)"
FONT = "font-family: var(--jp-content-font-family, system-ui, sans-serif); line-height: 1.5"


def card_text(verdict: Verdict, attempt: int = 1) -> str:
    """A few lines of plain text.

    Parameters
    ----------
    verdict : Verdict
        What to show.
    attempt : int
        How many wrong attempts there were, for the tier of the hints.
    """
    lines = [f"{verdict.title}: {_points(verdict)}"]
    if verdict.message:
        lines.append(f"  {_status(verdict)[0]} {verdict.message}")
    for part in verdict.parts:
        name = f"{part.function}: " if len(verdict.parts) > 1 else ""
        lines.append(f"  {_symbol(part)} {name}{_words(part)}")
        below = [part.where] if part.where else []
        below += ["Entries that are wrong (✗):", *part.grid] if part.grid else []
        lines += [f"    {line}" for line in below + _hints(part, attempt)]
    return "\n".join(lines)


def card_html(verdict: Verdict, attempt: int = 1) -> str:
    """The same as an HTML card, readable by a screen reader; text of the learner's is escaped.

    Parameters
    ----------
    verdict, attempt
        As for `card_text`.
    """
    symbol, status = _status(verdict)
    label = escape(f"{verdict.title}: {status}, {_points(verdict)}", quote=True)
    style = (
        f"border: 1px solid var(--jp-border-color1, #bdbdbd); border-left: 6px solid {_ACCENTS[symbol]}; "
        f"background: {PAPER}; color: {TEXT}; padding: 0.6em 1em; max-width: 46em; {FONT}"
    )
    head = (
        f'<div style="display: flex; flex-wrap: wrap; gap: 0.2em 1.5em; justify-content: space-between">'
        f"<strong>{mark(symbol)} {escape(verdict.title)}: {status}</strong>"
        f"<span>{_points(verdict)}</span></div>"
    )
    body = f"<p style='margin: 0.4em 0 0'>{rich(verdict.message)}</p>" if verdict.message else ""
    body += "".join(_part_html(part, attempt, alone=len(verdict.parts) == 1) for part in verdict.parts)
    return f'<div role="region" aria-label="{label}" style="{style}">{head}{body}</div>'


def _points(verdict: Verdict) -> str:
    unit = "point" if verdict.max_points == 1 else "points"
    return f"{verdict.points:.3g} of {verdict.max_points:g} {unit}"


def _status(verdict: Verdict) -> tuple[str, str]:
    if verdict.passed:
        return RIGHT, "all right"
    if verdict.message:
        return WRONG if verdict.possible else OPEN, "not checked"
    if not verdict.attempted:
        return OPEN, "not attempted yet"
    return WRONG, "partly right" if any(part.passed for part in verdict.parts) else "not right yet"


def _symbol(part: PartVerdict) -> str:
    return RIGHT if part.passed else WRONG if part.attempted else OPEN


def _words(part: PartVerdict) -> str:
    if part.passed:
        return "right"
    return f"{part.finding.sentence} {part.detail}".strip() if part.finding else "not attempted yet"


def _hints(part: PartVerdict, attempt: int) -> list[str]:
    return hints(part, attempt) if part.finding else []


def _part_html(part: PartVerdict, attempt: int, alone: bool) -> str:
    if alone and not part.finding:
        return ""  # the heading has said it
    name = f"{mark(_symbol(part))} <code>{escape(part.function)}</code>: "
    lines = [rich(_words(part)) if alone else name + rich(_words(part))]
    if part.where:
        lines.append(rich(part.where))
    elif part.right and part.finding:
        lines.append(f"{mark(RIGHT)} Right before it: {rich(', '.join(f'`{leaf}`' for leaf in part.right))}.")
    if part.grid:
        lines.append(_grid_html(part.grid))
    hint = " ".join(map(rich, _hints(part, attempt)))
    lines += [f"<strong>Hint.</strong> {hint}"] if hint else []
    return "".join(f"<p style='margin: 0.4em 0 0'>{line}</p>" for line in lines)


def _grid_html(rows: tuple[str, ...]) -> str:
    """Which entries are wrong, as symbols; for a screen reader as a sentence."""
    cells = "".join(rows).replace(" ", "")
    spoken = f"{cells.count(WRONG)} of {len(cells)} entries are wrong, in the rows "
    spoken += ", ".join(str(number) for number, row in enumerate(rows, start=1) if WRONG in row)
    picture = "\n".join(rows)
    return (
        f'Entries that are wrong ({WRONG}):<span role="img" aria-label="{spoken}" style="display: block; '
        f'white-space: pre; font-family: monospace; line-height: 1.2">{picture}</span>'
    )


def mark(symbol: str) -> str:
    """A symbol for the eye; what it means stands beside it in words, so a screen reader skips it."""
    return f'<span aria-hidden="true" style="color: {_ACCENTS[symbol]}">{symbol}</span>'


def rich(text: str) -> str:
    """Escape a text; what stands in backticks becomes code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
