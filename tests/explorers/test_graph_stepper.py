"""The steps compute what autograd computes, and say it in numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcourse.autograd import Value, trace
from mlcourse.explorers import GraphStepper, two_layer_steps
from mlcourse.explorers.graph_steps import Tape, expression, number

OPERATIONS = ("+", "*", "-", "tanh", "**2")


@st.composite
def graphs(draw):
    """An output with two inputs and up to eight operations on whatever came before."""
    values = [Value(draw(st.sampled_from([-2.0, 0.5, 3.0])), label=name) for name in "ab"]
    for _ in range(draw(st.integers(1, 8))):
        operation = draw(st.sampled_from(OPERATIONS))
        left, right = (values[draw(st.integers(0, len(values) - 1))] for _ in range(2))
        if operation == "tanh":
            values.append(left.tanh())
        elif operation == "**2":
            values.append((left * 0.1) ** 2)
        else:
            values.append({"+": left + right, "*": left * right * 0.1, "-": left - right}[operation])
    return values[-1]


@settings(max_examples=40)
@given(graphs())
def test_the_last_step_has_the_gradients_of_autograd(output):
    output.backward()
    nodes = trace(output)
    tape = Tape(nodes)
    kept = [node for node in nodes if node["parents"] or node["label"]]
    assert tape.gradients == pytest.approx([node["gradient"] for node in kept])
    shown = tape.steps[-1].gradients
    assert all(shown[i] == number(tape.gradients[i]) for i in shown)
    assert len(shown) == len(tape.boxes) or any(not g for g in tape.gradients)


def test_the_numbers_stand_in_the_formulas_of_the_square():
    explorer = GraphStepper("square")
    lines = [explorer.compute(step=step, x=5.0).lines for step in range(8)]
    assert lines[1:] == [
        ("p = 2 · x = 2 · 5 = 10",),
        ("s = p + 3 = 10 + 3 = 13",),
        ("y = s² = 13² = 169",),
        ("dy = 1",),
        ("ds = ∂y/∂s · dy = 26 · 1 = 26",),
        ("dp = ∂s/∂p · ds = 1 · 26 = 26",),
        ("dx = ∂p/∂x · dp = 2 · 26 = 52",),
    ]
    assert explorer.set(step=7).summary == ("Step 7 of 7. Backward through p: dx = ∂p/∂x · dp = 2 · 26 = 52.")


def test_where_two_paths_meet_the_second_contribution_is_added_to_the_first():
    explorer = GraphStepper("two-paths")
    first, second = explorer.compute(6, t=2.0), explorer.compute(7, t=2.0)
    assert first.lines == ("dt = ∂y/∂t · dy = 4 · 6 = 24",)
    assert second.lines == ("dt = 24 + ∂x/∂t · dx = 24 + 3 · 4 = 36",)


def test_the_active_node_and_its_arrows_are_marked():
    explorer = GraphStepper("square").set(step=5)
    explorer.figure  # noqa: B018
    view = explorer._view
    assert view._ring.get_visible() and view._ring.get_x() + view._box / 2 == pytest.approx(view._x[3])
    visible = [key for key, arrow in view._arrows.items() if arrow.get_visible()]
    assert visible == [(3, 0)] and view._labels[3, 0].get_text() == "× 26"
    explorer.reset()
    explorer.figure  # noqa: B018
    assert not view._ring.get_visible()


def test_moving_an_input_computes_the_graph_anew():
    step = GraphStepper("square").set(x=-4, step=7)
    assert step.summary.endswith("2 · (−10) = −20.")
    doubled = GraphStepper("neuron").set(upstream=2, step=9).compute(9, b=0.5, upstream=2.0)
    single = GraphStepper("neuron").compute(9, b=0.5)
    for i, gradient in single.gradients.items():
        assert float(doubled.gradients[i].replace("−", "-")) == pytest.approx(
            2 * float(gradient.replace("−", "-")), rel=2e-3
        )


def test_every_matrix_of_the_two_layer_network_is_a_slope_of_its_loss():
    numbers = two_layer_steps.numbers()

    def loss(**changed):
        v = {**two_layer_steps.inputs(), **changed}
        a1 = np.maximum(v["W1"] @ v["x"] + v["b1"], 0)
        a2 = 1 / (1 + np.exp(-(v["W2"] @ a1 + v["b2"])))
        return -np.log(a2).item()

    for name in ("W1", "b1", "W2", "b2"):
        array = two_layer_steps.inputs()[name]
        for place in np.ndindex(array.shape):
            up, down = array.copy(), array.copy()
            up[place] += 1e-6
            down[place] -= 1e-6
            slope = (loss(**{name: up}) - loss(**{name: down})) / 2e-6
            assert numbers[f"d{name}"][place] == pytest.approx(slope, abs=1e-8), name


def test_shapes_of_a_matrix_formula_fit():
    for step in two_layer_steps.steps():
        shapes = [part[1].shape for part in step.matrices if not isinstance(part, str)]
        if step.lines[0].startswith("dW1"):
            assert shapes == [(3, 2), (3, 1), (1, 2)]
        if step.lines[0].startswith("z1"):
            assert shapes == [(3, 1), (3, 2), (2, 1), (3, 1)]


def test_a_graph_of_ones_own_is_shown_without_boxes_for_constants():
    x = Value(3.0, label="x")
    y = (2 * x + 1).tanh()
    y.label = "y"
    explorer = GraphStepper(y)
    assert [box.name for box in explorer._fixed[0]] == ["x", "v2", "v3", "y"]
    assert (
        explorer.set(step=1).summary.endswith("v2 = 2 · x = 2 · 3 = 6.") or "v2 = x · 2" in explorer.summary
    )
    assert GraphStepper(trace(y)).summary == explorer.reset().summary


def test_a_graph_wider_than_the_page_is_scaled_down_not_cut():
    value = Value(1.0, label="x")
    for _ in range(12):
        value = value.tanh()
    explorer = GraphStepper(value)
    assert explorer.size()[0] > 760
    width, height = explorer._page_size()
    assert width == 760 and height == pytest.approx(explorer.size()[1] * 760 / explorer.size()[0], abs=1)


def test_unknown_operations_are_written_with_their_name():
    assert expression("softplus", ["a"]) == "softplus(a)"
    assert expression("max", ["a", "b"]) == "max(a, b)"
    assert expression("relu", ["(−3)"]) == "ReLU(−3)"
    assert expression("**3", ["(−3)"]) == "(−3)³"


NODE = {"label": "x", "operation": "", "value": 1.0, "parents": [], "local_derivatives": []}


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        ("circle", "graph: expected one of 'square', 'two-paths', 'neuron', 'two-layer'"),
        (3, "nodes: expected a list of at least one node, got int"),
        ([], "nodes: expected a list of at least one node"),
        ([1], r"nodes\[0\]: expected a dict, got int"),
        ([{"label": "x"}], r"nodes\[0\]: expected the keys .*; missing: operation, value"),
        (
            [NODE, {**NODE, "parents": [1]}],
            r"nodes\[1\]: expected parents that stand before it, found index 1",
        ),
        (
            [NODE, {**NODE, "parents": [0]}],
            r"nodes\[1\]: expected 1 local derivatives, one a parent, found 0",
        ),
        ([{**NODE, "value": "one"}], r"nodes\[0\]: expected numbers, found 'one'"),
    ],
)
def test_a_graph_that_is_none_is_refused_and_the_node_is_named(graph, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        GraphStepper(graph)
