"""How people return what is asked for: other kinds of dict, of tuple, of number."""

import re

_FIRST = re.compile(r"^def (\w+)\(", re.MULTILINE)
_OTHERWISE = """
import collections
import warnings


def _otherwise(found):
    warnings.warn("I have been called")
    if isinstance(found, dict):
        items = {np.str_(key): _otherwise(value) for key, value in found.items()}
        return collections.defaultdict(float, items) if "dW1" in found else collections.OrderedDict(items)
    if isinstance(found, tuple):
        named = collections.namedtuple("Found", [f"item_{k}" for k in range(len(found))])
        return named(*map(_otherwise, found))
    if isinstance(found, np.ndarray) and found.dtype.kind == "f":
        found = np.asfortranarray(found.astype(np.longdouble if found.ndim == 2 else ">f8"))
        found.setflags(write=False)
    return found
"""


def returned_otherwise(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            names = _FIRST.findall(cell["source"])
            cell["source"] = (
                _FIRST.sub(r"def _\1(", cell["source"])
                + _OTHERWISE
                + "".join(
                    f"\n\ndef {name}(*arguments):\n    return _otherwise(_{name}(*arguments))\n"
                    for name in names
                )
            )
    return notebook
