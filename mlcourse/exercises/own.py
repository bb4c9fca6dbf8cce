"""Exercises of an instructor's own: ``exercises.py`` beside a lesson, in the same words as the course's.

The file travels with its lesson, to learners and to workers on other machines. So it is read from its text:
the same text declares the same exercises anywhere.
"""

import hashlib
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from mlcourse.exercises.base import Exercise

FILE = "exercises.py"
"""Its name, in the lesson's folder."""


def text_beside(folder: Path) -> str:
    """Text of the ``exercises.py`` in a folder; empty if there is none that can be read."""
    try:
        return (folder / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


@cache
def declared_in(text: str) -> tuple[Exercise, ...]:
    """Exercises that a file declares, in the order of its list ``EXERCISES``.

    Parameters
    ----------
    text : str
        The file's content; it is executed.

    Raises
    ------
    ValueError
        If it fails, has no such list, or declares an id twice; in one line.
    """
    if not text:
        return ()
    found = getattr(_module(text), "EXERCISES", None)
    if not isinstance(found, list | tuple) or not all(isinstance(item, Exercise) for item in found):
        raise ValueError(f"{FILE} has no list EXERCISES of Exercise(...): the last line lists them")
    ids = [exercise.id for exercise in found]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"{FILE} declares {twice!r} twice: an id belongs to one exercise")
    return tuple(found)


class _Loader:
    """Gives the text to whoever asks for a source: known mistakes are edits of it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, name: str) -> str:
        return self._text


def _module(text: str) -> ModuleType:
    name = f"own_exercises_{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    module = ModuleType(name)
    vars(module).update(__loader__=_Loader(text), __file__=FILE)
    try:
        code = compile(text, f"{name}.py", "exec", dont_inherit=True)
        sys.modules[name] = module  # dataclasses and pickles look it up there
        exec(code, vars(module))
    except Exception as error:
        sys.modules.pop(name, None)
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) else _line(error, f"{name}.py")
        words = error.msg if isinstance(error, SyntaxError) else " ".join(str(error).split())
        raise ValueError(f"{FILE}{line}: {type(error).__name__}: {words}") from error
    return module


def _line(error: BaseException, file: str) -> str:
    """Where in the file it came from."""
    lines, trace = [], error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return f", line {lines[-1]}" if lines else ""
