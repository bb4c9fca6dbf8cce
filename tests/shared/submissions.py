"""Submissions in ``tests/exercises/variants``: whole programs, or another one with a line exchanged."""

from pathlib import Path

VARIANTS = Path(__file__).parents[1] / "exercises" / "variants"
_LIKE = "# like: "


def source_of(path):
    """Text of a submission.

    A file of comments, ``# like: right/<exercise-id>/<name>.py`` and lines with ``# -`` and ``# +``, is that
    submission with what follows the minus signs exchanged for what follows the plus signs. It must be
    there exactly once.
    """
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith(_LIKE)), None)
    if start is None:
        return text
    source = source_of(VARIANTS / lines[start].removeprefix(_LIKE))
    return exchanged(source, [line.removeprefix("# ") for line in lines[start + 1 :]], path.name)


def exchanged(source, lines, name=""):
    """A text with what follows ``- `` exchanged for what follows ``+ ``; it must be there exactly once."""
    for old, new in _exchanges(lines):
        assert source.count(old) == 1, f"{name}: {old!r} is there {source.count(old)} times"
        source = source.replace(old, new)
    return source


def _exchanges(lines):
    """Pairs of what goes and what comes; a minus sign after a plus sign begins the next pair."""
    pairs, before = [], "+"
    for line in lines:
        sign, words = line[:1], line[2:]
        assert sign in ("-", "+"), line
        if sign == "-" and before == "+":
            pairs.append(([], []))
        pairs[-1][sign == "+"].append(words)
        before = sign
    return [("\n".join(old), "\n".join(new)) for old, new in pairs]
