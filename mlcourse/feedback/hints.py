"""Hints in tiers, the weak one first: what is wrong alone, later where it is taught, then the formula."""

from collections.abc import Sequence

from mlcourse.feedback.evaluation import PartVerdict

SECTION_FROM = 3
FORMULA_FROM = 5


MOST_WORDS = 50
"""Of formulas; a card of more is not read."""


def _first(formulas: Sequence[str]) -> list[str]:
    told: list[str] = []
    words = 0
    for formula in formulas:
        words += len(formula.split())
        if told and words > MOST_WORDS:
            break
        told.append(formula)
    return told


def hints(part: PartVerdict, attempt: int) -> list[str]:
    """What to try, besides what is wrong.

    Parameters
    ----------
    part : PartVerdict
        A part that is wrong.
    attempt : int
        How many wrong attempts at its exercise there were, this one included.

    Returns
    -------
    list of str
        Sentences; formulas stand in backticks.
    """
    given = []
    if attempt >= SECTION_FROM and part.section:
        given.append(f"It is taught in the section “{part.section}”.")
    if attempt >= FORMULA_FROM and part.formulas:
        words = "Formula" if len(part.formulas) == 1 else "Formulas"
        told = [f"`{formula}`" for formula in _first(part.formulas)]
        more = " and so on" if len(told) < len(part.formulas) else ""
        given.append(f"{words}: {', '.join(told)}{more}.")
    return given
