"""Answers are easier to bring in than they were, and nothing but one's own right answer is worth a point."""

import base64
import json
from copy import deepcopy

import pytest

from mlcourse.grading.inside import driver
from mlcourse.grading.rebuild import rebuild
from mlcourse.grading.released import Release
from mlcourse.grading.second_chance import solutions_of

LESSON = "02-two-layer-network"
WRONG = "def sigmoid(Z):\n    return 1 / (1 + np.exp(Z))"


@pytest.fixture
def lesson(honest):
    return honest["as_it_is", LESSON][0]


@pytest.fixture
def solutions(lesson):
    return solutions_of(Release.read(lesson.write(lesson.instructor)).cells)


def points(result):
    return {name: found.points for name, found in result.exercises.items() if found.points}


@pytest.mark.parametrize(
    "own",
    [
        "from mlcourse.nn import sigmoid",
        "from mlcourse import nn\nsigmoid = nn.sigmoid",
        "from mlcourse.nn import *",
        "import mlcourse.nn as m\nf = m.sigmoid\nsigmoid = f",
        "import sys\nsigmoid = sys.modules['mlcourse.nn'].sigmoid",
        "sigmoid",
        "for sigmoid in (1, 2): pass",
        "if False:\n    def sigmoid(Z): return Z",
        "class Holder:\n    def sigmoid(Z): return Z",
        "# def sigmoid(Z): return Z",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_stub_that_was_left_as_it_is_yields_to_nothing_but_a_definition_of_ones_own(
    lesson, graded_here, own, above
):
    notebook = deepcopy(lesson.release)
    notebook["cells"].insert(1 if above else len(notebook["cells"]), lesson.code(own))
    result = graded_here(lesson, {lesson.file: lesson.write(notebook)})
    assert points(result) == {}


@pytest.mark.parametrize(
    "own",
    [
        "",
        "from mlcourse.nn import sigmoid",
        "from mlcourse import nn\nsigmoid = nn.sigmoid",
        "from mlcourse.nn import *",
        "import sys\nsigmoid = sys.modules['mlcourse.nn'].sigmoid",
        "import mlcourse.nn\nglobals()['sigmoid'] = mlcourse.nn.sigmoid",
        "for sigmoid in (1, 2): pass",
        "class Holder:\n    def sigmoid(Z): return Z",
        "callable = globals = None",
        "def sigmoid(Z): raise NotImplementedError",
    ],
)
def test_a_stub_that_was_deleted_yields_to_nothing_of_the_courses(lesson, graded_here, own):
    notebook = deepcopy(lesson.release)
    notebook["cells"] = [cell for cell in notebook["cells"] if not lesson.is_answer(cell)]
    notebook["cells"].insert(1, lesson.code(own))
    assert points(graded_here(lesson, {lesson.file: lesson.write(notebook)})) == {}


def test_an_untouched_notebook_is_worth_nothing_with_all_solutions_at_hand(lesson, graded_here, solutions):
    result = graded_here(lesson, {lesson.file: lesson.write(lesson.release)}, solutions)
    assert points(result) == {}
    assert not any(found.replaced for found in result.exercises.values())


def test_what_is_right_by_itself_keeps_its_points_and_says_so(lesson, graded_here, solutions):
    notebook = lesson.filled(**{"sigmoid-solution": WRONG})
    result = graded_here(lesson, {lesson.file: lesson.write(notebook)}, solutions)
    forward = result.exercises["forward-propagation"]
    assert (forward.points, forward.alone, forward.replaced) == (2, 0, ("sigmoid",))
    assert result.exercises["sigmoid"].points == 0
    assert result.exercises["sigmoid"].findings[0].mistake
    (card,) = [
        cell["outputs"][0]["data"]["text/html"]
        for cell in result.notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "forward-propagation"
    ]
    assert "Right by itself: judged with the course&#x27;s <code>sigmoid</code>" in card


def test_what_is_wrong_by_itself_gets_no_points_by_the_courses_functions(lesson, graded_here, solutions):
    right = lesson.solutions["forward-propagation-solution"]
    answers = {"sigmoid-solution": WRONG, "forward-propagation-solution": right.replace("+ b2", "- b2")}
    result = graded_here(lesson, {lesson.file: lesson.write(lesson.filled(**answers))}, solutions)
    assert "forward-propagation" not in points(result)
    assert "sigmoid" not in points(result)


def test_what_was_replaced_is_not_asked_again(lesson, graded_here, solutions, monkeypatch):
    """The course's solutions come when all else is judged: nothing that finds them there can sell them."""
    replaced: set[str] = set()
    answers = driver._answers

    def spy(part):
        replaced.update(part["replacement"]["names"])
        assert part["function"] not in replaced
        assert bool(replaced) == bool(part["replacement"]["names"])
        return answers(part)

    monkeypatch.setattr(driver, "_answers", spy)
    stub = "def binary_cross_entropy(A, Y):\n    raise NotImplementedError"
    notebook = lesson.filled(**{"sigmoid-solution": WRONG, "binary-cross-entropy-solution": stub})
    graded_here(lesson, {lesson.file: lesson.write(notebook)}, solutions)
    assert replaced


@pytest.mark.parametrize("spoilt, expected", [("", 3.0), ("self.grad = 1.0", 0.0)])
def test_a_class_that_goes_on_from_a_wrong_one_of_its_name_keeps_its_points(
    lesson, graded_here, spoilt, expected
):
    lesson = type(lesson)("08-autograd-and-pytorch")
    solutions = solutions_of(Release.read(lesson.write(lesson.instructor)).cells)
    names = "value-operations", "topological-backward"
    assert [len(solutions[name]) for name in names] == [1, 2]
    first, second = (lesson.solutions[f"{name}-solution"] for name in names)
    assert first.count("+=") == 1 and (not spoilt or second.count(spoilt) == 1)
    notebook = lesson.filled(
        **{
            "value-operations-solution": first.replace("+=", "="),
            "topological-backward-solution": second.replace(spoilt, "pass") if spoilt else second,
        }
    )
    result = graded_here(lesson, {lesson.file: lesson.write(notebook)}, solutions)
    found = result.exercises
    assert [found[name].points for name in names] == [0.0, expected]
    assert ("that it goes on from in the place of yours" in json.dumps(result.notebook)) == bool(expected)
    assert found["topological-backward"].replaced == (("Value",) if expected else ())
    namespace = driver._served["namespace"]  # the learner's own class is below it again
    assert namespace["Value"].__bases__[0].__init__.__globals__ is namespace


@pytest.mark.parametrize("name", ["Layer", "Dense"])
def test_a_replaced_class_is_below_the_one_that_goes_on_from_it_and_makes_its_objects(name):
    namespace = {}
    exec("class Layer:\n    def twin(self): return None\n    size = 1", namespace)
    exec(f"class {name}(Layer):\n    def twice(self): return 2 * self.twin().size", namespace)
    course = "class Layer:\n    def twin(self): return Layer()\n    size = 3"
    with driver._replaced(namespace, name, (course,), ("Layer",)):
        assert namespace[name]().twice() == 6
        assert type(namespace["Layer"]().twin()) is namespace["Layer"]
    assert namespace[name]().twin() is None


RIGHT, WRONG_CLASS = "return 3", "return None"
FIRST = "class Value:\n    def one(self): {}"
SECOND = "class Value(Value):\n    def two(self): {}"
LAST = "class Value(Value):\n    def sum(self): return self.one() + self.two()"


@pytest.mark.parametrize(
    "above, programs, course",
    [
        (["class Value:\n    def one(self): {0}\n    two = one", "class Shown(Value): pass",
          LAST.replace("(Value)", "(Shown)")], [0], [0]),
        ([FIRST, SECOND, LAST], [0], [0]),
        ([FIRST, SECOND, LAST], [1], [0, 1]),
        ([FIRST, SECOND, LAST], [0, 1], [0, 0, 1]),
        ([FIRST, SECOND, LAST], [1], [1]),
        ([FIRST, "Base = Value\nclass Value(Base):\n    def one(self): return Base.one(self)\n    two = one",
          LAST], [0], [0]),
    ],
    ids=["one between", "the first of three", "the second", "both", "the first is the lesson's own",
         "by another name"],
)  # fmt: skip
def test_of_classes_on_each_other_only_the_wrong_ones_are_replaced(above, programs, course):
    namespace = {}
    for number, source in enumerate(above):
        exec(source.replace("{}", "{0}").format(WRONG_CLASS if number in programs else RIGHT), namespace)
    before = namespace["Value"].__mro__
    sources = tuple(above[number].replace("{}", "{0}").format(RIGHT) for number in course)
    with pytest.raises(TypeError):
        namespace["Value"]().sum()
    with driver._replaced(namespace, "Value", sources, ("Value",)):
        assert namespace["Value"]().sum() == 6
    assert namespace["Value"].__mro__ == before


def test_a_wrong_class_with_slots_is_replaced_too():
    namespace = {}
    exec("class Value:\n    __slots__ = ('size',)\n    def one(self): return None\n" + LAST, namespace)
    course = "class Value:\n    def __init__(self): self.size = 1\n    def one(self): return self.size\n"
    course += "    two = one"
    with driver._replaced(namespace, "Value", (course,), ("Value",)):
        assert namespace["Value"]().sum() == 2
    assert namespace["Value"]().one() is None


def test_no_solution_of_one_exercise_answers_another(honest, graded_here):
    """So the course's function in the place of a wrong one cannot do the work of what is judged with it."""
    for name in {lesson for _, lesson in honest}:
        lesson = honest["as_it_is", name][0]
        checks = [cell for cell in Release.read(lesson.write(lesson.release)).cells if cell.exercise]
        for shift in range(1, len(checks)):
            answers = {}
            for number, cell in enumerate(checks):
                other = checks[(number + shift) % len(checks)]
                source = lesson.solutions[f"{other.grade_id}-solution"]
                for theirs, mine in zip(other.functions, cell.functions, strict=False):
                    source += f"\n\n\n{mine} = {theirs}"
                answers[f"{cell.grade_id}-solution"] = "def _make():\n" + "\n".join(
                    f"    {line}" for line in [*source.split("\n"), f"return {cell.functions[0]}"]
                )
                answers[f"{cell.grade_id}-solution"] += f"\n\n\n{cell.functions[0]} = _make()"
            notebook = lesson.filled(**answers)
            result = graded_here(lesson, {lesson.file: lesson.write(notebook)})
            assert points(result) == {}, (name, shift)


@pytest.mark.parametrize(
    "answer, words",
    [
        (
            "def logistic(Z):\n    return Z",
            "its cell defines `logistic` instead. Give it the name",
        ),
        ("def sigmoid(Z):\n    return Z\n\n\nundefined", "its cell stopped with NameError: name 'undefined'"),
        ("undefined\n\n\ndef sigmoid(Z):\n    return Z", "the cell that defines it stopped with NameError"),
        ("def sigmoid(Z)\n    return Z", "its cell stopped with SyntaxError"),
        ("sigmoid = 3", "sigmoid is not a function: it is of type int."),
        ("def sigmoid(Z):\n    return Z\n\n\ndel sigmoid", "ran, but nothing had that name afterwards"),
        ("", "no cell defines it"),
    ],
)
def test_a_card_says_what_was_seen_of_a_function_that_is_not_there(lesson, graded_here, answer, words):
    notebook = lesson.filled(**{"sigmoid-solution": answer})
    found = graded_here(lesson, {lesson.file: lesson.write(notebook)}).exercises["sigmoid"]
    assert found.points == 0
    if "undefined" in answer and answer.startswith("def"):
        assert found.findings[0].sentence, "it is there, and wrong in another way"
    else:
        assert words in found.findings[0].sentence


def test_pictures_of_an_answer_come_through_whatever_way_they_were_put_in(honest):
    lesson = honest["as_it_is", "05-deep-networks"][0]
    release = Release.read(lesson.write(lesson.release))
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    answer = (
        "By hand: ![p](attachment:p.png) and <img src='attachment:my%20photo.png' width=30>\n"
        f"![colab](data:image/png;base64,{pixel}) ![file](photos/page.png) ![web](https://x.example/y.png)"
    )
    notebook = lesson.filled(**{"tanh-derivation": answer})
    (cell,) = (cell for cell in notebook["cells"] if lesson.grade_id(cell) == "tanh-derivation")
    cell["attachments"] = {
        "p.png": {"image/png": pixel},
        "my photo.png": {"image/png": [pixel]},
        "evil.svg": {"image/svg+xml": "<svg onload=alert(1)>"},
        "fake.png": {"image/png": "<script>"},
    }
    files = {"photos/page.png": base64.b64decode(pixel)}
    rebuilt = rebuild(lesson.write(notebook), release, files)
    (found,) = (cell.raw for cell in rebuilt.cells if cell.grade_id == "tanh-derivation")
    assert [*found["attachments"].values()] == [{"image/png": pixel}] * 4
    assert found["source"].count("](attachment:picture-") == 4
    assert "](https" not in found["source"], "a picture from the web tells somebody when it is looked at"
    again = rebuild(lesson.write(notebook | {"cells": [found]}), release)
    (twice,) = (cell.raw for cell in again.cells if cell.grade_id == "tanh-derivation")
    assert twice["attachments"] == found["attachments"]


@pytest.mark.parametrize("worth", [1, 8])
def test_half_an_answer_is_worth_half_of_what_the_instructor_gives(honest, graded_here, worth):
    lesson = honest["as_it_is", "05-deep-networks"][0]
    half = lesson.solutions["activation-derivatives-solution"]
    half = half.replace("def relu_derivative(Z):", "def relu_derivative(Z):\n    return Z")
    half = half.replace("def tanh_derivative(Z):", "def tanh_derivative(Z):\n    return Z")
    release = deepcopy(lesson.release)
    for cell in release["cells"]:
        if lesson.grade_id(cell) == "activation-derivatives":
            cell["metadata"]["nbgrader"]["points"] = worth
    notebook = lesson.filled(**{"activation-derivatives-solution": half})
    found = graded_here(lesson, {lesson.file: lesson.write(notebook)}, release=release)
    scored = found.exercises["activation-derivatives"]
    assert (scored.points, scored.max_points) == (worth / 2, worth)
