from mlcourse.autograd import topological_order


def labelled_graph(output):
    order = topological_order(output)
    values = [node.data for node in order]
    return [
        {
            "label": node.label,
            "operation": node.operation,
            "value": node.data,
            "gradient": node.grad,
            "parents": [values.index(parent.data) for parent in node.parents],
            "local_derivatives": list(node.local_derivatives),
        }
        for node in order
    ]
