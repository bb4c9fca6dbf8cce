"""What can be the matter with a backward pass, and an answer to a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnosis:
    """A kind of bug, in words.

    Attributes
    ----------
    name : str
        What the learner passes to `diagnose`.
    signs : str
        What one would measure.
    """

    name: str
    signs: str


DIAGNOSES = (
    Diagnosis(
        "dimension mismatch",
        "a gradient does not have the shape of its parameter; the update then broadcasts or raises an error",
    ),
    Diagnosis(
        "wrong transpose",
        "one dW is wrong although its norm is right, and every other gradient is right",
    ),
    Diagnosis(
        "matrix product instead of element-wise",
        "dW1 and db1 are wrong, dW2 and db2 are right, and it runs only where m is the number of hidden "
        "units",
    ),
    Diagnosis(
        "no mean over the batch",
        "every gradient is wrong by the same factor m, so all relative differences are (m - 1) / (m + 1)",
    ),
    Diagnosis(
        "wrong activation derivative",
        "dW1 and db1 are wrong, dW2 and db2 are right, for any m",
    ),
)
"""What can be the matter: the five kinds of bug, one for each case."""

_CAUSE = {1: DIAGNOSES[3], 2: DIAGNOSES[4], 3: DIAGNOSES[1], 4: DIAGNOSES[2], 5: DIAGNOSES[0]}


_TWO_FIT = 4
"""The case whose signs are those of two bugs, since m is its number of hidden units."""


def diagnose(n: int, words: str) -> str:
    """Answer a guess at what is wrong with ``broken_n``.

    Parameters
    ----------
    n : int
        Number of the case, 1 to 5.
    words : str
        Name of one of `DIAGNOSES`, such as ``"no mean over the batch"``.

    Returns
    -------
    str
        Whether it is that, and which signs speak for or against it.
    """
    answer = answer_to(n, words, DIAGNOSES, _CAUSE, f"Now write fixed_{n}.", f"examine({n})")
    if n == _TWO_FIT and answer.startswith(f"No. The signs of {DIAGNOSES[4].name}"):
        return f"No, though {DIAGNOSES[4].name} has all these signs. No bug occurs twice."
    return answer


def answer_to(
    n: int,
    words: str,
    diagnoses: Sequence[Diagnosis],
    causes: Mapping[int, Diagnosis],
    then: str,
    seen: str,
) -> str:
    """Answer a guess in a clinic.

    Parameters
    ----------
    n, words
        Number of the case, and the guess.
    diagnoses : sequence of Diagnosis
        What can be guessed.
    causes : mapping of int to Diagnosis
        What each case has.
    then : str
        What to do after a right guess.
    seen : str
        What to compare the signs of a wrong one with.
    """
    if n not in causes:
        return f"There is no case {n!r}: choose {min(causes)} to {max(causes)}."
    guess = next((known for known in diagnoses if known.name == str(words).strip().lower()), None)
    if guess is None:
        names = ", ".join(repr(known.name) for known in diagnoses)
        return f"{words!r} is not among the diagnoses: choose one of {names}."
    if guess == causes[n]:
        return f"Yes, {guess.name}: {guess.signs}. {then}".strip()
    return f"No. The signs of {guess.name}: {guess.signs}. Compare that with {seen}."
