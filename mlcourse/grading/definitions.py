"""Which names a cell gives a value, and which of its functions are still the stubs of the release."""

import ast
import re
from collections.abc import Mapping

from mlcourse.grading.course_calls import parse, uses_the_course

_RUN = re.compile(r"^\s*%run\s+([\w./-]+\.py)\s*$", re.MULTILINE)
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def stubs(source: str) -> dict[str, str]:
    """Functions and classes of a released cell that are still to be written, by name, as syntax.

    Parameters
    ----------
    source : str
        The cell's text.
    """
    return {node.name: ast.dump(node) for node in _definitions(source) if _is_stub(node)}


def defined(
    source: str, release: Mapping[str, str], modules: Mapping[str, bytes], course: set[str]
) -> set[str]:
    """Names that a learner's cell defines at its top level, stubs not counted.

    Parameters
    ----------
    source : str
        The cell's text.
    release : mapping of str to str
        The stubs of the release, from `stubs`.
    modules : mapping of str to bytes
        Files that were handed in: what ``from module import *`` brings.
    course : set of str
        Names that lead to the course package: to give one of them another name defines nothing.
    """
    names: set[str] = set()
    for program in _RUN.findall(source):
        names |= _of_file(program, modules)
    for node in parse(source).body:
        if isinstance(node, _Definition):
            if release.get(node.name) != ast.dump(node):
                names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if not uses_the_course(node.value, course):
                names |= {
                    name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)
                }
        elif isinstance(node, ast.ImportFrom) and not uses_the_course(node, course):
            for alias in node.names:
                names |= (
                    _of_module(node.module, modules) if alias.name == "*" else {alias.asname or alias.name}
                )
    return names


def without_stubs(source: str, release: Mapping[str, str], elsewhere: set[str]) -> str:
    """Cut those stubs out of a cell that would overwrite what is defined elsewhere.

    Parameters
    ----------
    source : str
        The cell's text.
    release : mapping of str to str
        The stubs of the release, from `stubs`.
    elsewhere : set of str
        Names that other cells of the learner's define.
    """
    lines: list[str | None] = list(source.split("\n"))
    for node in _definitions(source):
        if node.name in elsewhere and release.get(node.name) == ast.dump(node):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            for number in range(first - 1, node.end_lineno or first):
                lines[number] = None
    kept = [line for line in lines if line is not None]
    return source if len(kept) == len(lines) else "\n".join(kept).strip("\n")


def _definitions(source: str) -> list[_Definition]:
    return [node for node in parse(source).body if isinstance(node, _Definition)]


def _is_stub(node: ast.AST) -> bool:
    return any(
        isinstance(inner, ast.Raise) and "NotImplementedError" in ast.dump(inner) for inner in ast.walk(node)
    )


def _of_module(module: str | None, modules: Mapping[str, bytes]) -> set[str]:
    place = (module or "").replace(".", "/")
    return _of_file(f"{place}.py", modules) | _of_file(f"{place}/__init__.py", modules)


def _of_file(place: str, modules: Mapping[str, bytes]) -> set[str]:
    content = modules.get(place, b"")
    return defined(content.decode("utf-8", errors="replace"), {}, {}, set())
