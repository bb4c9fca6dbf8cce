import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcourse.autograd import Value, trace
from mlcourse.plots import GraphPicture, draw_graph
from mlcourse.plots.graph_layout import layout


def example():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    f = a * b + b
    f.label = "f"
    f.backward()
    return trace(f)


def random_graphs():
    """Nodes that each take up to three earlier ones as parents, repetitions included."""
    parents = st.integers(1, 14).flatmap(
        lambda n: st.tuples(
            *(st.lists(st.integers(0, max(0, i - 1)), max_size=3 if i else 0) for i in range(n))
        )
    )
    return parents.map(lambda lists: [{"parents": list(mine)} for mine in lists])


@given(random_graphs())
@settings(max_examples=200)
def test_edges_go_right_column_by_column_and_nothing_overlaps(nodes):
    places = layout(nodes)
    for edge in places.edges:
        columns = [x for x, _ in edge.points]
        assert columns == list(range(int(columns[0]), int(columns[-1]) + 1))
        assert len(columns) >= 2
        assert edge.points[0] == places.nodes[edge.parent]
        assert edge.points[-1] == places.nodes[edge.child]
    drawn = sorted((edge.child, edge.which, edge.parent) for edge in places.edges)
    asked = [(child, which, p) for child, node in enumerate(nodes) for which, p in enumerate(node["parents"])]
    assert drawn == sorted(asked)
    spots = list(places.nodes) + [point for edge in places.edges for point in edge.points[1:-1]]
    for column in {x for x, _ in spots}:
        rows = sorted(y for x, y in spots if x == column)
        assert all(gap > 1 - 1e-9 for gap in np.diff(rows))


def test_a_chain_is_a_straight_line():
    places = layout([{"parents": []}, {"parents": [0]}, {"parents": [1]}])
    assert places.nodes == ((0, 0), (1, 0), (2, 0))


def test_inputs_stand_next_to_where_they_are_first_used():
    nodes = [{"parents": p} for p in ([], [0], [1], [], [2, 3])]
    assert [x for x, _ in layout(nodes).nodes] == [0, 1, 2, 2, 3]


def test_values_and_gradients_are_on_the_nodes_and_local_derivatives_on_the_edges():
    picture = GraphPicture(example())
    assert [text.get_text() for text in picture.titles] == ["a", "b", "×", "f   [+]"]
    assert [text.get_text() for text in picture.values] == ["value 2", "value −3", "value −6", "value −9"]
    assert [text.get_text() for text in picture.gradients] == ["grad −3", "grad 3", "grad 1", "grad 1"]
    local = {key: text.get_text() for key, text in picture.local_derivatives.items()}
    assert local == {(2, 0): "−3", (2, 1): "2", (3, 0): "1", (3, 1): "1"}
    assert picture.arrows.keys() == local.keys()


def test_text_fits_its_box_and_local_derivatives_do_not_overlap():
    picture = GraphPicture(example())
    figure = picture.ax.figure
    figure.canvas.draw()
    for box, *texts in zip(picture.boxes, picture.titles, picture.values, picture.gradients, strict=True):
        outer = box.get_window_extent()
        for text in texts:
            inner = text.get_window_extent()
            assert outer.x0 <= inner.x0 and inner.x1 <= outer.x1
            assert outer.y0 <= inner.y0 and inner.y1 <= outer.y1
    labels = [text.get_window_extent() for text in picture.local_derivatives.values()]
    boxes = [box.get_window_extent() for box in picture.boxes]
    for index, label in enumerate(labels):
        assert not any(label.overlaps(other) for other in labels[:index] + boxes)


def test_a_number_used_twice_has_two_edges():
    t = Value(3.0, label="t")
    square = t * t
    square.backward()
    assert len(GraphPicture(trace(square)).arrows) == 2


def test_it_draws_on_the_axes_given():
    _, ax = plt.subplots()
    assert draw_graph(example(), ax) is ax


def test_bad_nodes_are_named():
    with pytest.raises(ValueError, match="nodes: expected at least one node"):
        draw_graph([])
    with pytest.raises(
        ValueError, match=r"nodes: expected the parents of node 0 to stand before it, found \[1\]"
    ):
        layout([{"parents": [1]}, {"parents": []}])
