"""The graph stepper asks for the next slope, marks the answer, and can be told not to."""

import pytest

from mlcourse.explorers import GraphStepper
from mlcourse.explorers.slope_question import read


@pytest.fixture
def stepper():
    """A stepper at the last step before a slope: dy = 1 is known, ds = 26 comes next."""
    explorer = GraphStepper("square").set(step=4)
    explorer.beside()
    return explorer


def press_next(explorer):
    explorer.buttons()[1].click()
    return explorer.values["step"]


def test_next_asks_first_and_shows_when_pressed_again(stepper):
    assert press_next(stepper) == 4
    assert "What will <b>ds</b> be?" in stepper._question._words.value
    assert not stepper._question.field.disabled
    assert press_next(stepper) == 5
    assert stepper._question.field.disabled


@pytest.mark.parametrize("text", ["26", " 26.0 ", "52/2", "25,99"])
def test_a_right_answer_is_said_to_be_and_goes_on(stepper, text):
    press_next(stepper)
    stepper._question.field.value = text
    assert stepper.values["step"] == 5
    assert stepper._question._words.value == "Right: ds = 26."


@pytest.mark.parametrize("text", ["13", "-26", "25.8", "1e400"])
def test_a_wrong_answer_gets_the_formula_and_another_try(stepper, text):
    press_next(stepper)
    stepper._question.field.value = text
    assert stepper.values["step"] == 4
    assert "ds = ∂y/∂s · dy" in stepper._question._words.value
    stepper._question.field.value = "26"
    assert stepper.values["step"] == 5


def test_an_answer_shows_what_was_asked_for_also_after_the_slider_was_moved(stepper):
    press_next(stepper)
    stepper.set(step=1)
    stepper._question.field.value = "26"
    assert stepper.values["step"] == 5


def test_an_answer_is_one_for_where_the_input_now_stands(stepper):
    press_next(stepper)
    stepper.set(x=1)
    stepper._question.field.value = "26"
    assert stepper._question._words.value.startswith("Not 26. ")
    stepper._question.field.value = "10"
    assert stepper._question._words.value == "Right: ds = 10."
    assert "ds = ∂y/∂s · dy = 10 · 1 = 10" in stepper.summary


def test_at_the_last_step_nothing_is_asked(stepper):
    stepper.set(step=7)
    assert press_next(stepper) == 7 and stepper._question.field.disabled


def test_what_is_no_number_is_not_an_answer(stepper):
    press_next(stepper)
    stepper._question.field.value = "<b>2s"
    assert stepper._question._words.value.startswith("Expected a number")
    assert read("1/0") is None and read("−1/4") == -0.25


def test_switched_off_it_asks_nothing(stepper):
    stepper._question.asks.value = False
    assert press_next(stepper) == 5 and press_next(stepper) == 6


def test_steps_without_a_slope_are_not_held_up():
    explorer = GraphStepper("square")
    explorer.beside()
    assert [press_next(explorer) for _ in range(4)] == [1, 2, 3, 4]
    told = "On the way back, Next asks for a slope at each operation."
    assert explorer._question._words.value == told
    asked = [explorer.asked_before(step) is not None for step in range(8)]
    assert asked == [
        step.direction == "backward" and step.lines != ("dy = 1",) for step in explorer._passes({"x": 5.0})[1]
    ]


def test_where_paths_meet_the_sum_so_far_is_asked_for():
    explorer = GraphStepper("two-paths").set(step=6)
    explorer.beside()
    slope = explorer.compute(7, t=2.0).slope
    assert (slope.name, slope.value) == ("t", 36.0) and slope.hint.startswith("dt = 24 + ∂x/∂t")


def test_a_graph_of_matrices_has_no_question():
    assert GraphStepper("two-layer").beside() is None
