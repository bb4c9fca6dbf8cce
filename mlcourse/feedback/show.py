"""Where a verdict is shown: as a card in a notebook, as text everywhere else, never both."""

import sys
from contextlib import suppress
from typing import Any

_PLAIN = str.maketrans({"✓": "+", "✗": "x", "○": "o", "“": '"', "”": '"', "…": "..."})

_pending: list["Score"] = []
"""Scores of the cell that is running, whose cards nobody has seen yet."""


class Score(float):
    """Points won; in a notebook, the card.

    nbgrader reads the plain text of a cell's result, so that is nothing but the number.
    """

    _html: str
    _seen: bool

    def __new__(cls, points: float, html: str = "") -> "Score":
        """Make a score of some points, shown as this card."""
        score = super().__new__(cls, points)
        score._html, score._seen = html, False
        return score

    def __repr__(self) -> str:
        return float.__repr__(self)

    def _repr_html_(self) -> str:
        self._seen = True
        return self._html


def show(score: Score, text: str, printed: str) -> None:
    """Print the text; in a notebook only what the learner's function printed, because the card comes.

    Parameters
    ----------
    score : Score
        Its card is the result of a cell that ends with `check`; where a cell does not, it is shown after it.
    text : str
        What the card says, in plain text.
    printed : str
        What the learner's function printed.
    """
    shell = _notebook()
    if shell is not None:
        with suppress(Exception):
            if _show_unseen not in shell.events.callbacks["post_run_cell"]:
                shell.events.register("post_run_cell", _show_unseen)
            _pending.append(score)
            text = ""
    _print(f"{printed}{text}")


def _notebook() -> Any:
    """IPython's shell where it shows HTML; None in a terminal and in plain Python."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return None if type(shell).__name__ in ("NoneType", "TerminalInteractiveShell") else shell


def _show_unseen(*_: Any) -> None:
    scores = [score for score in _pending if not score._seen]
    _pending.clear()
    with suppress(Exception):
        from IPython.display import display

        for score in scores:
            display({"text/html": score._html, "text/plain": repr(score)}, raw=True)


def _print(text: str) -> None:
    """Print in one piece, so that it arrives as one, in whatever characters the output has."""
    with suppress(Exception):  # an output that is closed is no reason to stop a notebook
        try:
            print(text, end="", flush=True)
        except UnicodeEncodeError:
            encoding = sys.stdout.encoding or "ascii"
            print(text.translate(_PLAIN).encode(encoding, "replace").decode(encoding), end="", flush=True)
