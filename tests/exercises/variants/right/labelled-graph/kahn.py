def labelled_graph(output):
    found, stack = {id(output): output}, [output]
    while stack:
        for parent in stack.pop().parents:
            if id(parent) not in found:
                found[id(parent)] = parent
                stack.append(parent)
    places, nodes = {}, []
    while len(nodes) < len(found):
        for key, node in found.items():
            if key not in places and all(id(parent) in places for parent in node.parents):
                places[key] = len(nodes)
                nodes.append(
                    {
                        "operation": node.operation,
                        "value": node.data,
                        "gradient": node.grad,
                        "parents": tuple(places[id(parent)] for parent in node.parents),
                        "local_derivatives": node.local_derivatives,
                    }
                )
    return nodes
