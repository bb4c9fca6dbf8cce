"""An entry that is asked for and is not there: a layer too many, or before the first."""

import re
from collections.abc import Mapping

from mlcourse.exercises.base import Case
from mlcourse.feedback.answers import Failure

_LAYER = re.compile(r"'?([A-Za-z]+)(-?\d+)'?")


def missing_layer(case: Case, failure: Failure) -> str:
    """What a key such as A10 means where the inputs have A0 to A5; empty if it is about something else.

    Parameters
    ----------
    case : dict
        The inputs.
    failure : Failure
        A KeyError.
    """
    asked = _LAYER.fullmatch(failure.message) if failure.kind == "KeyError" else None
    if not asked:
        return ""
    letter, number = asked[1], int(asked[2])
    for entries in (value for value in case.values() if isinstance(value, Mapping)):
        found = [_LAYER.fullmatch(key) for key in entries if type(key) is str]
        there = sorted(int(match[2]) for match in found if match and match[1] == letter)
        own = any(shape != (len(entries),) for _, shape in failure.operands)  # a dict of the learner's
        if not there or number in there or own:
            continue
        words = f"The entries go from {letter}{there[0]} to {letter}{there[-1]}."
        doubled = [key for key, value in case.items() if isinstance(value, Mapping) and len(value) == number]
        if number == 2 * there[-1] and doubled:
            words += (
                f" {doubled[0]} holds two arrays for each layer, so len({doubled[0]}) is twice the number of "
                f"layers: L = len({doubled[0]}) // 2."
            )
        return words
    return ""
