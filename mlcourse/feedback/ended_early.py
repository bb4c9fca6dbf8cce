"""A `return` that stands inside a loop, so that the function ends in the loop's first turn."""

import ast
import linecache
from collections.abc import Sequence
from functools import lru_cache
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcourse.feedback.moments import Moment


def loop_around(frame: FrameType) -> int:
    """Line of the loop that a frame returns from, and always does in the first turn; 0 if there is none."""
    code = frame.f_code
    source = "".join(linecache.getlines(code.co_filename, frame.f_globals))
    return _loops(source).get(frame.f_lineno, 0)


def ended_early(runs: Sequence[Sequence["Moment"]]) -> str:
    """A sentence about the `return` that ended the learner's function too early in all cases, or empty."""
    found = [{(m.line, m.loop, m.function) for m in moments if m.loop} for moments in runs]
    common = set.intersection(*found) if found else set()
    if len(common) != 1:
        return ""
    line, loop, function = common.pop()
    named = [name for name in function.split(".") if name.isidentifier()]
    of = f" of {named[-1]}" if named else ""
    return (
        f"The `return` in line {line}{of} stands inside the loop of line {loop}, so the function ends in the "
        "loop's first turn. Move it out of the loop."
    )


@lru_cache(maxsize=16)
def _loops(source: str) -> dict[int, int]:
    """Lines of returns that every turn of a loop comes to, and the line of the loop."""
    found: dict[int, int] = {}
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return found
    for loop in ast.walk(tree):
        endless = isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant)
        if not isinstance(loop, ast.For | ast.While) or endless:
            continue
        first_item = len(loop.body) == 1  # a loop with a return alone takes it on purpose
        if not first_item and not any(isinstance(node, ast.Continue | ast.Break) for node in ast.walk(loop)):
            for statement in _always(loop.body):
                if isinstance(statement, ast.Return):
                    found[statement.lineno] = loop.lineno
    return found


def _always(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Statements that are run whenever their block is."""
    inner = [statement for with_ in body if isinstance(with_, ast.With) for statement in _always(with_.body)]
    return [*body, *inner]
