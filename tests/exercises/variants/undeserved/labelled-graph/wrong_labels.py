def labelled_graph(output):
    order = []

    def visit(node):
        if all(node is not other for other in order):
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(output)
    places = {id(node): place for place, node in enumerate(order)}
    return [
        {
            "label": f"node {place}",
            "operation": node.operation,
            "value": node.data,
            "gradient": node.grad,
            "parents": [places[id(parent)] for parent in node.parents],
            "local_derivatives": list(node.local_derivatives),
        }
        for place, node in enumerate(order)
    ]
