"""Call the learner's functions with the judge's inputs, and send back what they return.

The judge rings by executing `DOORBELL` in the kernel; request and reply travel on a socket of their own, as
the length in eight bytes and then `mlcourse.feedback.plain` text. Everything here may be replaced by the
learner, and it would not matter: the judge believes nothing but the values, which it compares itself.
"""

import ast
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mlcourse.feedback.answers import Answer, answer_to_plain
from mlcourse.feedback.moments import moments_to_plain, watch
from mlcourse.feedback.plain import MAX_REPLY_BYTES, MAX_REPLY_ITEMS, decode, encode
from mlcourse.feedback.run import answer
from mlcourse.grading.inside.complex_numbers import computes_with_complex_numbers

DOORBELL = f"__import__({__name__!r}, fromlist=['answer_request']).answer_request()"

_served: dict[str, Any] = {}


def serve(namespace: dict[str, Any], channel: int) -> None:
    """Look for the learner's functions in this namespace, and for requests on this descriptor."""
    _served.update(namespace=namespace, channel=channel)


def answer_request() -> None:
    """Read one request and answer it."""
    channel = _served["channel"]
    size = int.from_bytes(_read(channel, 8), "big")
    request = decode(_read(channel, size), MAX_REPLY_BYTES, MAX_REPLY_ITEMS)
    reply = {"nonce": request["nonce"], "answers": [_answers(part) for part in request["parts"]]}
    text = encode(reply, MAX_REPLY_BYTES, MAX_REPLY_ITEMS).encode()
    _write(channel, len(text).to_bytes(8, "big") + text)


def _answers(part: dict[str, Any]) -> list[Any] | str | bool | None:
    """Answer all cases of one part; None if there is no such function, a type's name if it is none."""
    function = _served["namespace"].get(part["function"])
    if function is None:
        return None
    if not callable(function):
        return type(function).__name__
    with _replaced(_served["namespace"], part["function"], **part["replacement"]):
        if part.get("complex"):
            return computes_with_complex_numbers(part["drive"], function, part["cases"][0])
        return _watched(function, part) if part.get("watched") else _called(function, part)


@contextmanager
def _replaced(namespace: dict[str, Any], asked: str, sources: Any, names: Any) -> Iterator[None]:
    """Put the course's functions in the place of the learner's for a while.

    What is asked for stays. A class that goes on from a replaced one, of its own name or another, gets the
    course's below it; so does a class between the two.
    """
    own, scratch = namespace[asked], dict(namespace)
    before_them: list[tuple[Any, Any]] = []
    given: dict[str, Any] = {}
    try:
        programs = [(source, _defined_classes(source)) for source in dict.fromkeys(sources)]
        replaced = {name: _replaced_class(own, name, programs, scratch) for name in names}
        for source, _ in programs:
            exec(source, scratch)
        for name, old in replaced.items():
            if "__slots__" in vars(object if old is None else old):
                scratch[name] = _with_slots(scratch[name], old.__slots__)
            for above in getattr(own, "__mro__", ()) if old is not None else ():
                bases = above.__bases__
                if any(each is old for each in bases):
                    before_them.append((above, bases))
                    above.__bases__ = tuple(
                        scratch[name] if each is old else each for each in above.__bases__
                    )
                    break
        for name, old in replaced.items():
            # By other names, too: ``Base = Value`` and ``Base.__init__(self)``.
            others = [other for other, value in namespace.items() if old is not None and value is old]
            given |= dict.fromkeys(others, scratch[name])
        if asked in names:
            scratch[asked] = own  # of this class are the objects, too, that the course's methods make
        given |= {name: scratch[name] for name in names if name in scratch}
    except Exception:  # of something that the learner has spoilt: then nothing is replaced
        _restore(before_them)
    before = {name: namespace[name] for name in given if name in namespace}
    namespace.update(given)
    try:
        yield
    finally:
        for name in given:
            namespace.pop(name, None)
        namespace.update(before)
        _restore(before_them)


def _with_slots(new: type, slots: Any) -> type:
    """Return a class with these slots: only one of the same layout can stand in the other's place."""
    own = {name: value for name, value in vars(new).items() if name not in ("__dict__", "__weakref__")}
    return type(new)(new.__name__, new.__bases__, own | {"__slots__": slots})


def _restore(classes: list[tuple[Any, Any]]) -> None:
    """Give classes their bases back, the last that were changed first."""
    while classes:
        above, bases = classes.pop()
        above.__bases__ = bases


def _replaced_class(own: Any, name: str, programs: Sequence[Any], scratch: dict[str, Any]) -> Any:
    """Return the highest class of a name below the learner's own that the programs replace; None if none.

    The programs define the lowest ones. Where the first of them goes on from a class of the name, the lesson
    has given that one: it stays, and is what the program finds.
    """
    below = [each for each in getattr(own, "__mro__", ())[1:] if each.__name__ == name]
    classes = [found[name] for _, found in programs if name in found]
    if not below or not classes:
        return None
    given = name in classes[0]
    if given:
        scratch[name] = below.pop()
    return below[-min(len(classes), len(below))] if below else None


def _defined_classes(source: str) -> dict[str, set[str]]:
    """Return the classes that a program defines, each with the names of its bases."""
    return {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }


def _watched(function: Any, part: dict[str, Any]) -> list[Any]:
    """What the function's variables held, for each case."""
    drive, seconds = part["drive"], part["seconds"]
    found = []
    for case in part["cases"]:
        first = answer(drive, function, case, seconds)
        found.append(moments_to_plain(watch(drive, function, case, first, seconds)))
    return found


def _called(function: Any, part: dict[str, Any]) -> list[Any]:
    answers: list[Any] = []
    for case in part["cases"]:
        found = answer(part["drive"], function, case, part["seconds"])
        answers.append(answer_to_plain(found))
        if _hopeless(found):
            # One endless loop is enough; the rest would end the same way and cost the class its time.
            answers += [answers[-1]] * (len(part["cases"]) - len(answers))
            break
    return answers


def _hopeless(found: Answer) -> bool:
    return found.failure is not None and found.failure.kind in ("TimeLimit", "OutputLimit")


def _read(channel: int, size: int) -> bytes:
    parts = []
    while size:
        part = os.read(channel, min(size, 1 << 20))
        if not part:
            raise EOFError("the judge is gone")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(channel: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(channel, rest) :]
