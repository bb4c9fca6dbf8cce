def labelled_graph(output):
    nodes, place = [], {}

    def visit(node):
        if node in place:
            return place[node]
        parents = [visit(parent) for parent in reversed(node.parents)][::-1]
        place[node] = len(nodes)
        nodes.append(
            {
                "label": node.label,
                "value": node.data,
                "operation": node.operation,
                "gradient": node.grad,
                "parents": parents,
                "local_derivatives": list(node.local_derivatives),
                "depth": 1 + max((nodes[i]["depth"] for i in parents), default=0),
            }
        )
        return place[node]

    visit(output)
    return nodes
