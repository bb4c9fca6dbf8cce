"""A return inside a loop is told where it ends the function in the loop's first turn, and nowhere else."""

import numpy as np
import pytest

from mlcourse.feedback.ended_early import _loops, ended_early
from mlcourse.feedback.moments import Moment


def ended(line, loop, function=""):
    return Moment("a", np.ones(1), line, "return a", True, function, loop)


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ([[ended(4, 2)], [ended(3, 0), ended(4, 2)]],
         "The `return` in line 4 stands inside the loop of line 2, so"),
        ([[ended(4, 2, "Net.<locals>.forward")]],
         "The `return` in line 4 of forward stands inside the loop of line 2"),
        ([[ended(4, 2)], [ended(5, 2)]], ""),
        ([[ended(4, 2)], []], ""),
        ([[ended(4, 2), ended(9, 7)]], ""),
        ([[ended(4, 0)]], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_a_return_inside_a_loop_is_told_where_it_ends_every_case(runs, words):
    found = ended_early(runs)
    assert found.startswith(words) and bool(found) == bool(words)
    if words:
        assert found.endswith("the function ends in the loop's first turn. Move it out of the loop.")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["for a in b:", " c = a", " return c"], {3: 1}),
        (["while a:", " c = a", " return c"], {3: 1}),
        (["while True:", " c = a", " return c"], {}),
        (["for a in b:", " return a"], {}),
        (["for a in b:", " c = a", " if c: return c"], {}),
        (["for a in b:", " c = a", " if c: continue", " return c"], {}),
        (["for a in b:", " if a: break", " return a"], {}),
        (["for a in b:", " c = a", " with d:", "  with e:", "   return c"], {5: 1}),
        (["for a in b:", " c = a", "return c"], {}),
        (["for a in b:", " for c in a:", "  d = c", "  return d", " return 1"], {4: 2, 5: 1}),
        (["not python"], {}),
    ],
)
def test_a_loop_ends_in_its_first_turn_where_each_turn_comes_to_a_return(lines, found):
    assert _loops("\n".join(lines)) == found
