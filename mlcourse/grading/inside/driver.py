"""Call the learner's functions with the judge's inputs, and send back what they return.

The judge rings by executing `DOORBELL` in the kernel; request and reply travel on a socket of their own, as
the length in eight bytes and then `mlcourse.feedback.plain` text. Everything here may be replaced by the
learner, and it would not matter: the judge believes nothing but the values, which it compares itself.
"""

import os
from collections.abc import Iterator
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
    course's below it.
    """
    own, scratch = namespace[asked], dict(namespace)
    bases = getattr(own, "__bases__", ())
    try:
        for source in sources:
            exec(source, scratch)
        below = tuple(scratch[base.__name__] if base.__name__ in names else base for base in bases)
        if below != bases:
            own.__bases__ = below
        if asked in names:
            scratch[asked] = own  # of this class are the objects, too, that the course's methods make
    except Exception:  # of something that the learner has spoilt: then nothing is replaced
        names = ()
    before = {name: namespace[name] for name in names if name in namespace}
    namespace.update({name: scratch[name] for name in names if name in scratch})
    try:
        yield
    finally:
        for name in names:
            namespace.pop(name, None)
        namespace.update(before)
        if bases and own.__bases__ != bases:
            own.__bases__ = bases


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
