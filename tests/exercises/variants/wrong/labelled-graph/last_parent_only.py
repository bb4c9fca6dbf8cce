from mlcourse.autograd import topological_order


def labelled_graph(output):
    order = topological_order(output)
    return [
        {
            "label": node.label,
            "operation": node.operation,
            "value": node.data,
            "gradient": node.grad,
            "parents": [order.index(parent) for parent in node.parents[-1:]],
            "local_derivatives": list(node.local_derivatives),
        }
        for node in order
    ]
