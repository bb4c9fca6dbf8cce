"""A function or class of the course as if a learner had written it: its code lies in a file of their own.

Where a submission raises, `check` tells the learner's frames from the course's by the file: straight from the
catalogue, a known mistake would be taken for the course's own.
"""

import linecache
from types import CellType, CodeType, FunctionType
from typing import Any

HOME = "/home/learner/"
PACKAGE = "mlcourse.exercises"


def foreign(thing: Any) -> Any:
    """Copy a function or a class, and what it uses of the catalogue, with its code below `HOME`."""
    return _copy(thing, {})


def _copy(thing: Any, done: dict[Any, Any]) -> Any:
    ours = isinstance(thing, FunctionType | type) and thing.__module__.startswith(PACKAGE)
    if not ours or (isinstance(thing, type) and issubclass(thing, BaseException)):
        return thing
    if thing not in done:
        done[thing] = thing
        (_copy_class if isinstance(thing, type) else _copy_function)(thing, done)
    return done[thing]


def _copy_function(function: FunctionType, done: dict[Any, Any]) -> None:
    cells = tuple(CellType() for _ in function.__closure__ or ())
    copy = FunctionType(_code(function.__code__), _globals(function, done), function.__name__, closure=cells)
    done[function] = copy
    copy.__defaults__, copy.__kwdefaults__ = function.__defaults__, function.__kwdefaults__
    copy.__qualname__, copy.__module__ = function.__qualname__, function.__module__
    for cell, original in zip(cells, function.__closure__ or (), strict=True):
        cell.cell_contents = _copy(original.cell_contents, done)


def _copy_class(original: type, done: dict[Any, Any]) -> None:
    copy = type(original.__name__, tuple(_copy(base, done) for base in original.__bases__), {})
    done[original] = copy
    copy.__qualname__, copy.__module__ = original.__qualname__, original.__module__
    for name, value in vars(original).items():
        # PyTorch gives each Function a class of its own for the way back.
        if name not in ("__dict__", "__weakref__", "__module__", "__qualname__", "_backward_cls"):
            wrap = type(value) if isinstance(value, staticmethod | classmethod) else None
            setattr(copy, name, wrap(_copy(value.__func__, done)) if wrap else _copy(value, done))


def _globals(function: FunctionType, done: dict[Any, Any]) -> dict[str, Any]:
    key = id(function.__globals__)
    if key not in done:
        done[key] = space = {}
        kept = ((name, value) for name, value in function.__globals__.items() if name != "__loader__")
        space.update({name: _copy(value, done) for name, value in kept})
    return done[key]


def _code(code: CodeType) -> CodeType:
    file = HOME + code.co_filename.lstrip("/")
    lines = linecache.getlines(code.co_filename)
    linecache.cache[file] = (sum(map(len, lines)), None, lines, file)
    constants = tuple(_code(c) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(co_filename=file, co_consts=constants)
