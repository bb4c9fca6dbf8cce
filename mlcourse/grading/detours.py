"""Flag what no solution of this course needs: libraries that differentiate, complex numbers, detours.

A detour is a way round an import. None of these can be told from the values that come back. The flag is for a
person to look at; somebody who hides it well enough is not found.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from mlcourse.grading.course_calls import parse, too_long
from mlcourse.grading.released import Cell, Release

_DIFFERENTIATING = {
    *("torch", "jax", "autograd", "tensorflow", "keras", "sympy", "casadi", "numdifftools", "tinygrad"),
    *("mxnet", "theano", "pytensor", "aesara", "algopy", "findiff", "paddle", "micrograd"),
}
_MODULES = {
    *("importlib", "pickle", "_pickle", "marshal", "ctypes", "runpy", "pkgutil", "builtins", "dill"),
    *("cloudpickle", "joblib", "inspect", "gc"),
}
"""Modules by which what was not imported can be had."""
_HONEST = {"reload", "collect", "enable", "disable", "signature", "getsource", "resources", "metadata"}
"""What honest people take from these."""
_COMPLEX = {
    *("complex", "complex64", "complex128", "complex256", "cdouble", "csingle", "clongdouble", "cmath"),
    *("imag", "emath", "scimath"),
}
"""Names by which one comes to complex numbers, and so to slopes by complex steps."""
_MOST = 20
_NAMES = {"__import__", "eval", "exec", "compile", "globals"}
_ATTRIBUTES = {
    *("_getframe", "_current_frames", "settrace", "setprofile", "__subclasses__", "__globals__"),
    *("__closure__", "__code__", "__builtins__", "__loader__", "f_back", "f_locals", "f_globals", "tb_frame"),
    *("gi_frame", "get_objects", "get_referrers", "get_referents", "run_cell", "user_ns"),
}


def detours(release: Release, cells: Sequence[Cell], files: Mapping[str, bytes] | None = None) -> list[str]:
    """Return a flag for each cell of the learner's that takes one.

    Parameters
    ----------
    release : Release
        What was handed out: what its own cells import may be imported.
    cells : sequence of Cell
        The rebuilt submission.
    files : mapping of str to bytes, optional
        What else was handed in: modules are looked through too.
    """
    if too_long(cells):
        return []  # that is a flag by itself
    given = [cell.source for cell in release.cells if cell.code]
    free = {
        name
        for source in given
        for name in re.findall(r"^\s*(?:import|from) +(\w+)", source, flags=re.MULTILINE)
    }
    own = [
        (cell.grade_id or "own cell", cell.source)
        for cell in cells
        if cell.code and not cell.exercise and cell.source not in given
    ]
    own += [
        (place[:80], content.decode("utf-8", errors="replace"))
        for place, content in (files or {}).items()
        if place.endswith(".py")
    ]
    flags: list[str] = []
    for place, source in own:
        for name in _taken(parse(source)):
            if name in _COMPLEX:
                flags.append(f"computes with complex numbers: {place}")
            elif _root(name) in _DIFFERENTIATING:
                if _root(name) not in free:
                    flags.append(f"uses a library that differentiates: {_root(name)}: {place}")
            else:
                flags.append(f"takes a way round: {name}: {place}")
    return list(dict.fromkeys(flags))[:_MOST]


def _taken(tree: ast.Module) -> Iterator[str]:
    """Names of the detours in a program."""
    arguments = _arguments(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _COMPLEX.intersection(alias.name.split("."))
                if _root(alias.name) in _DIFFERENTIATING:
                    yield alias.name
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            yield from _COMPLEX.intersection(module.split("."))
            if not node.level and _root(module) in _DIFFERENTIATING:
                yield module
            for alias in node.names:
                if alias.name in _COMPLEX:
                    yield alias.name
                elif (_root(module) in _MODULES and alias.name not in _HONEST) or (
                    module == "sys" and alias.name in ("modules", *_ATTRIBUTES)
                ):
                    yield f"{module}.{alias.name}"
        elif isinstance(node, ast.Name) and node.id in _NAMES | {"complex"} and id(node) not in arguments:
            yield node.id
        elif isinstance(node, ast.Attribute):
            of = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in _ATTRIBUTES | _COMPLEX:
                yield node.attr
            elif (of in _MODULES and node.attr not in _HONEST) or (of == "sys" and node.attr == "modules"):
                yield f"{of}.{node.attr}"
        elif isinstance(node, ast.Constant) and type(node.value) is complex:
            yield "complex"
        elif isinstance(node, ast.Constant) and node.value in _NAMES | _ATTRIBUTES | (_COMPLEX - {"complex"}):
            yield str(node.value)


def _arguments(tree: ast.Module) -> set[int]:
    """Which names mean an argument of the function around them: one called ``complex`` is no such number."""
    found = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            named = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
            body = function.body if isinstance(function.body, list) else [function.body]
            inside = (node for part in body for node in ast.walk(part)) if named & (_NAMES | _COMPLEX) else ()
            found |= {id(node) for node in inside if isinstance(node, ast.Name) and node.id in named}
    return found


def _root(name: str) -> str:
    return name.split(".")[0]
