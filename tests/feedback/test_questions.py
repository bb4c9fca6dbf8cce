"""Questions: marked at once, with the reason; never graded; no answer in a learner's notebook."""

import html
import re

import nbformat
import pytest

from mlcourse import ask
from mlcourse.authoring import Course
from mlcourse.exercises import LESSONS, Question, get, of_lesson, question, questions_of_lesson
from mlcourse.feedback import progress_store
from mlcourse.feedback.questions import Asked, NoNumber, read_number

NUMBER = Question("q-number", 0.25, "Because `1 / 4` is.", notes={4: "That is its inverse."}, within=0.005)
CHOICE = Question("q-choice", "up", "It rises.", ("up", "down"), notes={"down": "The sign is lost."})
ALL = [q for lesson in LESSONS for q in questions_of_lesson(lesson)]


def plain(words):
    """Return HTML as the reader sees it."""
    return html.unescape(re.sub(r"<[^>]+>", "", words))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0.25", 0.25),
        (" 1/4 ", 0.25),
        ("0,25", 0.25),
        ("−3", -3),
        ("- 3", -3),
        ("+2e-5", 2e-5),
        ("-1/-4", 0.25),
        (".25", 0.25),
        ("25 %", 0.25),
        ("x0.25", 0.25),
        ("dx = 1/4", 0.25),
        ("≈ 0.25", 0.25),
        ("16 898", 16898),
        ("1,000,000", 1_000_000),
        ("Four", 4),
        ("zero", 0),
        ("TWELVE", 12),
        ("y = x = ~ 3", 3),
        ("× 2", 2),
        ("-16,898", -16_898),
        ("16,898.5", 16898.5),
        ("1,000,000.25", 1_000_000.25),
        ("-25%", -0.25),
        ("1/2 %", 0.005),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "x", "%", "=", "1/0", "nan", "inf", "1,0,0", "1e999", "1/2/3", "0.2.5", "four and", "1/4/"]
)
def test_what_is_no_number_is_said_and_is_no_answer(typed):
    with pytest.raises(NoNumber, match=r"such as 0\.25"):
        read_number(typed)
    assert "such as 0.25" in Asked(NUMBER).answer(typed)
    assert "q-number" not in progress_store.load()[0]


@pytest.mark.parametrize("right", [16_898, 16.898])
def test_a_comma_is_read_in_the_way_that_is_right(right):
    assert "Right" in Asked(Question("q-comma", right, "So.")).answer("16,898")
    assert "Not 16898." in plain(Asked(Question("q-comma", 4, "So.")).answer("16,898"))


@pytest.mark.parametrize("given", ["0.25", "1/4", 0.25, "0.2504", "25 %", "0,25"])
def test_a_right_number_is_right_with_its_reason(given):
    assert plain(Asked(NUMBER).answer(given)) == "✓ Right. Because 1 / 4 is."


def test_a_wrong_answer_is_wrong_with_what_it_overlooks_and_the_solution_closed():
    words = Asked(NUMBER).answer("4")
    assert plain(words).startswith("✗ Not 4. That is its inverse.")
    assert "<details><summary>Reveal</summary><p><strong>0.25.</strong> Because" in words
    assert plain(Asked(NUMBER).answer("0.26")).startswith("✗ Not 0.26. Reveal")
    assert plain(Asked(CHOICE).answer("down")).startswith("✗ Not down. The sign is lost.")


def test_an_answer_counts_as_progress_and_earns_nothing():
    Asked(CHOICE).answer("down")
    assert progress_store.load()[0] == {"q-choice": 0.0}


def test_buttons_and_field_mark_what_they_are_given():
    choice = Asked(CHOICE).widget()
    (up, _), said = choice.children[0].children, choice.children[1]
    up.click()
    assert "Right" in said.value and "role='alert'" in said.value
    number = Asked(NUMBER).widget()
    (field, button), said = number.children[0].children, number.children[1]
    field.value = "4"
    assert "Not 4" in said.value
    field.value = "1/4"
    assert "Right" in said.value
    said.value = ""
    button.click()
    assert "Right" in said.value


def test_what_is_stored_is_the_same_each_time_and_has_the_answer_behind_reveal():
    first, second = Asked(CHOICE), Asked(CHOICE)
    assert repr(first) == repr(second) == "Question q-choice: up / down"
    reveal = "<details><summary>Reveal</summary><p><strong>up.</strong> It rises."
    assert f"<ul><li>up</li><li>down</li></ul>{reveal}" in first._repr_html_()


def test_what_is_read_of_a_question_is_its_words_alone():
    assert " ".join(plain(Asked(CHOICE)._repr_html_()).split()) == "updownRevealup. It rises."
    assert plain(Asked(NUMBER)._repr_html_()) == "Reveal0.25. Because 1 / 4 is."
    assert repr(Asked(NUMBER)) == "Question q-number: a number"
    assert plain(Asked(Question("q-minus", -3, "So."))._repr_html_()) == "Reveal−3. So."
    code = Asked(Question("q-code", "`a < b`", "`b`", ("`a < b`", "`<i>`")))
    assert plain(code._repr_html_()) == "a < b<i>Reveala < b. b"
    assert [button.description for button in code.widget().children[0].children] == ["a < b", "<i>"]
    assert plain(code.answer("`<i>`")).startswith("✗ Not <i>. Reveal")


def test_the_field_says_what_is_asked_and_takes_an_answer_when_it_is_ready():
    asked = Asked(Question("q-label", 2.0, "So.", label="dy/dx ="))
    widget = asked.widget()
    field, button = widget.children[0].children
    assert (field.description, field.placeholder, field.continuous_update) == ("dy/dx =", "a number", False)
    assert (field.layout.width, field.style.description_width) == ("auto", "initial")
    assert (button.description, button.layout.width) == ("Answer", "auto")
    assert widget.children[0].layout.flex_flow == "row wrap", "on a phone the buttons come below"
    assert widget.children[1].layout.max_width == "46em"
    assert {b.layout.width for b in Asked(CHOICE).widget().children[0].children} == {"auto"}


def test_in_a_notebook_there_is_a_widget_with_the_same_words_and_without_a_kernel_the_static_question(
    monkeypatch,
):
    bundle = Asked(CHOICE)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert (bundle["text/plain"], bundle["text/html"]) == (repr(Asked(CHOICE)), Asked(CHOICE)._repr_html_())
    monkeypatch.setattr(Asked, "widget", lambda self: 1 / 0)
    still = Asked(CHOICE)._repr_mimebundle_()
    assert still == {"text/plain": repr(Asked(CHOICE)), "text/html": Asked(CHOICE)._repr_html_()}


def test_a_grader_sees_no_widget(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert set(Asked(CHOICE)._repr_mimebundle_()) == {"text/plain", "text/html"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("q", "up", "", ("left", "right")), "'up' is none of its options"),
        (("q", "up", ""), "expected a number or options"),
        (("q", 1.0, "", (), {1.0: "no"}), "a note on an answer that is right"),
    ],
)
def test_a_question_that_nobody_can_answer_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Question(*arguments)


def test_an_unknown_question_is_answered_with_the_nearest():
    with pytest.raises(KeyError, match=f"did you mean .*{ALL[0].id}"):
        ask(f"{ALL[0].id}x")


def test_ids_are_unique_and_none_is_an_exercises():
    ids = [q.id for q in ALL] + [e.id for lesson in LESSONS for e in of_lesson(lesson)]
    assert len(ids) == len(set(ids))
    assert question(ALL[0].id) is ALL[0]
    with pytest.raises(KeyError):
        get(ALL[0].id)


@pytest.mark.parametrize("name", LESSONS)
def test_each_question_is_asked_once_in_its_lesson_and_its_answer_is_not_in_the_learners_notebook(name):
    lesson = next(lesson for lesson in Course.find().lessons() if lesson.name == name)
    notebook = nbformat.read(lesson.learner, as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    asked = re.findall(r'^ask\("([^"]+)"\)$', code, flags=re.M)
    assert asked == [q.id for q in questions_of_lesson(name)]
    everything = lesson.learner.read_text(encoding="utf-8")
    for q in questions_of_lesson(name):
        assert q.why and q.why not in everything
