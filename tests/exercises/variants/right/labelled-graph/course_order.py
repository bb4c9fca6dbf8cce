import numpy as np

from mlcourse.autograd import topological_order


def labelled_graph(output):
    order = topological_order(output)
    nodes = []
    for node in order:
        pairs = sorted(zip((order.index(p) for p in node.parents), node.local_derivatives, strict=True))
        nodes.append(
            dict(
                label=node.label or "?",
                operation=node.operation,
                value=np.float64(node.data),
                gradient=float(node.grad),
                parents=np.array([place for place, _ in pairs], dtype=int),
                local_derivatives=[slope for _, slope in pairs],
            )
        )
    return nodes
