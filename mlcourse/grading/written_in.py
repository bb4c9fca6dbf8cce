"""What a learner wrote into a cell that was given: an import added, a line changed, an answer at the check.

The given cell itself runs as it was handed out. Beside it runs what is the learner's, as a cell of the
learner's own would: statements that were given are taken out, so nothing is computed or asked twice.
"""

import ast

from mlcourse.grading.course_calls import parse


def written_in(source: str, given: str) -> tuple[str, str]:
    """Take the given statements out of a cell, however they are laid out.

    Parameters
    ----------
    source : str
        The cell as it was handed in.
    given : str
        As it was handed out.

    Returns
    -------
    above, below : str
        What stands above the last given statement, and what stands below; empty where there is no program.
        All of it is above where none of them is left, as in a cell that is none of Python's.
    """
    kept: list[str | None] = list(source.split("\n"))
    known = {ast.dump(node) for node in parse(given).body}
    body = parse(source).body
    mine = {number for node in body if ast.dump(node) not in known for number in _lines(node)}
    last = 0
    for node in body:
        if ast.dump(node) in known:
            last = max(last, *_lines(node), 0)
            for number in set(_lines(node)) - mine:
                kept[number - 1] = None
    if not last:
        last = len(kept)
    return _text(kept[:last]), _text(kept[last:])


def _lines(node: ast.stmt) -> range:
    decorators = getattr(node, "decorator_list", [])
    return range(min([node.lineno, *(each.lineno for each in decorators)]), (node.end_lineno or 0) + 1)


def _text(lines: list[str | None]) -> str:
    """These lines; empty if there are only comments and what stands above a program (``%%time``)."""
    left = [line for line in lines if line is not None]
    said = any(line.strip() and not line.lstrip().startswith(("#", "%%")) for line in left)
    return "\n".join(left).strip("\n") if said else ""
