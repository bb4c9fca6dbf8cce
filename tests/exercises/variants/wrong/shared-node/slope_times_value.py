def shared_node(a, b):
    f = (a + b) * (b + 1)
    return f, f * (b + 1), f * (a + 2 * b + 1)
