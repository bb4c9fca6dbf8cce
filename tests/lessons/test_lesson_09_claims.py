"""Sentences of lesson 09 that state what no cell computes, each computed here."""

import ast
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from mlcourse import datasets, exercises, nn
from mlcourse.autograd import Tensor, topological_order, unbroadcast
from mlcourse.exercises import question, tensor_drives
from mlcourse.exercises.lesson_07.digits import _labels

LESSON = "09-tensors"
NOTEBOOK = Path(__file__).parents[2] / "solutions" / LESSON / f"{LESSON}.ipynb"


@pytest.fixture(scope="module")
def cells():
    return [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]


def train(seed):
    """Losses and the share of right test digits, with the weights, batches, rate and epochs of the lesson."""
    data, rng = datasets.digits().split("train"), np.random.default_rng(seed)
    network = nn.Network.dense([784, 128, 64, 10], rng=np.random.default_rng(0))
    for k, (n_in, n_out) in enumerate([(784, 128), (128, 64), (64, 10)]):
        network.parameters()[2 * k][...] = rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
        network.parameters()[2 * k + 1][...] = 0
    optimizer, losses, rng = nn.GradientDescent(0.05), [], np.random.default_rng(seed)
    for _ in range(8):
        order = rng.permutation(3500)
        for batch in np.split(order, 175):
            loss, dZ = nn.softmax_cross_entropy(
                network.forward(data.images[:, batch]), data.one_hot[:, batch]
            )
            network.backward(dZ)
            optimizer.step(network.parameters(), network.gradients())
        losses.append(loss)
    test = datasets.digits().split("test")
    return losses, np.mean(network.forward(test.images).argmax(axis=0) == test.labels)


def test_the_numbers_of_a_layer_of_values(says):
    says(LESSON, "24 products, 24 sums and 20 inputs")
    assert question("nodes-of-a-layer").right == 2 * 3 * 4 + 2 * 4 * (2 + 1) + (2 * 3 + 3 * 4 + 2)
    says(LESSON, "one slope of each of the 8 entries of $Z$ along each of the 6 entries of $W$")
    says(LESSON, "The same layer has five nodes")
    W, X, b = (Tensor(np.ones(shape)) for shape in [(2, 3), (3, 4), (2, 1)])
    assert len(topological_order(W @ X + b)) == 5
    says(LESSON, "each of the 1,400 steps would have made more than 4 million objects")
    weights = 784 * 128 + 128 * 64 + 64 * 10
    assert 8 * 3500 // 20 == 1400 and 4e6 < 2 * weights * 20 < 5e6  # a product and a sum for each weight
    says(LESSON, "Seven nodes.")
    assert len(topological_order((W @ X + b).relu().sum())) == 7


def test_the_examples_of_broadcasting(says):
    dC = np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]])
    says(LESSON, "`unbroadcast(dC, (2, 1))` is `[[10], [26]]`, `unbroadcast(dC, (4,))` is `[6, 8, 10, 12]`")
    says(LESSON, "`unbroadcast(dC, ())` is 36")
    assert unbroadcast(dC, (2, 1)).tolist() == [[10], [26]]
    assert unbroadcast(dC, (4,)).tolist() == [6, 8, 10, 12]
    assert unbroadcast(dC, ()) == 36
    assert question("slope-of-a-bias").right == 26
    assert np.broadcast_shapes((4,), (2, 4)) == (2, 4)
    says(LESSON, "$C$ is `(5, 7)`. $dA$ is $dC \\cdot r$, summed over axis 1 and kept as `(5, 1)`")
    A, r = Tensor(np.ones((5, 1))), Tensor(np.ones(7))
    C = A * r
    C.sum().backward()
    assert (C.shape, A.grad.shape, r.grad.shape) == ((5, 7), (5, 1), (7,))


def test_the_smallest_matrix_product(says):
    says(LESSON, r"$1 \cdot 3 + 2 \cdot 4 = 11$")
    A, B = Tensor([[1.0, 2.0]]), Tensor([[3.0], [4.0]])
    C = A @ B
    C.backward()
    assert C.data == 11 and A.grad.tolist() == [[3, 4]] and B.grad.tolist() == [[1], [2]]
    shapes = {"Bᵀ dC": ((4, 3), (2, 4)), "dC B": ((2, 4), (3, 4)), "dC Bᵀ": ((2, 4), (4, 3))}
    assert [name for name, (a, b) in shapes.items() if a[1] == b[0]] == [question("which-product-fits").right]


def test_the_example_of_the_class(says):
    says(LESSON, "`c.data` is 30. After `c.backward()`, `A.grad` is `[[10, 10]]` and `b.grad` is `[[3]]`")
    A, b = Tensor([[1.0, 2.0]]), Tensor([[10.0]])
    c = (A * b).sum()
    c.backward()
    assert (c.data, A.grad.tolist(), b.grad.tolist()) == (30, [[10, 10]], [[3]])
    says(LESSON, "the slopes of 17 expressions, from `A.sum()` to one in which a Tensor is used twice")
    assert (
        len(tensor_drives.TENSOR_EXPRESSIONS) == 17
        and next(iter(tensor_drives.TENSOR_EXPRESSIONS)) == "A.sum()"
    )


def test_the_scores_2_1_0(says):
    says(
        LESSON,
        "Their probabilities are 0.665, 0.245 and 0.090, with the logarithms −0.408, −1.408 and −2.408",
    )
    says(LESSON, "In our example the sum is 11.107, its logarithm 2.408")
    z = np.array([2.0, 1.0, 0.0])
    assert np.exp(z).sum() == pytest.approx(11.107, abs=5e-4)
    assert np.log(np.exp(z).sum()) == pytest.approx(2.408, abs=5e-4)
    p = np.exp(z) / np.exp(z).sum()
    np.testing.assert_allclose(p, [0.665, 0.245, 0.090], atol=5e-4)
    np.testing.assert_allclose(np.log(p), [-0.408, -1.408, -2.408], atol=5e-4)
    says(
        LESSON,
        "`L` is `[[-0.4076], [-1.4076], [-2.4076]]`. The function makes `[[-0.3348], [0.2447], [0.09]]`",
    )
    L, pullback = exercises.get("log-softmax").parts[0].reference(z[:, None])
    np.testing.assert_allclose(L.ravel(), [-0.4076, -1.4076, -2.4076], atol=5e-5)
    np.testing.assert_allclose(pullback(-np.eye(3)[:, :1]).ravel(), [-0.3348, 0.2447, 0.09], atol=5e-5)


def test_the_graph_of_a_batch_has_12_operations_and_9_inputs_however_large(says):
    says(LESSON, "12 operations and 9 inputs, whatever the number of examples")
    rng = np.random.default_rng(0)
    for m in (1, 50):
        A = Tensor(rng.random((784, m)))
        for n_in, n_out in [(784, 128), (128, 64), (64, 10)]:
            A = Tensor(rng.random((n_out, n_in))) @ A + Tensor(np.zeros((n_out, 1)))
            A = A.relu() if n_out > 10 else A.log_softmax()
        nodes = topological_order((A * np.ones((10, m))).sum() * (-1 / m))
        assert (len([n for n in nodes if n.parents]), len([n for n in nodes if not n.parents])) == (12, 9)


@pytest.mark.seeds
def test_what_the_five_starts_get(says):
    says(LESSON, "From the seeds 0 to 4 it gets between 90.8 and 91.9 % of the test digits")
    shares = [train(seed)[1] for seed in range(5)]
    assert (round(100 * min(shares), 1), round(100 * max(shares), 1)) == (90.8, 91.9)


def test_the_recorded_losses_of_pytorch_are_those_of_numpy(cells):
    (source,) = [source for source in cells if source.startswith("RECORDED = ")]
    recorded = ast.literal_eval(ast.parse(source).body[0].value)
    assert recorded.splitlines() == [f"{loss:.8f}" for loss in train(0)[0]]


@pytest.mark.torch
def test_with_pytorch_installed_the_program_gives_what_is_recorded(cells):
    wanted = (
        "import time",
        "def new_parameters",
        "def batch_of",
        "def batches",
        "RECORDED = ",
    )
    space: dict = {"torch": pytest.importorskip("torch")}
    for source in cells:
        if any(word in source for word in wanted) or source.startswith("def new_parameters"):
            exec(compile(re.sub(r"^print\(.*\)$", "", source, flags=re.M), LESSON, "exec"), space)
    losses = space["train_with_torch"](0)
    assert [f"{loss:.8f}" for loss in losses] == space["RECORDED"].splitlines()


def test_the_settings_of_the_hint_reach_the_goal_with_room(says):
    says(LESSON, "One hidden layer of 128 units, batches of 32, rate 0.2, 15 epochs")
    data, test = (datasets.digits().split(part) for part in ("train", "test"))
    rng = np.random.default_rng(1)
    network = nn.Network.dense([784, 128, 10], rng=rng)
    nn.train(
        network, data.images, data.one_hot, nn.softmax_cross_entropy, nn.GradientDescent(0.2), 15, 32, rng
    )
    assert np.mean(network.forward(test.images).argmax(axis=0) == test.labels) > 0.905


def test_points_and_minutes_under_the_headings_are_those_declared(says, statements):
    assert [points for points, _ in statements(LESSON)] == [
        exercise.points for exercise in exercises.of_lesson(LESSON)
    ]
    says(LESSON, "**Time:** 95 minutes in two sittings, about 55 of them for the five exercises")
    assert 52 <= sum(minutes for _, minutes in statements(LESSON)) <= 57


@pytest.mark.seeds
def test_the_lessons_settings_pass_from_most_starts_and_not_from_all(says):
    says(LESSON, "The settings from above reach 90 % from most starts, not from all; hint 2 has better ones.")
    data = datasets.digits().split("train")
    part = exercises.get("train-tensors").parts[0]
    case = part.inputs(np.random.default_rng(0))
    shares = []
    for seed in (0, 2, 3, 19):  # of 24 starts, 1 and 19 stay below
        rng = np.random.default_rng(seed)  # one generator, for the weights and the order
        network = nn.Network.dense([784, 128, 64, 10], rng=rng)
        nn.train(
            network, data.images, data.one_hot, nn.softmax_cross_entropy, nn.GradientDescent(0.05), 8, 20, rng
        )
        shares.append(np.mean(network.predict(case["images"] / 255) == _labels(case["images"])))
    assert min(shares[:3]) > 0.9 > shares[3]
