"""The graph of a batch shows the shapes that the engine makes, and asks for the next one."""

import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlcourse import nn
from mlcourse.explorers import BatchGraph
from mlcourse.explorers.batch_graph import EXAMPLES, LAST
from mlcourse.explorers.batch_steps import SIZES, lines, steps
from mlcourse.explorers.shape_question import read


@pytest.fixture
def before_the_first_sum():
    """The explorer with its question, before db3 is computed."""
    explorer = BatchGraph().set(step=17)
    explorer.beside()
    return explorer


def press_next(explorer):
    explorer.buttons()[1].click()
    return explorer.values["step"]


@pytest.mark.parametrize("examples", [1, 7, 50])
def test_its_parameters_and_scores_have_the_shapes_of_the_network_of_lesson_7(examples):
    network = nn.Network.dense(list(SIZES), rng=np.random.default_rng(0))
    shapes = {line.name: line.shape for line in lines(examples)}
    parameters = [shapes[f"{kind}{layer}"] for layer in (1, 2, 3) for kind in "Wb"]
    assert parameters == [array.shape for array in network.parameters()]
    assert shapes["Z3"] == network.forward(np.zeros((784, examples))).shape


@pytest.mark.parametrize("examples", [int(option) for option in EXAMPLES])
def test_forward_each_operation_is_computed_after_its_operands_and_backward_before_them(examples):
    graph, done = lines(examples), steps(examples)
    assert len(done) == LAST + 1
    for before, after in pairwise(done):
        line = graph[after.active]
        if after.direction == "forward":
            assert after.values - before.values == {after.active} and set(line.parents) <= before.values
        else:
            assert after.active in after.slopes and (set(line.parents) <= after.slopes or not before.slopes)
    assert done[-1].values == done[-1].slopes == set(range(len(graph)))


@pytest.mark.parametrize(
    ("step", "examples", "told"),
    [
        (1, "50", "W1 X = W1 @ X: (128, 784) @ (784, 50) → (128, 50)."),
        (2, "50", "Z1 = W1 X + b1: (128, 50) + (128, 1) → (128, 50), b1 in each column."),
        (2, "1", "Z1 = W1 X + b1: (128, 1) + (128, 1) → (128, 1)."),
        (11, "200", "S = sum of L · Y: (10, 200) → ()."),
        (14, "50", "dS = dJ · (−1/m): (); d(−1/m) = dJ · S: (), not needed."),
        (15, "50", "d(L · Y) = dS, repeated for each entry of L · Y: () → (10, 50)."),
        (16, "50", "dL = d(L · Y) · Y: (10, 50); dY = d(L · Y) · L: (10, 50), not needed."),
        (17, "50", "dZ3 = dL − P · (sum of dL over axis 0), P = exp L: (10, 50)."),
        (18, "50", "db3 = dZ3, summed over axis 1: (10, 50) → (10, 1)."),
        (18, "1", "db3 = dZ3: (10, 1)."),
        (20, "50", "dZ2 = dA2 where Z2 > 0, else 0: (64, 50)."),
        (22, "50", "dW2 = d(W2 A1) A1ᵀ: (64, 50) @ (50, 128) → (64, 128); dA1 = W2ᵀ d(W2 A1): "),
        (25, "50", "dX = W1ᵀ d(W1 X): (784, 128) @ (128, 50) → (784, 50), not needed."),
    ],
)
def test_each_step_says_which_shapes_meet(step, examples, told):
    assert told in BatchGraph().set(step=step, examples=examples).summary


def test_the_picture_shows_each_shape_from_its_step_on_and_arrows_for_what_flows():
    graph, view = lines(50), BatchGraph()._view
    view.build(Figure())
    for step in steps(50):
        view.show(graph, step)
        for texts, known in ((view._values, step.values), (view._slopes, step.slopes)):
            assert [text.get_text() for text in texts] == [
                str(line.shape) if i in known else "" for i, line in enumerate(graph)
            ]
        nothing_flows = step.formulas[0].startswith(("given", "dJ"))
        parents = () if nothing_flows else graph[step.active].parents
        arrows = {key for key, arrow in view._arrows.items() if arrow.get_visible()}
        assert arrows == {(step.active, parent) for parent in parents}


def test_the_products_in_the_formulas_are_products_of_those_shapes():
    formulas = [formula for step in steps(50) for formula in step.formulas if ") @ (" in formula]
    assert len(formulas) == 9  # three forward, six back
    for formula in formulas:
        left, right, result = map(read, re.findall(r"\(\d+, \d+\)", formula))
        assert (np.zeros(left) @ np.zeros(right)).shape == result


@pytest.mark.parametrize("text", ["(10, 1)", "10, 1", "[10,1]", " 10 x 1 ", "10×1", "(10;1)"])
def test_next_asks_for_a_shape_and_a_right_answer_shows_it(before_the_first_sum, text):
    explorer = before_the_first_sum
    assert press_next(explorer) == 17
    assert explorer._question._words.value.startswith("Which shape will <b>db3</b> have?")
    explorer._question.field.value = text
    assert explorer.values["step"] == 18
    assert explorer._question._words.value == "Right: db3 is (10, 1)."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(10, 50)", "Not (10, 50). db3 = dZ3, summed over axis 1: (10, 50): which shape does that give?"),
        ("()", "Not (). db3"),
        (",", "Expected a shape"),
        ("5" * 5000, "Expected a shape"),
        ("ten", "Expected a shape, such as (128, 50); that of a single number is ()."),
        ("1 < 2", "Expected a shape"),
    ],
)
def test_a_wrong_shape_gets_the_formula_and_another_try(before_the_first_sum, text, told):
    press_next(before_the_first_sum)
    before_the_first_sum._question.field.value = text
    assert before_the_first_sum._question._words.value.startswith(told)
    assert press_next(before_the_first_sum) == 18


def test_where_no_shape_changes_nothing_is_asked():
    explorer = BatchGraph().set(step=2)
    explorer.beside()
    assert press_next(explorer) == 3  # relu
    assert explorer._question._words.value == "Next asks where a shape changes."
    assert read("( )") == () and [read(text) for text in ("", "(", ",", "x", "(*)", "()x")] == [None] * 6


def test_at_the_last_step_nothing_is_asked():
    explorer = BatchGraph().set(step=LAST)
    explorer.beside()
    assert press_next(explorer) == LAST and explorer._question.field.disabled


@pytest.mark.parametrize(
    ("examples", "text", "told"),
    [
        ("200", "(10, 50)", "Not (10, 50). db3 = dZ3, summed over axis 1: (10, 200): which shape"),
        ("200", "(10, 1)", "Right: db3 is (10, 1)."),
        ("1", "(10, 1)", "Next asks where a shape changes."),  # and here none does
    ],
)
def test_an_answer_is_one_for_the_batch_that_is_now_chosen(before_the_first_sum, examples, text, told):
    press_next(before_the_first_sum)
    before_the_first_sum.set(examples=examples)
    before_the_first_sum._question.field.value = text
    assert before_the_first_sum._question._words.value.startswith(told)
