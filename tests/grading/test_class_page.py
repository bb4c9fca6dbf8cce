"""The page of a class: what it says, and that nothing of a learner's can run or be asked for on it."""

from html.parser import HTMLParser

import pytest

from mlcourse.grading.class_page import COLOURS, bars, learner, made_in, render, state
from mlcourse.grading.class_sources import Sources
from mlcourse.plots import palette

LESSON = "02-two-layer-network"
ATTACK = "</code></td><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\ud800{{ 7 * 7 }}"


def scored(points, most, attempted=True, mistake=None, sentence="", variable="dW2"):
    found = [{"variable": variable, "sentence": sentence, "mistake": mistake}] if sentence else []
    return {"kind": "sealed", "points": points, "max_points": most, "attempted": attempted, "findings": found}


def student(exercises, flags=(), status="graded", seconds=2.0, **late):
    score = sum(each["points"] or 0 for each in exercises.values())
    most = sum(each["max_points"] for each in exercises.values())
    about = {"score": score, "max_score": most, "seconds_late": 0.0, "penalty": 0.0, "seconds": seconds}
    return about | {"status": status, "flags": list(flags), "exercises": exercises} | late


def of(*exercises):
    return dict(zip(("sigmoid", "backward-propagation"), exercises, strict=True))


REPORT = {
    "assignment": LESSON,
    "sandboxed": True,
    "students": {
        "ada": student(of(scored(1, 1), scored(4, 4))),
        "bo": student(of(scored(1, 1), scored(0, 4, mistake="no-mean", sentence="Divide by `m`."))),
        "cem": student(of(scored(0, 1, False), scored(0, 4, mistake="no-mean", sentence="Divide by `m`."))),
        "dora": student(of(scored(0, 1, False), scored(0, 4, False)), status="timeout"),
        "late": student(of(scored(1, 1), scored(2, 4)), seconds_late=90_000.0, penalty=2.0),
        "slow": student(of(scored(1, 1), scored(None, 4)), ["edited: sigmoid"], seconds=9.0),
        ATTACK: student(of(scored(1, 1), scored(0, 4, sentence=ATTACK, variable=ATTACK)), [ATTACK]),
    },
    "alike": [{"students": ["ada", ATTACK], "share": 0.834, "evidence": 90}],
}


class Lines:
    """Sources of a class, as the page asks for them."""

    def line(self, student, exercise, variable):
        return "dW2 = dZ2 @ A1.T" if student == "bo" else ATTACK

    def beside(self, first, second):
        return [("def f():", False), ("    return 1", True)], [(ATTACK, True)]


class Page(HTMLParser):
    """Of a page the tags, the addresses and handlers, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.risks, self.text = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.text += "" if tag in ("code", "mark") else " "
        self.risks += [name for name, _ in attributes if name.startswith("on") or name in ("href", "src")]

    def handle_data(self, data):
        self.text += data

    @property
    def words(self):
        return " ".join(self.text.split())


@pytest.fixture(scope="module")
def page():
    return Page(render(REPORT, Lines()))


def test_nothing_on_it_runs_or_asks_for_anything(page):
    assert not {"script", "img", "iframe", "link", "object", "form"} & set(page.tags)
    assert page.risks == []
    assert "{{ 7 * 7 }}" in page.text, "it is text, and no template"
    assert "<script>alert(1)</script>" in page.text
    assert "\x1b" not in page.text
    render(REPORT, Lines()).encode()


def test_a_mistake_has_its_count_sentence_formula_and_an_example(page):
    expected = "Backward propagation: no-mean 2 of 7 students Divide by m."
    assert f"{expected} Somebody wrote dW2 = dZ2 @ A1.T Right is dW2 = dZ2 @ A1.T / m" in page.words


def test_two_mistakes_of_one_answer_are_counted_each_by_itself():
    both = scored(0, 4, mistake="sign, mask-forgotten", sentence="Two things. The sign. And: the mask.")
    one = scored(0, 4, mistake="sign", sentence="The sign.")
    students = {"ada": student(of(scored(1, 1), both)), "bo": student(of(scored(1, 1), one))}
    html = render(REPORT | {"students": students, "alike": []}, Lines())
    assert "Two things" not in html
    assert "derivative is missing in layer 1" in html


def test_a_mistake_is_shown_in_the_line_in_which_it_is_made():
    """A forgotten mask is first seen in dW1, whose own line is right."""
    forgotten = scored(0, 4, mistake="mask-forgotten", sentence="The mask.", variable="dW1")
    asked = []

    class Asked(Lines):
        def line(self, student, exercise, variable):
            asked.append(variable)
            return ""

    students = {"ada": student(of(scored(1, 1), forgotten))}
    html = render(REPORT | {"students": students, "alike": []}, Asked())
    assert asked == ["dZ1"]
    assert "Right is dZ1 = dA1 * (Z1 > 0)" in Page(html).words
    assert made_in("backward-propagation", "layers-exchanged") == "", "it is made in no formula"
    assert made_in("an-exercise-of-ones-own", "sign") == ""


def test_who_is_late_for_certain_needs_no_column_for_doubts():
    students = {"late": REPORT["students"]["late"]}
    certain = Page(render(REPORT | {"students": students, "alike": []}, Lines()))
    assert "What is not certain" not in certain.words
    students["late"] = students["late"] | {"flags": ["no penalty: it says 03/11"]}
    doubtful = Page(render(REPORT | {"students": students, "alike": []}, Lines()))
    assert "What is not certain late 25 h 2 no penalty: it says 03/11" in doubtful.words


def test_an_example_does_not_say_whose_it_is():
    html = render(REPORT | {"alike": []}, Lines())
    assert "bo" not in Page(html).text.split(), "who only made a mistake is not named at all"
    assert "late" in Page(html).text.split()


@pytest.mark.parametrize(
    "about, expected",
    [
        (scored(4, 4), "right"),
        (scored(2, 4), "partly right"),
        (scored(0, 4), "wrong"),
        (scored(0, 4, attempted=False), "open"),
        (scored(None, 4), "to be scored by hand"),
    ],
)
def test_an_exercise_is_in_one_of_five_states(about, expected):
    assert state(about) == expected


def test_the_states_are_counted_for_each_exercise(page):
    assert "Exercise Right Partly right Wrong Open To be scored by hand" in page.words
    assert "Backward propagation (4) 1 1 3 1 1" in page.words
    assert "sigmoid function (1) 5 0 0 2 0" in page.words


def test_who_is_late_flagged_alike_or_slow_is_named(page):
    assert "late 25 h 2" in page.words
    assert "slow 1 graded edited: sigmoid" in page.words
    assert "1 not graded to the end" in page.words and "dora 0 timeout" in page.words
    assert "83 % in common" in page.words
    assert "slow 9.0 4.5" in page.words


@pytest.mark.parametrize(
    "scores, most, labels, counts",
    [
        ([0, 1, 1.5, 3, 3], 3, ["0", "1", "2", "3"], [1, 2, 0, 2]),
        ([0.0, 23.9, 24], 24, ["0–2", "2–4", "4–6", "6–8"], [1, 0, 0, 0]),
        ([], 0, ["0–0", "0"], [0, 0]),
    ],
)
def test_scores_are_counted_by_points_and_full_marks_stand_alone(scores, most, labels, counts):
    found = bars(scores, most)
    assert [each["label"] for each in found][: len(labels)] == labels
    assert [each["count"] for each in found][: len(counts)] == counts
    assert sum(each["count"] for each in found) == len(scores)
    assert found[-1]["label"] == f"{most:g}"


def test_its_colours_are_those_of_the_courses_pictures():
    expected = (palette.GREEN, palette.ORANGE, palette.RED, palette.BLUE)
    assert tuple(COLOURS[name] for name in ("right", "partly right", "wrong", "mistake")) == expected


def test_text_of_a_learner_is_shown_letter_by_letter():
    assert Page(learner("a < b & 'c' [d](e) é 李")).text == "a < b & 'c' [d](e) é 李"


def test_an_example_is_found_wherever_a_variable_gets_its_value(make_course, tmp_path, answered):
    answers = {
        "assigned": "    dW2 = dZ2 @ A1.T  # by Ada\n    return dict(dW2=dW2)",
        "in-a-dict": "    return {'dW2': dZ2 @ A1.T, 'dW1': 0}",
        "by-keyword": "    return dict(dW2=dZ2 @ A1.T)",
        "by-key": "    grads = {}\n    grads['dW2'] = dZ2 @ A1.T\n    return grads",
        "named": "    dW2 = print('my name is Ada Lovelace, of London')",
        "elsewhere": "    pass",
    }
    course = make_course(tmp_path / "course", {})
    for name, body in answers.items():
        folder = course.autograded(LESSON, name)
        folder.mkdir(parents=True)
        source = f"def backward_propagation(Y, cache, W1, b1, W2, b2):\n{body}"
        (folder / f"{LESSON}.ipynb").write_bytes(answered({"backward-propagation": source}))
    (course.autograded(LESSON, "broken")).mkdir(parents=True)
    (course.autograded(LESSON, "broken") / f"{LESSON}.ipynb").write_text("{")
    sources = Sources(course, LESSON)
    lines = {
        name: sources.line(name, "backward-propagation", "dW2") for name in (*answers, "broken", "absent")
    }
    assert lines == {
        "assigned": "dW2 = dZ2 @ A1.T",
        "in-a-dict": "dW2 = dZ2 @ A1.T",
        "by-keyword": "dW2 = dZ2 @ A1.T",
        "by-key": "grads['dW2'] = dZ2 @ A1.T",
        **dict.fromkeys(("named", "elsewhere", "broken", "absent"), ""),
    }
