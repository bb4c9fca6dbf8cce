def shared_node(a, b):
    grad = {"a": 0.0, "b": 0.0}
    s = a + b
    t = b + 1
    f = s * t
    ds, dt = t, s
    grad["b"] += dt
    grad["a"] += ds
    grad["b"] += ds
    return f, grad["a"], grad["b"]
