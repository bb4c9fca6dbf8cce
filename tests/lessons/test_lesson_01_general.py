"""General sentences of lesson 01, over other graphs and numbers than those shown."""

import numpy as np
import pytest

from mlcourse.autograd import Value, topological_order

LESSON = "01-chain-rule"


def random_graph(rng, shared):
    """Three inputs and an output made of sums, products and sigmoids; shared: values are used again."""
    inputs = [Value(x) for x in rng.uniform(0.5, 1.5, 3)]
    free = list(inputs)
    while len(free) > 1 or free[0] in inputs:
        a, b = (free.pop(rng.integers(len(free))) for _ in range(2))
        made = a * b if rng.random() < 0.5 else (a + b).sigmoid()
        free.append(made)
        if shared and rng.random() < 0.4:
            free.append(a)
    return inputs, free[0]


def by_nudging(inputs, output):
    """Slope of the output along each input; its graph is computed anew each time."""
    order = topological_order(output)

    def end(moved, by):
        numbers = {}
        for node in order:
            values = [numbers[parent] for parent in node.parents]
            numbers[node] = {
                "": lambda node=node: node.data + (by if node is moved else 0),
                "+": lambda values=values: sum(values),
                "*": lambda values=values: np.prod(values),
                "sigmoid": lambda values=values: 1 / (1 + np.exp(-values[0])),
            }[node.operation]()
        return numbers[output]

    return [(end(x, 1e-6) - end(x, -1e-6)) / 2e-6 for x in inputs]


@pytest.mark.parametrize("shared", [False, True])
def test_one_pass_back_gives_the_slope_along_every_input(says, shared):
    says(LESSON, "find the slope of its result along every input in one pass back")
    says(LESSON, "**Along a path the slopes multiply. Where a value forks on the way forward, its slopes add")
    rng = np.random.default_rng(1)
    for _ in range(40):
        inputs, output = random_graph(rng, shared)
        output.backward()
        assert [x.grad for x in inputs] == pytest.approx(by_nudging(inputs, output), rel=1e-5, abs=1e-8)


def test_setting_in_the_place_of_adding_is_wrong_only_where_a_value_is_used_twice(says):
    says(LESSON, "it shows only where a value is used more than once")
    rng = np.random.default_rng(2)
    for shared in (False, True):
        for _ in range(40):
            inputs, output = random_graph(rng, shared)
            output.backward()
            right = [x.grad for x in inputs]
            order = topological_order(output)
            uses = {node: sum(other.parents.count(node) for other in order) for node in order}
            for node in order:
                node.grad = 0.0
            output.grad = 1.0
            for node in reversed(order):
                for parent, slope in zip(node.parents, node.local_derivatives, strict=True):
                    parent.grad = slope * node.grad
            same = [x.grad for x in inputs] == pytest.approx(right)
            assert same == (max(uses.values()) == 1)


def test_a_value_of_a_network_is_used_by_every_unit_of_the_next_layer(says):
    says(LESSON, "an input, or the output of a unit, is used as often as the next layer has units")
    rng = np.random.default_rng(3)
    for sizes in ([2, 3, 1], [4, 5, 2, 3]):
        layers = [[Value(x) for x in rng.normal(size=sizes[0])]]
        for n in sizes[1:]:
            sums = [[Value(rng.normal()) * a for a in layers[-1]] for _ in range(n)]
            layers.append([sum(products[1:], products[0]).sigmoid() for products in sums])
        order = topological_order(sum(layers[-1][1:], layers[-1][0] * 1.0))
        for layer, n in zip(layers, sizes[1:], strict=False):
            for value in layer:
                assert sum(node.parents.count(value) for node in order) == n


def test_a_lower_loss_lies_against_the_slope(says):
    says(LESSON, "Move against the slope, by a multiple of it.")
    rng = np.random.default_rng(4)
    for _ in range(50):
        inputs, targets, w = rng.normal(size=5), rng.normal(size=5), rng.normal()
        loss = lambda w, x=inputs, y=targets: np.mean((w * x - y) ** 2)  # noqa: E731
        slope = np.mean(2 * (w * inputs - targets) * inputs)
        assert loss(w - 1e-3 * slope) < loss(w)
