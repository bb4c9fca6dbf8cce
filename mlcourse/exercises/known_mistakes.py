'''Known mistakes, each written as an edit of the right answer.

    MISTAKES = known(momentum_step, """
    beta-exchanged
        You exchanged beta and 1 - beta. v keeps the part beta of itself.
        - beta * v + (1 - beta) * dW
        + (1 - beta) * v + beta * dW
    """)

A name; below it, indented, the sentence for the learner; then what is right, marked -, and what they wrote
instead, marked +. Both are expressions, or whole statements of one or several lines, and are compared as
syntax: spaces, brackets and quotes do not matter. Several pairs make one mistake; a statement without a + is
left out.

A fragment has to occur once. Otherwise the line before says where, ``@@ dW1`` for what is assigned to the
variable, the attribute or the key dW1, ``@@ backward`` for a function or method; or the mark says which:
``-[2] m`` for the second one, ``-[every] m`` for all. ``@@ backward`` and lines marked + only are a new body.

A line ``or`` begins another spelling of the same mistake: the same name and sentence, other numbers.
'''

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from textwrap import dedent
from typing import Any

from mlcourse.exercises.base import Mistake
from mlcourse.exercises.edits import Edit, apply
from mlcourse.exercises.fragments import Change, edit_of


class EditedMistake(Mistake):
    """A known mistake that is an edit of a reference; compiled when `function` is first asked for.

    Attributes
    ----------
    quick : function or class
        The same as `function`, made faster: tracebacks do not show its lines.
    """

    def __init__(
        self, name: str, sentence: str, reference: Callable[..., Any], changes: Iterable[Change]
    ) -> None:
        vars(self).update(name=name, sentence=sentence, reference=reference, changes=tuple(changes))

    @cached_property
    def edit(self) -> Edit:
        """Nodes of the reference's tree and what stands in their place.

        Raises
        ------
        ValueError
            If a fragment is not in the reference, or is there more than once.
        """
        return edit_of(self.reference, self.changes, f"{self.reference.__qualname__}, mistake {self.name}")

    def __getattr__(self, name: str) -> Any:
        if name not in ("function", "quick"):
            raise AttributeError(name)
        function = apply(self.reference, [self.edit], with_text=name == "function")
        assert function is not None  # one edit does not collide with itself
        vars(self)[name] = function
        return function


def known(reference: Callable[..., Any], text: str) -> tuple[Mistake, ...]:
    """Read mistakes in the notation above.

    Parameters
    ----------
    reference : function or class
        The right answer.
    text : str
        Names, sentences and edits. Only its layout is read now; fragments when a mistake is first used.

    Raises
    ------
    ValueError
        If a line is out of place.
    """
    blocks = re.split(r"\s*\n(?=\S)", dedent(text).strip())
    return tuple(mistake for block in blocks for mistake in _spellings(reference, block))


def reworded(mistakes: Iterable[Mistake], text: str) -> tuple[Mistake, ...]:
    """Known mistakes in the words of one exercise.

    Parameters
    ----------
    mistakes : iterable of Mistake
        Made by `known`; those that the text does not name stay as they are.
    text : str
        Names and sentences without edits; ``own-name = name`` gives a mistake another name too.

    Raises
    ------
    ValueError
        If the text names a mistake that is not among them.
    """
    found: dict[str, list[Mistake]] = {}
    for mistake in mistakes:
        found.setdefault(mistake.name, []).append(mistake)
    for block in re.split(r"\s*\n(?=\S)", dedent(text).strip()):
        head, _, sentence = block.partition("\n")
        own, _, name = head.partition(" = ")
        spellings = [m for m in found.get(name or own, []) if isinstance(m, EditedMistake)]
        if not spellings:
            raise ValueError(f"there is no known mistake {name or own!r} to be put in other words")
        words = " ".join(sentence.split())
        found[name or own] = [EditedMistake(own, words, m.reference, m.changes) for m in spellings]
    return tuple(mistake for spellings in found.values() for mistake in spellings)


_MARKED = re.compile(r"(-|\+)(?:\[(\d+|every)\])?(?: (.*))?$")


def _spellings(reference: Callable[..., Any], block: str) -> list[Mistake]:
    first, *others = re.split(r"\n\s+or(?=\n)", block)
    mistake = _mistake(reference, first)
    said = f"{mistake.name}\n    {mistake.sentence}"
    return [mistake, *(_mistake(reference, f"{said}{other}") for other in others)]


def _mistake(reference: Callable[..., Any], block: str) -> Mistake:
    name, _, rest = block.partition("\n")
    sentence: list[str] = []
    changes: list[Change] = []
    where, which, right, wrong, before = "", "", "", "", ""

    def close() -> None:
        nonlocal which, right, wrong
        if right or wrong:
            changes.append(Change(where, which, right, wrong))
        which, right, wrong = "", "", ""

    for line in dedent(rest).strip("\n").splitlines():
        marked = _MARKED.match(line)
        if line.startswith("@@ "):
            close()
            where = line[3:].strip()
        elif marked:
            sign, number, code = marked.groups()
            if sign == "-" and before == "+":
                close()
            if sign == "-":
                which, right = number or which, f"{right}{code or ''}\n"
            else:
                wrong += f"{code or ''}\n"
            before = sign
        elif changes or right or wrong or where:
            raise ValueError(f"{reference.__qualname__}, mistake {name}: {line!r} is marked neither - nor +")
        else:
            sentence.append(line.strip())
        if not marked:
            before = ""
    close()
    if not (sentence and changes):
        raise ValueError(f"{reference.__qualname__}, mistake {name}: a sentence and an edit were expected")
    return EditedMistake(name.strip(), " ".join(sentence), reference, changes)
