"""Flags for a person to look at: calls of the course package, copied programs."""

import ast
import json
from copy import deepcopy

import pytest

from mlcourse.authoring import Course
from mlcourse.grading.course_calls import calls_of_the_course
from mlcourse.grading.detours import detours
from mlcourse.grading.rebuild import rebuild
from mlcourse.grading.released import Release
from mlcourse.grading.similarity import statements

COURSE = Course.find()
HONEST = """
import numpy as np
def sigmoid(Z):
    '''Squash.'''
    small = np.exp(-np.abs(Z))
    nn = np.where(Z >= 0, 1 / (1 + small), small / (1 + small))
    return nn
"""

ORDINARY = """
import gc, inspect, importlib, pickle, re, sys
import mylib
importlib.reload(mylib)
gc.collect()
print(inspect.getsource(mylib.f), sys.path, re.compile("a"))
sys.setrecursionlimit(10_000)
"""


@pytest.fixture
def cells_of(small_release, parsed_release):
    """``cells_of(source, *own)``: the rebuilt cells of a submission with this answer."""

    def make(source, *own):
        notebook = deepcopy(small_release)
        notebook["cells"][1]["source"] = source
        extra = [{"cell_type": "code", "metadata": {}, "source": text} for text in own]
        notebook["cells"][1:1] = extra
        return rebuild(json.dumps(notebook).encode(), parsed_release).cells

    return make


@pytest.mark.parametrize(
    "source, own",
    [
        ("from mlcourse import nn\ndef sigmoid(Z): return nn.sigmoid(Z)", []),
        ("def sigmoid(Z):\n    import mlcourse.nn as n\n    return n.sigmoid(Z)", []),
        ("def sigmoid(Z): return __import__('mlcourse.nn').nn.sigmoid(Z)", []),
        ("def sigmoid(Z): return mine(Z)", ["from mlcourse.nn import sigmoid as mine"]),
        (
            "def sigmoid(Z): return helper(Z)",
            ["from mlcourse import nn\ndef helper(Z): return nn.sigmoid(Z)"],
        ),
        ("sigmoid = alias.sigmoid", ["import mlcourse.nn\nalias = mlcourse.nn"]),
        ("import pickle\nsigmoid = pickle.loads(b'cmlcourse.nn\\nsigmoid\\n.')", []),
        ("from importlib import import_module as get\nsigmoid = get('mlcourse').nn.sigmoid", []),
        ("exec(open('/course/mlcourse/nn/activations.py').read())", []),
    ],
)
def test_a_solution_that_calls_the_course_is_flagged(cells_of, parsed_release, source, own):
    assert calls_of_the_course(parsed_release, cells_of(source, *own)) == [
        "calls the course package: sigmoid-solution"
    ]


@pytest.mark.parametrize("own", [[], ["from mlcourse import nn\nprint(nn.sigmoid(0))"], [ORDINARY]])
def test_an_honest_solution_is_not_flagged(cells_of, parsed_release, own):
    cells = cells_of(HONEST, *own)
    assert calls_of_the_course(parsed_release, cells) == detours(parsed_release, cells) == []


@pytest.mark.parametrize(
    "source, name",
    [
        ("import importlib\nm = importlib.import_module('ml' + 'course.nn')", "importlib.import_module"),
        ("from importlib import import_module\nm = import_module(name)", "importlib.import_module"),
        ("m = __import__('ml' + 'course').nn", "__import__"),
        ("import builtins\nm = builtins.__import__(name)", "builtins.__import__"),
        (
            "import sys\nm = [m for name, m in sys.modules.items() if name[-3:] == '.nn']",
            "sys.modules",
        ),
        ("from sys import modules", "sys.modules"),
        ("m = check.__globals__", "__globals__"),
        ("m = getattr(check, '__globals__')", "__globals__"),
        ("m = globals()['n' + 'n']", "globals"),
        ("import gc\nm = [x for x in gc.get_objects() if type(x).__name__ == 'Value']", "get_objects"),
        ("m = [c for c in object.__subclasses__() if c.__name__ == 'Value']", "__subclasses__"),
        ("import pickle\nm = pickle.loads(text)", "pickle.loads"),
        ("exec('import ml' + 'course')", "exec"),
        ("import sys\nm = sys._getframe(2).f_locals", "_getframe"),
        (
            "try:\n    1 / 0\nexcept Exception as e:\n    m = e.__traceback__.tb_frame",
            "tb_frame",
        ),
        ("import sys\nsys.settrace(lambda *a: None)", "settrace"),
        ("import ctypes\nctypes.pythonapi", "ctypes.pythonapi"),
        ("def sigmoid(Z, c=check.__code__): return Z", "__code__"),
    ],
)
@pytest.mark.parametrize("in_the_solution", [True, False])
def test_a_way_round_an_import_is_flagged_wherever_it_is_taken(
    cells_of, parsed_release, source, name, in_the_solution
):
    cells = cells_of(source) if in_the_solution else cells_of(HONEST, source)
    place = "sigmoid-solution" if in_the_solution else "own cell"
    assert f"takes a way round: {name}: {place}" in detours(parsed_release, cells)


@pytest.mark.parametrize(
    "source",
    [
        *("s = f(x + 1e-20j)", "Z.astype(np.complex128)", "np.zeros(3, 'complex128')", "import cmath"),
        *("f(x).imag", "complex(0, h)", "from numpy import imag", "getattr(z, 'imag')", "np.emath.sqrt(-1)"),
        *("from cmath import sqrt", "import numpy.lib.scimath", "from numpy.lib.scimath import sqrt"),
        *("import numpy.lib.scimath as s", "def f(x, complex=complex): return x", "[complex(1) for f in g]"),
    ],
)
def test_complex_numbers_are_flagged(cells_of, parsed_release, source):
    assert detours(parsed_release, cells_of(source)) == ["computes with complex numbers: sigmoid-solution"]


@pytest.mark.parametrize(
    "source",
    [
        "def f(Z, complex=False):\n    return 1 if complex else 2",
        "g = lambda eval: eval + 1",
        "import numpy.lib",
    ],
)
def test_an_argument_of_such_a_name_is_no_complex_number_and_no_way_round(cells_of, parsed_release, source):
    assert detours(parsed_release, cells_of(source)) == []


@pytest.mark.parametrize("source", ["import torch", "from jax import grad", "def f():\n    import sympy"])
def test_a_library_that_differentiates_is_flagged_unless_the_lesson_imports_it(
    cells_of, parsed_release, small_release, source
):
    name = next(each for each in ("torch", "jax", "sympy") if each in source)
    flag = f"uses a library that differentiates: {name}: "
    assert detours(parsed_release, cells_of(source)) == [f"{flag}sigmoid-solution"]
    assert detours(parsed_release, [], {"mine.py": source.encode()}) == [f"{flag}mine.py"]
    lesson = deepcopy(small_release)
    lesson["cells"][0]["source"] += f"\n\ntry:\n    import {name}\nexcept ImportError:\n    pass"
    assert detours(Release.read(json.dumps(lesson)), cells_of(source)) == []


@pytest.mark.parametrize(
    "statement, flagged",
    [
        ("`nn.tanh`\n\n### Exercise\n\n`nn.sigmoid` does not overflow, so you may use it.", False),
        ("`nn.sigmoid` is what the lesson uses.\n\n### Exercise\n\nUse `np.exp` and `nn.tanh`.", True),
    ],
)
def test_what_the_statement_names_may_be_used(small_release, statement, flagged, monkeypatch):
    above = {"cell_type": "markdown", "metadata": {}, "source": statement, "id": "statement"}
    handed_out = deepcopy(small_release)
    handed_out["cells"][0]["source"] += ", nn"
    handed_out["cells"].insert(1, above)
    handed_in = deepcopy(handed_out)
    long = "def sigmoid(Z): return nn.sigmoid(Z)\n" + "x = 1\n" * 1000
    handed_in["cells"][2]["source"] = long
    release = Release.read(json.dumps(handed_out))
    cells = rebuild(json.dumps(handed_in).encode(), release).cells
    parse, read = ast.parse, []
    monkeypatch.setattr(ast, "parse", lambda source, *more: read.append(source) or parse(source, *more))
    assert calls_of_the_course(release, cells) == (
        ["calls the course package: sigmoid-solution"] if flagged else []
    )
    assert read.count(long) == 1, "the tree of a long cell is not kept, so each reading is one more"


@pytest.mark.parametrize(
    "lesson", [each for each in COURSE.lessons() if each.instructor], ids=lambda it: it.name
)
def test_the_courses_own_solutions_are_not_flagged(lesson):
    release = Release.read(lesson.learner.read_text(encoding="utf-8"))
    cells = rebuild(lesson.instructor.read_bytes(), release).cells
    assert calls_of_the_course(release, cells) == detours(release, cells) == []


def test_an_answer_that_the_course_gives_ready_made_is_flagged():
    lesson = next(each for each in COURSE.lessons() if each.name == "08-autograd-and-pytorch")
    release = Release.read(lesson.learner.read_text(encoding="utf-8"))
    notebook = json.loads(lesson.instructor.read_text(encoding="utf-8"))
    cell = next(each for each in notebook["cells"] if "def labelled_graph" in "".join(each["source"]))
    cell["source"] = "def labelled_graph(output):\n    return autograd.trace(output)"
    cells = rebuild(json.dumps(notebook).encode(), release).cells
    flags = calls_of_the_course(release, cells)
    assert flags == [f"calls the course package: {cell['metadata']['nbgrader']['grade_id']}"]


def test_a_helper_with_the_name_of_what_the_lesson_makes_is_not_flagged():
    lesson = next(each for each in COURSE.lessons() if each.name == "10-pytorch")
    release = Release.read(lesson.learner.read_text(encoding="utf-8"))
    notebook = json.loads(lesson.instructor.read_text(encoding="utf-8"))
    assert any("train, test = (datasets" in "".join(cell["source"]) for cell in notebook["cells"])
    cell = next(each for each in notebook["cells"] if "def fixed_1" in "".join(each["source"]))
    helper = ["def train(model, X):\n    return model(X)\n\n\nshares = train(1, 2)\n\n\n"]
    for more, flagged in ([], False), (["train = torch_clinic.BROKEN[1]\n\n\n"], True):
        changed = cell | {"source": [*more, *helper, *cell["source"]]}
        changed = notebook | {"cells": [changed if each is cell else each for each in notebook["cells"]]}
        cells = rebuild(json.dumps(changed).encode(), release).cells
        assert bool(calls_of_the_course(release, cells)) is flagged


@pytest.mark.parametrize("source", ["def (", "1+" * 50_000 + "1", "%%bash\nmlcourse", "\x00"])
def test_sources_that_do_not_parse_stop_nothing(cells_of, parsed_release, source):
    cells = cells_of(source)
    assert calls_of_the_course(parsed_release, cells) == []
    assert statements(parsed_release, cells) == {}


@pytest.mark.parametrize("levels", [200, 1500])
def test_a_program_nested_too_deeply_is_flagged_and_stops_nothing(cells_of, parsed_release, levels):
    cells = cells_of(f"x = {'1+' * levels}nn.sigmoid(0)")
    assert calls_of_the_course(parsed_release, cells) == [
        "nested too deeply to be looked through: sigmoid-solution"
    ]


def test_what_a_statement_names_is_no_leave_for_a_cell_of_ones_own(small_release):
    named = {"cell_type": "markdown", "metadata": {}, "source": "### Look\n\n`nn.sigmoid`", "id": "named"}
    handed_out = deepcopy(small_release)
    handed_out["cells"] += [named, {"cell_type": "code", "metadata": {}, "source": "1", "id": "plain"}]
    handed_in = deepcopy(handed_out)
    helper = "from mlcourse import nn\nhelper = nn.sigmoid"
    handed_in["cells"][1]["source"] = "def sigmoid(Z): return helper(Z)"
    handed_in["cells"].insert(1, {"cell_type": "code", "metadata": {}, "source": helper, "id": "own"})
    release = Release.read(json.dumps(handed_out))
    cells = rebuild(json.dumps(handed_in).encode(), release).cells
    assert calls_of_the_course(release, cells) == ["calls the course package: sigmoid-solution"]
