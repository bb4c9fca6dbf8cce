"""The references that are classes, and those of graphs, against automatic differentiation."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from mlcourse.autograd import trace
from mlcourse.datasets import digits
from mlcourse.exercises import drives, get
from mlcourse.exercises.lesson_08.labelled_graph import labelled_graph
from mlcourse.exercises.lesson_08.value_operations import Value

SEEDS = range(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_dense_layer_goes_back_along_the_derivatives_of_what_it_did_forward(seed):
    part = get("dense-layer").parts[0]
    case = part.inputs(np.random.default_rng(seed))
    result = drives.dense_layer(part.reference, case)
    for found, A, dZ in (
        (result, case["A"], case["dZ"]),
        (result["again"], case["A_again"], case["dZ_again"]),
    ):
        np.testing.assert_allclose(found["Z"], case["W"] @ A + case["b"])
        for index, name in enumerate(("W", "b", "A")):
            expected = grad(lambda W, b, A, dZ=dZ: anp.sum(dZ * (anp.dot(W, A) + b)), index)(
                case["W"], case["b"], A
            )
            np.testing.assert_allclose(found[f"d{name}"], expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_network_goes_back_along_the_derivatives_of_what_it_did_forward(seed):
    part = get("network").parts[0]
    case = part.inputs(np.random.default_rng(seed))

    def forward(X, parameters):
        for layer in range(3):
            Z = anp.dot(parameters[2 * layer], X) + parameters[2 * layer + 1]
            X = anp.tanh(Z)
        return Z

    parameters = [p for pair in zip(case["weights"], case["biases"], strict=True) for p in pair]
    result = drives.network(part.reference, case)
    np.testing.assert_allclose(result["Z"], forward(case["X"], parameters))
    np.testing.assert_allclose(result["Z_after"], forward(case["X"], [p / 2 for p in parameters]))

    def scalar(X, parameters):
        return anp.sum(case["dZ"] * forward(X, parameters))

    np.testing.assert_allclose(result["dX"], grad(scalar, 0)(case["X"], parameters), atol=1e-12)
    for found, expected in zip(result["gradients"], grad(scalar, 1)(case["X"], parameters), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-12)


def test_the_digits_reference_reaches_the_goal_on_the_untouched_test_digits():
    part, test = get("digits").parts[0], digits().split("test")
    train = digits().split("train")
    predict = part.reference(train.images, train.one_hot, np.random.default_rng(0))
    assert np.mean(predict(test.images) == test.labels) >= 0.9


def test_the_digits_of_a_case_are_recognised_though_changed():
    part, test = get("digits").parts[0], digits().split("test")
    case = part.inputs(np.random.default_rng(5))
    order = np.random.default_rng(5).permutation(1000)
    right = test.labels[order]
    assert "more than 3,500 images" in part.compare(case, {"predictions": right}).sentence
    wrong = right.copy()
    wrong[:101] = (wrong[:101] + 1) % 10
    assert "89.9%" in part.compare(case, {"predictions": wrong}).sentence
    wrong[100] = right[100]
    assert part.compare(case, {"predictions": wrong}) is None


def program_as_function(program):
    def function(*inputs):
        numbers, left = [], list(inputs)
        for operation, *operands in program:
            if operation == "input":
                numbers.append(left.pop(0))
            elif operation == "tanh":
                numbers.append(anp.tanh(numbers[operands[0]]))
            else:
                a, b = (numbers[i] for i in operands)
                numbers.append(a + b if operation == "+" else a * b)
        return numbers[-1]

    return function


@pytest.mark.parametrize("seed", SEEDS)
def test_gradients_of_any_graph(seed):
    part = get("topological-backward").parts[0]
    case = part.inputs(np.random.default_rng(seed))
    inputs = [step[1] for step in case["program"] if step[0] == "input"]
    expected = grad(lambda x: program_as_function(case["program"])(*x))(np.array(inputs))
    found = drives.backward(Value, case | {"chain": 4000})
    np.testing.assert_allclose(found["gradients"][: len(inputs)], expected)
    assert found["chain"] == [1.0, 4000.0]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_labelled_graph_is_what_the_course_traces(seed):
    part = get("labelled-graph").parts[0]
    case = part.inputs(np.random.default_rng(seed))
    assert part.compare(case, drives.labelled_graph(trace, case)) is None
    assert drives.labelled_graph(labelled_graph, case)[-1]["gradient"] == 1.0


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_that_remember(seed):
    part = get("value-operations").parts[0]
    case = part.inputs(np.random.default_rng(seed))
    functions = {
        "a + b": lambda a, b: a + b,
        "a * b": lambda a, b: a * b,
        "tanh(a)": lambda a, b: anp.tanh(a),
        "a + a": lambda a, b: a + a,
        "a * a": lambda a, b: a * a,
        "tanh(a * b) + a": lambda a, b: anp.tanh(a * b) + a,
        "tanh(a) + a": lambda a, b: anp.tanh(a) + a,
        "(a + b) * a": lambda a, b: (a + b) * a,
        "tanh(a) * b": lambda a, b: anp.tanh(a) * b,
    }
    found = drives.value_operations(part.reference, case)
    assert found.keys() == functions.keys()
    for name, f in functions.items():
        a, b = case.values()
        through_b = float(grad(f, 1)(a, b)) if "b" in name else 0.0
        assert found[name].pop("operation", None) == {"a + b": "+", "a * b": "*", "tanh(a)": "tanh"}.get(name)
        assert found[name] == pytest.approx({"data": f(a, b), "a": float(grad(f, 0)(a, b)), "b": through_b})


@pytest.mark.torch
def test_pytorch_computes_what_is_asked_of_it():
    import torch

    def by_torch(X, Y, parameters):
        p = {name: torch.tensor(value, requires_grad=True) for name, value in parameters.items()}
        A1 = torch.relu(p["W1"] @ torch.tensor(X) + p["b1"])
        Z2 = p["W2"] @ A1 + p["b2"]
        torch.nn.functional.binary_cross_entropy_with_logits(Z2, torch.tensor(Y)).backward()
        return {f"d{name}": value.grad for name, value in p.items()}

    part = get("torch-agreement").parts[0]
    case = part.inputs(np.random.default_rng(1))
    found = drives.torch_gradients(by_torch, case)
    for name, value in part.reference(*case.values()).items():
        np.testing.assert_allclose(found[name], value, atol=1e-12)


def test_the_reference_orders_every_graph_parents_first():
    from mlcourse.exercises.lesson_08.value_operations import Value, topological_order

    a, b = Value(1.0), Value(2.0)
    inner = a * b
    # `inner` is pushed by the output first and again below the other parent, which needs it.
    output = inner + (inner * a + b)
    rng = np.random.default_rng(0)
    nodes = [a, b, inner, output]
    for _ in range(200):
        i, j = rng.integers(len(nodes), size=2)
        nodes.append(nodes[i] + nodes[j])
        order = topological_order(nodes[-1])
        place = {id(node): k for k, node in enumerate(order)}
        assert len(place) == len(order)
        assert all(place[id(parent)] < place[id(node)] for node in order for parent in node.parents)
