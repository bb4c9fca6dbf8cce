"""Sentences of lesson 08 that state what no cell computes, each computed here."""

import numpy as np
import pytest

from mlcourse import exercises, nn
from mlcourse.autograd import Value, topological_order, trace
from mlcourse.explorers import GraphStepper

LESSON = "08-autograd-and-pytorch"
EXAMPLES = [((-1, -1), -1), ((-1, 1), 1), ((1, -1), 1), ((1, 1), -1)]


def shared_node_graph():
    """The lesson's graph x, p, s, y."""
    x = Value(2.0, label="x")
    p = x * x
    s = p + x
    y = s * p
    p.label, s.label, y.label = "p", "s", "y"
    y.backward()
    return x, p, s, y


def right_after_training(seed, reset):
    """Whether all four examples of XOR are on the right side; the loss of every step; in NumPy."""
    rng = np.random.default_rng(seed)
    U, V = rng.normal(size=(3, 3)), rng.normal(size=(1, 4))
    X, Y = np.array([x for x, _ in EXAMPLES]).T, np.array([y for _, y in EXAMPLES])
    inputs = np.vstack([X, np.ones(4)])
    dU, dV, losses = np.zeros_like(U), np.zeros_like(V), []
    for step in range(101):
        hidden = np.vstack([np.tanh(U @ inputs), np.ones(4)])
        prediction = np.tanh(V @ hidden)
        if step == 100:
            return bool((prediction * Y > 0).all()), losses, prediction.ravel()
        losses.append(np.mean((prediction - Y) ** 2))
        dZ2 = (prediction - Y) / 2 * (1 - prediction**2)
        dZ1 = (V.T @ dZ2)[:3] * (1 - hidden[:3] ** 2)
        dU, dV = dZ1 @ inputs.T + (not reset) * dU, dZ2 @ hidden.T + (not reset) * dV
        U, V = U - 0.5 * dU, V - 0.5 * dV


def test_the_numbers_that_stand_in_the_text(says):
    says(
        LESSON,
        "`v.data` is −6.0. After `v.grad = 1.0` and `v.propagate()`, `a.grad` is −3.0 and `b.grad` is 2.0",
    )
    a, b = Value(2.0), Value(-3.0)
    v = a * b
    v.backward()
    assert (v.data, a.grad, b.grad) == (-6, -3, 2)
    says(
        LESSON,
        "the slope of a² at 5. With `=`, the second share overwrites the first, and 5",
    )
    a = Value(5.0)
    (a * a).backward()
    assert a.grad == 10 and (a * a).local_derivatives == (5, 5)


def test_the_graph_with_a_shared_node(says):
    x, p, s, y = shared_node_graph()
    says(LESSON, r"so that $p = 4$, $s = 6$ and $y = 24$")
    assert (p.data, s.data, y.data) == (4, 6, 24)
    says(
        LESSON,
        r"is the list of `x`, `p`, `s`, `y`, and after `y.backward()` their slopes are 44, 10, 4 and 1",
    )
    assert topological_order(y) == [x, p, s, y]
    assert [node.grad for node in (x, p, s, y)] == [44, 10, 4, 1]
    says(LESSON, r"is the sum of $2 \cdot 10$, $2 \cdot 10$ and $1 \cdot 4$")
    assert [x.data, x.data] == list(p.local_derivatives) and 2 * 10 + 2 * 10 + 1 * 4 == 44
    says(LESSON, "but it never went on to $x$: 16 are missing")
    assert 4 * sum(p.local_derivatives) == 44 - 28


def test_what_the_learner_sees_in_the_stepper(says):
    explorer = GraphStepper(shared_node_graph()[-1])
    says(LESSON, "Go to the end of the forward pass, then two steps on, past the step through $y$.")
    assert "Forward" in explorer.set(step=3).summary and "Backward starts" in explorer.set(step=4).summary
    says(LESSON, "Now $s$ has its final slope 4")
    assert "ds = ∂y/∂s · dy = 4 · 1 = 4" in explorer.set(step=5).summary
    assert "dp = ∂y/∂p · dy = 6 · 1 = 6" in explorer.summary
    says(LESSON, "In the step through $s$. After it $p$ is complete, and $p$ is next")
    assert "dp = 6 + ∂s/∂p · ds = 6 + 1 · 4 = 10" in explorer.set(step=6).summary
    assert "Backward through p" in explorer.set(step=7).summary


def test_both_parameters_of_the_neuron_should_go_up(says):
    says(LESSON, "Both slopes are negative, so both should go up. The label is 1, and $h$ is below it")
    x, w, b = Value(1.5), Value(-0.4), Value(0.2)
    h = (w * x + b).tanh()
    e = h + Value(-1.0)
    (e * e).backward()
    assert w.grad < 0 and b.grad < 0 and h.data < 1
    says(LESSON, "so $e$ is its parent twice, and gets $e$ two times")
    assert e.grad == 2 * e.data


def test_which_slopes_of_lesson_2s_network_are_zero(says):
    says(LESSON, "the weights `W1[0,0]` and `W1[0,1]` and the bias `b1[0,0]`. So has `W2[0,0]`")
    net = nn.Network.dense([2, 3, 1], rng=np.random.default_rng(0))
    start = [[[0.5, -0.5], [1.0, 0.5], [-0.5, 0.25]], [[0.1], [-0.2], [0.3]], [[0.8, -0.5, 1.0]], [[0.1]]]
    for parameter, value in zip(net.parameters(), start, strict=True):
        parameter[...] = value
    loss, dZ = nn.binary_cross_entropy_from_logits(net.forward(np.array([[1.0], [2.0]])), np.ones((1, 1)))
    dX = net.backward(dZ)
    says(LESSON, "the two shares that it gets through the open units cancel")
    assert dX[0] != 0 and dX[1] == pytest.approx(0, abs=1e-12)
    dW1, db1, dW2, db2 = net.gradients()
    says(LESSON, "the loss 0.9741, and the slope −1.12 along the second weight of the output layer")
    assert loss == pytest.approx(0.9741, abs=5e-5) and dW2[0, 1] == pytest.approx(-1.12, abs=5e-3)
    assert not dW1[0].any() and db1[0] == 0 and dW2[0, 0] == 0
    assert dW1[1:].all() and db1[1:].all() and dW2[0, 1:].all() and db2.all()


def test_how_many_starts_learn_xor_with_and_without_the_reset(says):
    says(LESSON, "of the seeds 0 to 19, 13 do after these 100 steps")
    assert sum(right_after_training(seed, reset=True)[0] for seed in range(20)) == 13
    says(LESSON, "7 of the 20 seeds end with all four examples right, instead of 13")
    says(LESSON, "of the seeds 0 to 19 two end at a loss of 2 and eleven at 1")
    ends = [right_after_training(seed, reset=False) for seed in range(20)]
    assert sum(right for right, *_ in ends) == 7
    last = [round(losses[-1], 2) for _, losses, _ in ends]
    assert (last.count(2), last.count(1)) == (2, 11)
    says(
        LESSON, "Of 20 starts seven end near 0, eight get stuck at a loss of 1 on the way down, and five come"
    )
    lowest = np.array([min(losses) for _, losses, _ in ends])
    assert sum(last) == 2 * 2 + 11 and last.count(0) == 7  # the others end near 0
    assert (np.sum(lowest < 0.01), np.sum(np.abs(lowest - 1) < 0.01)) == (10, 8)
    assert np.sum(np.array(last) > lowest + 0.1) == 5


def test_the_run_without_reset_falls_faster_and_then_stays_at_two(says):
    says(LESSON, "At first the loss falls even faster than with the reset")
    _, with_reset, _ = right_after_training(6, reset=True)
    _, without, prediction = right_after_training(6, reset=False)
    assert all(a < b for a, b in zip(without[2:10], with_reset[2:10], strict=True))
    says(LESSON, "the loss stays at 2: two of the four examples wrong by 2")
    np.testing.assert_allclose(without[40:], 2, atol=0.01)
    errors = np.abs(prediction - [label for _, label in EXAMPLES])
    np.testing.assert_allclose(np.sort(errors), [0, 0, 2, 2], atol=0.01)


def test_a_step_without_reset_is_momentum_that_never_forgets(says):
    says(LESSON, "It is momentum that never forgets")
    gradients = np.random.default_rng(0).normal(size=10)
    v = 0.0
    for g in gradients:
        v = 1.0 * v + g
    assert v == pytest.approx(gradients.sum())


def test_the_sizes_of_the_digits_network(says):
    says(LESSON, "For the digits that is 14 million objects in every step")
    weights = 784 * 128 + 128 * 64 + 64 * 10
    assert 2 * weights * 64 == pytest.approx(14e6, rel=0.01)
    says(LESSON, "Nobody writes down 822 million slopes, nearly all of them 0")
    entries = (128 * 64) * (128 * 784)
    assert round(entries / 1e6) == 822
    # An entry of Z depends on one row of W only.
    W, X = np.random.default_rng(0).normal(size=(4, 3)), np.random.default_rng(1).normal(size=(3, 5))
    jacobian = np.stack([((W + dW.reshape(W.shape)) @ X - W @ X).ravel() for dW in np.eye(W.size)], axis=1)
    assert np.count_nonzero(np.abs(jacobian) > 1e-12) == 5 * 3 * 4


def test_a_wrong_order_of_the_self_test_is_wrong(says):
    says(LESSON, "$s$ was computed from $p$, so $p$ must stand before it")
    _, p, s, _ = shared_node_graph()
    assert p in s.parents


def test_a_second_call_adds_to_the_inputs_only(says):
    says(LESSON, "and go back once more: the slope of $x$ is then 88")
    x, p, s, y = shared_node_graph()
    assert [node.grad for node in (x, p, s, y)] == [44, 10, 4, 1]
    p = x * x
    ((p + x) * p).backward()
    assert x.grad == 88
    reference = exercises.get("topological-backward").parts[0].reference
    a = reference(2.0)
    for expected in (5, 10):
        (a * a + a).backward()
        assert a.grad == expected


def test_calling_backward_again_adds_to_the_inputs(says):
    says(LESSON, "Do not call `backward()` again: it adds to the slopes of the inputs")
    x, *_, y = shared_node_graph()
    y.backward()
    assert x.grad == 88


def test_the_entry_that_stands_in_the_text_is_the_third(says):
    says(LESSON, "here is the entry of $s = p + x$")
    says(LESSON, "Its parents are the places 1 and 0 of the list, $p$ and $x$")
    assert trace(shared_node_graph()[-1])[2]["parents"] == [1, 0]


def test_points_and_minutes_under_the_headings_are_those_declared(says, statements):
    # The last exercise is scored only where PyTorch is, and its line goes on.
    says(LESSON, "*0 points, about 8 minutes. It is scored only where PyTorch is installed.*")
    stated = [points for points, _ in statements(LESSON)] + [0]
    assert stated == [exercise.points for exercise in exercises.of_lesson(LESSON)]
    says(LESSON, "**Time:** 105 minutes in two sittings, about half of it for the four exercises")
    assert 50 <= sum(minutes for _, minutes in statements(LESSON)) + 8 <= 56
