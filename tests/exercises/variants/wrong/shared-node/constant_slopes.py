def shared_node(a, b):
    return (a + b) * (b + 1), 1, 1
