import sys

import pytest

from mlcourse.autograd import Value, topological_order, trace


def example():
    a, b = Value(2.0, label="a"), Value(3.0, label="b")
    s = a + b
    s.label = "s"
    f = s * s - b
    f.label = "f"
    return a, b, s, f


def test_every_node_comes_once_and_after_its_parents():
    *_, f = example()
    order = topological_order(f)
    assert len(order) == len({id(node) for node in order}) == 5
    assert order[-1] is f
    for position, node in enumerate(order):
        assert all(parent in order[:position] for parent in node.parents)


def test_only_what_the_output_depends_on_is_listed():
    a, b, s, _ = example()
    assert topological_order(s) == [a, b, s]
    assert topological_order(a) == [a]


def test_a_chain_longer_than_the_recursion_limit_is_no_problem():
    y = Value(0.0)
    for _ in range(3 * sys.getrecursionlimit()):
        y = -y
    assert len(topological_order(y)) == 3 * sys.getrecursionlimit() + 1


def test_a_graph_with_exponentially_many_paths_is_walked_once():
    y = Value(1.0)
    for _ in range(60):
        y = y + y
    assert len(topological_order(y)) == 61
    assert y.data == 2.0**60


def test_any_object_with_parents_will_do():
    class Node:
        def __init__(self, *parents):
            self.parents = parents

    a = Node()
    b = Node(a, a)
    assert topological_order(b) == [a, b]


def test_trace_describes_the_graph_as_plain_data():
    *_, f = example()
    f.backward()
    assert trace(f) == [
        node("a", "", 2, 10, [], []),
        node("b", "", 3, 9, [], []),
        node("s", "+", 5, 10, [0, 1], [1, 1]),
        node("", "*", 25, 1, [2, 2], [5, 5]),
        node("f", "-", 22, 1, [3, 1], [1, -1]),
    ]


def node(label, operation, value, gradient, parents, local_derivatives):
    return {
        "label": label, "operation": operation, "value": value, "gradient": gradient,
        "parents": parents, "local_derivatives": local_derivatives,
    }  # fmt: skip


def test_gradients_in_a_trace_are_the_chain_rule_over_its_edges():
    *_, f = example()
    f.backward()
    nodes = trace(f)
    for index, node in enumerate(nodes[:-1]):
        paths = [
            child["gradient"] * local
            for child in nodes
            for parent, local in zip(child["parents"], child["local_derivatives"], strict=True)
            if parent == index
        ]
        assert node["gradient"] == pytest.approx(sum(paths))
