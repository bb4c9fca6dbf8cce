"""A stub that the learner deleted is put back, and yields to what the notebook has under its name.

Whether something else defines a function can be read for most programs, and seen for all of them: by
``exec``, below a condition, in ``globals()``, from a module. What is the course's own does not count.
"""

from mlcourse.grading.definitions import stubs
from mlcourse.grading.released import Cell

_BEFORE = """_mlcourse_there = {{
    _name: globals()[_name]
    for _name in {names}
    if callable(globals().get(_name))
    and str(getattr(globals()[_name], "__module__", "")).split(".")[0] != "mlcourse"
}}
"""
_AFTER = """
globals().update(_mlcourse_there)
del _mlcourse_there
"""


def guarded(cell: Cell) -> str:
    """Return the program that is run for a cell: its text, for a stub that was put back with a guard.

    Parameters
    ----------
    cell : Cell
        Of a rebuilt submission.
    """
    names = sorted(stubs(cell.source)) if cell.put_back else []
    return f"{_BEFORE.format(names=names)}{cell.source}{_AFTER}" if names else cell.source
