"""A notebook in which git left both versions of a merge that did not work out, between marks of its own."""

_BEGIN, _END = b"<<<<<<<", b">>>>>>>"
_BELOW: dict[bytes, tuple[int, ...]] = {_BEGIN: (0,), b"|||||||": (), b"=======": (1,), _END: (0, 1)}
"""In which of the two versions the lines below a mark are; a text of a notebook never spans lines itself."""


def versions(content: bytes) -> list[bytes]:
    """Return the two versions of a file with marks of a merge; any other file as it is.

    Parameters
    ----------
    content : bytes
        A file that may be a notebook.
    """
    if _BEGIN not in content or _END not in content:
        return [content]
    kept: tuple[list[bytes], list[bytes]] = ([], [])
    within: tuple[int, ...] = (0, 1)
    marks = 0
    for line in content.splitlines(keepends=True):
        if line[:7] in _BELOW and line[7:8] in (b" ", b"\r", b"\n", b""):
            within = _BELOW[line[:7]]
            marks += 1
            continue
        for version in within:
            kept[version].append(line)
    return [b"".join(lines) for lines in kept] if marks else [content]
