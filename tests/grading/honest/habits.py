"""How people write: other forms of a function, magic lines, names given and taken, trials left in."""

import re
from textwrap import dedent

_FIRST = re.compile(r"^def (\w+)\(", re.MULTILINE)


def _changed(lesson, change):
    """The filled notebook with this done to each answer."""
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = change(cell["source"])
    return notebook


def _anew(lesson, change):
    """As `_changed`, in cells that were typed anew."""
    notebook = _changed(lesson, change)
    notebook["cells"] = [
        lesson.code(cell["source"]) if lesson.is_answer(cell) else cell for cell in notebook["cells"]
    ]
    return notebook


def _with_own(lesson, *sources):
    """The filled notebook with cells of one's own, from the third place on."""
    notebook = lesson.filled()
    notebook["cells"][2:2] = [lesson.code(source) for source in sources]
    return notebook


def _names(source):
    return _FIRST.findall(source)


def _indented(source):
    return "\n".join(f"    {line}" if line.strip() else line for line in source.split("\n"))


def type_hints_and_future(lesson):
    def change(source):
        source = re.sub(
            r"^def (\w+)\((.*)\):$", r"def \1(\2) -> Array | dict | tuple | float:", source, flags=re.M
        )
        return "from __future__ import annotations\n\nfrom typing import Any as Array\n\n\n" + source

    return _changed(lesson, change)


def lambdas_around_them(lesson):
    def change(source):
        names = _names(source)
        source = _FIRST.sub(r"def _\1(", source)
        return source + "".join(
            f"\n{name} = lambda *args, _f=_{name}, **kw: _f(*args, **kw)" for name in names
        )

    return _anew(lesson, change)


def partials(lesson):
    def change(source):
        names = _names(source)
        source = "import functools\n\n\n" + _FIRST.sub(r"def _\1(", source)
        return source + "".join(f"\n{name} = functools.partial(_{name})" for name in names)

    return _anew(lesson, change)


def methods_of_a_class(lesson):
    def change(source):
        names = _names(source)
        body = _indented(source).replace("    def ", "    @staticmethod\n    def ")
        return f"class Solution:\n{body}\n\n\n" + "\n".join(f"{name} = Solution.{name}" for name in names)

    return _anew(lesson, change)


def objects_that_are_called(lesson):
    def change(source):
        names = _names(source)
        source = _FIRST.sub(r"def _\1(", source)
        for name in names:
            source += (
                f"\n\n\nclass {name.title()}:\n    def __call__(self, *args):\n        return _{name}(*args)"
            )
            source += f"\n\n\n{name} = {name.title()}()"
        return source

    return _anew(lesson, change)


def decorated(lesson):
    timer = """
        import functools
        import time


        def timer(function):
            @functools.wraps(function)
            def timed(*args, **kwargs):
                begin = time.perf_counter()
                result = function(*args, **kwargs)
                timed.seconds = time.perf_counter() - begin
                return result

            return timed


        try:
            from numba import njit
        except ImportError:
            njit = timer


        """
    timer = dedent(timer).lstrip()
    return _changed(lesson, lambda source: timer + _FIRST.sub(r"@njit\n@timer\ndef \1(", source))


def below_a_condition(lesson):
    return _anew(lesson, lambda source: f'if __name__ == "__main__":\n{_indented(source)}')


def tried_and_caught(lesson):
    return _anew(lesson, lambda s: f"try:\n{_indented(s)}\nexcept Exception as error:\n    print(error)")


def executed_from_a_text(lesson):
    return _anew(lesson, lambda source: f"exec({source!r})")


def made_by_a_function(lesson):
    def change(source):
        names = _names(source)
        inside = f"{_indented(source)}\n    return {', '.join(names)},"
        return f"def make():\n{inside}\n\n\n({', '.join(names)},) = make()"

    return _anew(lesson, change)


def put_into_globals(lesson):
    def change(source):
        names = _names(source)
        source = _FIRST.sub(r"def _\1(", source)
        return source + "".join(f"\nglobals()[{name!r}] = _{name}" for name in names)

    return _anew(lesson, change)


def written_to_a_file_by_magic(lesson):
    notebook = lesson.filled()
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        if not lesson.is_answer(cell):
            cells.append(cell)
            continue
        module = f"mylib_{lesson.name[:2]}_{number}"
        head = "import numpy as np\nfrom mlcourse import nn\nfrom mlcourse.nn import *\n"
        source = head if number else ""
        cells.append(lesson.code(f"%%writefile {module}.py\n{source}\n{cell['source']}"))
        cells.append(lesson.code(f"from {module} import {', '.join(_names(cell['source']))}"))
    notebook["cells"] = cells
    return notebook


def all_kinds_of_magic(lesson):
    lines = "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\n%precision 4\n%xmode Minimal"
    lines += "\n%load_ext autoreload\n%autoreload 2\n%env MINE=1\n%alias_magic t timeit\n%no_such_magic 3"
    return _with_own(lesson, lines, "%%html\n<b>hello</b>", "%%no_such_magic\nx", "?len", "len??", "!ls -la")


def reset_on_top(lesson):
    notebook = lesson.filled()
    notebook["cells"].insert(0, lesson.code("%reset -f"))
    return notebook


def names_of_their_own_for_numpy(lesson):
    return _changed(
        lesson, lambda source: "import numpy\nimport numpy as xp\nfrom numpy import *\n\n\n" + source
    )


def names_deleted_and_reused(lesson):
    return _with_own(
        lesson,
        "x = 1\ndel x\nlist = [1, 2]\nsum = 0\nmax = 5\nstr = 'a'\nid = 7",
        "check_result = True\ninput_ = None\ndict = dict(a=1)",
        "del list, sum, max, str, id, dict",
    )


def check_given_another_meaning(lesson):
    notebook = lesson.filled()
    notebook["cells"].append(lesson.code("check = True"))
    return notebook


def cells_that_wait(lesson):
    return _with_own(
        lesson,
        "import asyncio\n\nawait asyncio.sleep(0.01)",
        "async def later():\n    return 1\n\n\nawait later()",
    )


def files_that_are_not_there(lesson):
    return _with_own(
        lesson,
        "import numpy as np\ndata = np.load('../data/mine.npy')",
        "with open('C:\\\\Users\\\\me\\\\notes.txt') as file:\n    print(file.read())",
    )


def packages_that_are_not_there(lesson):
    return _with_own(
        lesson, "import seaborn as sns\nsns.set_theme()", "import tensorflow as tf", "import cupy"
    )


def a_syntax_error_elsewhere(lesson):
    return _with_own(
        lesson, "def unfinished(:\n    pass", "print 'hello'", "for i in range(3)\n    print(i)", "   x = 1"
    )


def tests_of_their_own(lesson):
    source = "import unittest\n\n\nclass Mine(unittest.TestCase):\n    def test_it(self):\n        pass"
    run = "unittest.main(argv=[''], exit=False, verbosity=2)"
    return _with_own(lesson, source, run, "import doctest\ndoctest.testmod()", "assert 1 == 2, 'still wrong'")


def pictures_and_widgets(lesson):
    plot = "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\nplt.show()\nfig, ax = plt.subplots()"
    widget = "from ipywidgets import interact\n\ninteract(lambda x=1.0: x)"
    return _with_own(lesson, plot, widget)


def markdown_by_a_wrong_key(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["cell_type"] = "markdown"
    return notebook


def merged_with_the_check(lesson):
    """Shift+M: an answer and the check below it become one cell, which keeps the names of the first."""
    notebook, cells = lesson.filled(), []
    for cell in notebook["cells"]:
        if cell["source"].startswith("check(") and cells and lesson.is_answer(cells[-1]):
            cells[-1] = cells[-1] | {"source": f"{cells[-1]['source']}\n\n{cell['source']}"}
        else:
            cells.append(cell)
    notebook["cells"] = cells
    return notebook


def function_by_function(lesson):
    """Each function of an answer in a cell of its own, the first one where it was."""
    notebook, cells = lesson.filled(), []
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            parts = re.split(r"\n\n\n(?=def )", cell["source"])
            cells += [cell | {"source": parts[0]}, *map(lesson.code, parts[1:])]
        else:
            cells.append(cell)
    notebook["cells"] = cells
    return notebook


def tabs(lesson):
    return _changed(lesson, lambda source: source.replace("    ", "\t"))


def answers_pasted_twice(lesson):
    return _changed(lesson, lambda source: f"{source}\n\n\n{source}")


def stub_left_above_in_the_same_cell(lesson):
    notebook = lesson.filled()
    stubs = {lesson.grade_id(cell): cell["source"] for cell in lesson.release["cells"]}
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = f"{stubs[lesson.grade_id(cell)]}\n\n\n{cell['source']}"
    return notebook


def compared_with_the_course_afterwards(lesson):
    notebook = lesson.filled()
    notebook["cells"].append(lesson.code("from mlcourse import nn\n\nprint(nn.sigmoid(0.0))"))
    return notebook
