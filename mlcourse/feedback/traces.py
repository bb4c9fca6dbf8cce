"""Where the learner's code raised: the line, the variable it was computing, the arrays that met there.

Only looks: names and attributes are read from the frame, nothing of the learner's is called again.
"""

import ast
import linecache
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from sysconfig import get_path
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np

from mlcourse.feedback.operands import Operands, read_operands

_LIBRARIES = tuple({str(Path(np.__file__).parent), get_path("purelib"), get_path("platlib")})
"""Folders of what the learner's code may call: all that is installed, and NumPy wherever it is."""
_ELSEWHERE = (*_LIBRARIES, "<frozen", "<__array_function__")
_COURSE = str(Path(__file__).parents[1])
_CATALOGUE = str(Path(_COURSE, "exercises"))
_OUR_CALLS = tuple(
    str(Path(*place))
    for place in (
        ("exercises", "drives.py"),
        ("exercises", "tensor_drives.py"),
        ("exercises", "torch_drives.py"),
        ("exercises", "value_drives.py"),
        ("feedback", "run.py"),
    )
)
EARLIER = "<earlier work"
"""Begins the file's name of code that the learner wrote in an earlier lesson, and that is right."""

_Span = tuple[int, int, int, int]
_Place = tuple[FrameType, int, int]


def locate(error: BaseException, function: Any) -> tuple[str, str, Operands, str]:
    """Find what raised: line, target variable, operands, and the function where it is not the one called.

    Returns
    -------
    line : str
        Source of the line without indentation; empty where there is no source.
    target : str
        Name of the variable (or the key) that the statement assigns, else empty.
    operands : tuple of (str, tuple of int)
        Source text and shape of each array of the operation, where every one of them could be read.
    helper : str
        Name of the function that raised, where it is another one than `function`.
    """
    try:
        theirs, ours = _frames(error.__traceback__)
        found = theirs or ours
        if not found:
            return "", "", (), ""
        line, target, operands = _read(*found)
        if theirs and ours and not operands:  # in a layer of the course that theirs called
            operands = _read(*ours)[2]
        return line, target, operands, _helper(found[0].f_code, function) if theirs else ""
    except Exception:
        return "", "", (), ""


def source_line(file: str, number: int) -> str:
    """A line of the learner's without indentation; empty where there is no source, or where it is ours."""
    if file.startswith((_COURSE, *_LIBRARIES)):
        return ""
    return linecache.getline(file, number).strip()[:300]


MOST_OF_A_STATEMENT = 600
"""Letters; a longer one is left out."""


def statement_at(file: str, number: int, name: str) -> str:
    """The learner's statement in a line, whole and alone; empty where it is a loop's head, or not known.

    Of several statements in one line it is that which sets the variable of this name.
    """
    if not source_line(file, number):
        return ""
    found = _statements("".join(linecache.getlines(file))).get(number, [])
    if len(found) > 1:
        root = re.split(r"[.\[]", name)[0]
        found = [(text, names) for text, names in found if root in names]
    return found[0][0] if len(found) == 1 else ""


@lru_cache(maxsize=16)
def _statements(source: str) -> dict[int, list[tuple[str, set[str]]]]:
    """Simple statements by the lines in which they stand, each with the names that it sets."""
    found: dict[int, list[tuple[str, set[str]]]] = {}
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return found
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            text = ""
            with suppress(RecursionError):  # a sum of thousands of terms
                text = ast.unparse(node)
            roots = [t for t in ast.walk(node) if isinstance(t, ast.Name)]
            stored = {t.id for t in roots if isinstance(t.ctx, ast.Store)}
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            stored |= {t.id for part in targets if part for t in ast.walk(part) if isinstance(t, ast.Name)}
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                short = len(text) <= MOST_OF_A_STATEMENT
                found.setdefault(line, []).append((text if short else "", stored))
    return found


def _frames(trace: TracebackType | None) -> tuple[_Place | None, _Place | None]:
    """The innermost frame of the learner's, and of the course's what is further in than that."""
    theirs, ours = None, None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        place = trace.tb_frame, trace.tb_lineno, trace.tb_lasti
        if _of_the_catalogue(file) or not file.startswith((_COURSE, *_ELSEWHERE)):
            theirs, ours = place, None
        elif file.startswith(_COURSE):
            ours = place
        trace = trace.tb_next
    return theirs, ours


def is_learners(frame: FrameType) -> bool:
    """Whether a frame's code is the learner's; references and known mistakes are read as such."""
    return _is_learners_file(frame.f_code.co_filename)


@lru_cache(maxsize=1000)
def _is_learners_file(file: str) -> bool:
    return _of_the_catalogue(file) or not file.startswith((_COURSE, *_ELSEWHERE, "<string>", EARLIER))


def _of_the_catalogue(file: str) -> bool:
    """Whether a known mistake stands there: it has to be read as the learner's own code would be."""
    return file.startswith(_CATALOGUE) and not file.endswith(_OUR_CALLS)


def _helper(code: CodeType, function: Any) -> str:
    if code is getattr(function, "__code__", code):
        same = not isinstance(function, type) or code.co_qualname.startswith(f"{function.__qualname__}.")
        return "" if same else code.co_name
    return "" if code.co_name.startswith("<") or code.co_name == function.__name__ else code.co_name


def _read(frame: FrameType, line_number: int, instruction: int) -> tuple[str, str, Operands]:
    lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
    line = lines[line_number - 1].strip()[:300] if 0 < line_number <= len(lines) else ""
    where = _positions(frame.f_code, instruction)
    if not line or where is None:
        return line, "", ()
    nodes, assignments = _index("".join(lines))
    operation = nodes.get(where)
    operands = read_operands(operation, frame) if operation else ()
    if frame.f_code.co_filename.endswith(_OUR_CALLS):  # a line that the learner never saw
        return "", "", operands
    # The innermost is the last one: a parent comes before its children.
    around = [node for span, node in assignments if span[:2] <= where[:2] and where[2:] <= span[2:]]
    target = _target(around[-1]) if around else ""
    return line, target, operands


@lru_cache(maxsize=16)
def _index(source: str) -> tuple[dict[_Span, ast.AST], list[tuple[_Span, ast.AST]]]:
    """Nodes of a source text by where they stand, and its assignments."""
    nodes: dict[_Span, ast.AST] = {}
    assignments: list[tuple[_Span, ast.AST]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt | ast.expr):
            span = (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
            nodes.setdefault(span, node)
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                assignments.append((span, node))
    return nodes, assignments


def _positions(code: CodeType, instruction: int) -> _Span | None:
    start, end, column, end_column = list(code.co_positions())[instruction // 2]
    if start is None or end is None or column is None or end_column is None:
        return None
    return start, column, end, end_column


def _target(statement: ast.AST) -> str:
    if isinstance(statement, ast.Assign):
        node: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AugAssign | ast.AnnAssign):
        node = statement.target
    else:
        return ""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)[:60]
    if isinstance(node, ast.Attribute):
        return node.attr[:60]
    return node.id[:60] if isinstance(node, ast.Name) else ""
