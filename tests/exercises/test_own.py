"""Exercises of an instructor's own, from the text of their file."""

from pathlib import Path

import pytest

from mlcourse import authoring, check
from mlcourse.authoring.own import check_own
from mlcourse.exercises import get, of_lesson
from mlcourse.exercises.own import declared_in

TEMPLATE = Path(authoring.__file__).parent / "templates" / "exercises.py.txt"
TEXT = TEMPLATE.read_text().replace("{{name}}", "09-own")


def changed(old, new):
    assert old in TEXT
    return TEXT.replace(old, new)


def test_they_are_found_after_those_of_the_course():
    assert get("leaky-backward", TEXT) is get("leaky-backward", TEXT) is of_lesson("09-own", TEXT)[0]
    assert get("sigmoid", TEXT).lesson == "02-two-layer-network"
    with pytest.raises(KeyError, match="did you mean leaky-backward"):
        get("leaky-backwrad", TEXT)


def test_a_lesson_of_the_course_may_have_more_and_another_none():
    assert [e.id for e in of_lesson("02-two-layer-network", TEXT)][-2:] == [
        "update-parameters",
        "leaky-backward",
    ]
    assert of_lesson("10-essay") == ()


def test_the_template_passes_its_own_trial():
    check_own("09-own", declared_in(TEXT))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("EXERCISES = [", "exercises.py, line 1: SyntaxError"),
        ("import numpy\n\n1 / 0", "exercises.py, line 3: ZeroDivisionError: division by zero"),
        ("x = 1", "exercises.py has no list EXERCISES"),
        ("EXERCISES = [3]", "exercises.py has no list EXERCISES"),
        (TEXT + "\nEXERCISES += EXERCISES\n", "declares 'leaky-backward' twice"),
    ],
)
def test_a_file_that_declares_nothing_is_refused_in_one_line(text, message):
    with pytest.raises(ValueError, match=message) as caught:
        declared_in(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('lesson="09-own"', 'lesson="09"', "its lesson is '09', expected the folder's name '09-own'"),
        ('id="leaky-backward"', 'id="sigmoid"', "an exercise of the course has this id already"),
        ("points=2", "points=-2", "expected points of 0 or more, a whole number, got -2"),
        ("        - dA * slope", "        - dA * slopes", "'dA \\* slopes' is not in the reference"),
        ("np.where(Z > 0, 1.0, 0.0)", "np.where(Z > 0, 1, alpha)", "'relu-for-leaky' gives the right answer"),
        ('rng.normal(size=shape), "Z"', 'rng.normal(shape=3), "Z"', "inputs cannot be drawn: TypeError"),
        ("        - dA * slope", "        -[3] dA * slope", "is not in the reference 3 times"),
        ("rng.integers(5, 8)", "5 + (rng.random() < 0.1)", "axis 1 of dA is 5 in all inputs .* and 6"),
        ('returns="dZ"', 'edges=lambda: {"dA": 1}, returns="dZ"', "edges\\(\\) as a list of dicts"),
        ("    dZ = dA * slope\n", "    dZ = dA * slope\n    dA *= 2\n", "the reference itself is not right"),
    ],
)
def test_what_is_wrong_with_an_exercise_is_said_before_a_learner_meets_it(old, new, message):
    with pytest.raises(ValueError, match=message) as caught:
        check_own("09-own", declared_in(changed(old, new)))
    assert "\n" not in str(caught.value)


LAYER = '''
import numpy as np

from mlcourse.exercises import Exercise, Part
from mlcourse.exercises.known_mistakes import known


class Scaler:
    def __init__(self, rate):
        self.rate = rate

    def forward(self, X):
        self.X = X
        return self.rate * X

    def backward(self, dY):
        self.drate = np.sum(dY * self.X)
        return self.rate * dY


MISTAKES = known(
    Scaler,
    """
    rate-forgotten
        You passed dY on as it came.
        - return self.rate * dY
        + return dY
    """,
)


def draw(rng):
    shape = (int(rng.integers(2, 5)), int(rng.integers(5, 8)))
    calls = [["forward", "X"], ["backward", "dY"], ["drate"]]
    return {"rate": 0.3, "X": rng.normal(size=shape), "dY": rng.normal(size=shape), "calls": calls}


part = Part("Scaler", draw, Scaler, {"forward": "Y", "backward": "dX", "drate": "drate"}, drive="methods",
    mistakes=MISTAKES)
EXERCISES = [Exercise(id="scaler", lesson="11-own", points=2, title="A layer", parts=(part,))]
'''


def test_a_class_is_built_and_its_methods_called(tmp_path, monkeypatch):
    check_own("11-own", declared_in(LAYER))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exercises.py").write_text(LAYER)
    (part,) = get("scaler", LAYER).parts
    assert check("scaler", part.reference) == 2
    assert "You passed dY on as it came." in check("scaler", part.mistakes[0].function)._repr_html_()

    class Forward:
        def __init__(self, rate):
            self.rate = rate

        def forward(self, X):
            return self.rate * X

    assert "has no attribute &#x27;backward&#x27;" in check("scaler", Forward)._repr_html_()


def test_check_finds_them_beside_the_notebook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    card = check("leaky-backward", abs)._repr_html_()
    assert "are in its exercises.py, which is not beside this notebook" in card
    assert "exercises.py" not in check("sigmoit", abs)._repr_html_()
    (tmp_path / "exercises.py").write_text(TEXT)
    assert check("leaky-backward", get("leaky-backward", TEXT).parts[0].reference) == 2
    card = check("leaky-backward", lambda dA, Z, alpha: dA * (Z > 0))._repr_html_()
    assert "That is plain ReLU" in card
    (tmp_path / "exercises.py").write_text("EXERCISES = [")
    assert "exercises.py, line 1: SyntaxError" in check("leaky-backward", abs)._repr_html_()
