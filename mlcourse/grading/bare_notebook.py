"""A notebook's text without its outputs, which grading does not need and which may be large.

They are cut out of the text before it is parsed, so that a file is measured by what a person wrote in it.
"""

import json
import re

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
_MOST_TOKENS = 2_000_000
"""Strings and brackets that are looked through: about a second."""
_OUTPUTS_DEPTH = 3
"""Brackets open around a cell's own keys: of the notebook, of its list of cells, of the cell."""


def without_outputs(content: bytes) -> bytes:
    """Empty the list of outputs of each cell.

    Parameters
    ----------
    content : bytes
        A file that may be a notebook; what cannot be looked through comes back as it is.
    """
    try:
        text = content.decode(json.detect_encoding(content))
    except (UnicodeDecodeError, LookupError):
        return content
    kept, start = [], 0
    for begin, end in _outputs(text):
        kept += [text[start:begin], "[]"]
        start = end
    return "".join([*kept, text[start:]]).encode("utf-8", errors="replace") if kept else content


def _outputs(text: str) -> list[tuple[int, int]]:
    """Where the lists of outputs begin and end."""
    found: list[tuple[int, int]] = []
    depth, begin, key = 0, -1, False
    for count, match in enumerate(_TOKEN.finditer(text)):
        token = match[0]
        if count > _MOST_TOKENS:
            return []
        if token in ("[", "{"):
            depth += 1
            if key and token == "[" and begin < 0:
                begin = match.start()
        elif token in ("]", "}"):
            depth -= 1
            if begin >= 0 and depth == _OUTPUTS_DEPTH:
                found.append((begin, match.end()))
                begin = -1
        key = begin < 0 and depth == _OUTPUTS_DEPTH and token == '"outputs"'
    return found
