"""A helper is blamed for what it does, and the line that calls it for what it gives it."""

import pytest
from small_network import RIGHT, located

FORWARD = """\
def forward(W, X, b):
    Z = W @ X + b
    return Z, np.maximum(0.2, Z)
"""
MEAN = """\
def mean(G, n):
    return G / n
"""
NESTED = """\
def outer(a, c):
    d = inner(a, c)
    return d
def inner(a, c):
    return a * (c > 0.4)
"""
TWO_WAYS = """\
def mean(G, n, cubed):
    H = G
    if cubed:
        H = G ** 3
    return H / n
"""
BOTH = RIGHT.replace("delta.sum(axis=1, keepdims=True) / m", "mean(delta.sum(axis=1, keepdims=True), m)")


@pytest.mark.parametrize(
    ("source", "old", "new", "line"),
    [
        (FORWARD + RIGHT, "    pre = W @ X + b\n    A = np.maximum(0, pre)", "    pre, A = forward(W, X, b)",
         "`Z` (line 2 of forward) is right, `A` (line 6) is not: `pre, A = forward(W, X, b)`, which takes it "
         "from line 3 of forward: `return Z, np.maximum(0.2, Z)`."),
        (MEAN + RIGHT, "delta @ X.T / m", "mean(np.sin(delta) @ X.T, m)",
         "`grad` (line 9), your dW, is not: `grad = mean(np.sin(delta) @ X.T, m)`."),
        (MEAN + RIGHT, "delta @ X.T / m", "mean(delta @ X.T, m + 1)",
         "`grad` (line 9), your dW, is not: `grad = mean(delta @ X.T, m + 1)`, which takes it from line 2 of "
         "mean: `return G / n`."),
        (MEAN + BOTH.replace("keepdims=True), m", "keepdims=True), 2 * m"), "delta @ X.T / m",
         "mean(delta @ X.T, m)",
         "`total` (line 10), your db, is not: `total = mean(delta.sum(axis=1, keepdims=True), 2 * m)`."),
        (MEAN.replace("G / n", "G / n + 0.3") + BOTH, "delta @ X.T / m", "mean(delta @ X.T, m)",
         "`grad` (line 9), your dW, is not: `grad = mean(delta @ X.T, m)`, which takes it from line 2 of "
         "mean: `return G / n + 0.3`."),
        (NESTED + RIGHT, "error * (pre > 0)", "outer(error, pre)",
         "`delta` (line 11), your dZ, is not: `delta = outer(error, pre)`, which takes it from line 5 of "
         "inner: `return a * (c > 0.4)`."),
        ("def one(Z):\n    return np.maximum(0, Z)\n" + RIGHT, "np.maximum(0, pre)", "one(-pre)",
         "`Z` (line 6) is not: `A = one(-pre)`."),
        ("def one(G):\n    return np.maximum(0, G)\n" + RIGHT, "np.maximum(0, pre)", "one(-pre)",
         "`A` (line 6) is not: `A = one(-pre)`."),
        ("def two(Z):\n    return np.maximum(0, Z), Z\n" + RIGHT, "A = np.maximum(0, pre)",
         "A, _ = two(-pre)",
         "`Z` (line 6) is not: `A, _ = two(-pre)`."),
        (RIGHT, "    A = np.maximum(0, pre)",
         "    def act(Z):\n        return np.maximum(0.3, Z)\n    A = act(pre)",
         "`A` (line 6) is not: `A = act(pre)`, which takes it from line 5 of act: "
         "`return np.maximum(0.3, Z)`."),
        (RIGHT, "    A = np.maximum(0, pre)", "    act = lambda Z: np.maximum(0.3, Z)\n    A = act(pre)",
         "`A` (line 5) is not: `A = act(pre)`, which takes it from line 4: "
         "`act = lambda Z: np.maximum(0.3, Z)`."),
        (TWO_WAYS + BOTH.replace("keepdims=True), m", "keepdims=True), m, True"), "delta @ X.T / m",
         "mean(delta @ X.T, m, False)",
         "`total` (line 13), your db, is not; it is made in lines 4 and 5 of mean."),
        ("def times(G, s):\n    return np.tanh(G * s)\n" + RIGHT, "delta @ X.T / m",
         "times(delta @ X.T / m, 0.7)",
         "`grad` (line 9), your dW, is not; it is made in line 9 and line 2 of times."),
        ("def times(G, s):\n    return G * s\n" + RIGHT, "delta @ X.T / m", "times(delta @ X.T / m, scale)",
         "`grad` (line 9), your dW, is not: `grad = times(delta @ X.T / m, scale)`."),
        ("def times(G, s):\n    return np.tanh(G * s)\n" + RIGHT, "scale * np.linalg.norm(grad)",
         "times(np.linalg.norm(grad), scale)", "from line 2 of times: `return np.tanh(G * s)`."),
        ("def apply(f, Z):\n    return f(Z)\n" + RIGHT, "np.maximum(0, pre)", "apply(np.tanh, pre)",
         "`A` (line 6) is not: `A = apply(np.tanh, pre)`."),
        ("class Box: pass\n" + RIGHT, "    delta = error",
         "    box = Box()\n    box.e = np.sin(error)\n    delta = box.e",
         "`delta` (line 9), your dZ, is not; it is made in lines 8 and 9."),
        (RIGHT.replace("grad,", "dZ @ X.T / m,").replace("grad)", "dZ)").replace("delta.sum", "error.sum"),
         "    delta = error * (pre > 0)\n    grad = delta @ X.T / m\n",
         '    out = {}\n    out["dZ"] = dZ = np.cos(error)\n',
         '`dZ` (line 7) is not: `out["dZ"] = dZ = np.cos(error)`.'),
    ],
)  # fmt: skip
def test_a_helper_is_blamed_for_what_it_does_and_its_caller_for_what_it_gives(source, old, new, line):
    _, _, place = located(source, (old, new))
    assert place[-len(line) :] == line
