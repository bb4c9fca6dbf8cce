"""In which line a backward pass stops being right: the whole sentence, for one kind of program after another.

Two inputs each; the lines before stand in the sentence as right, the last two of them.
"""

import pytest
from small_network import RIGHT, located

GATE = """\
def gate(G, S):
    mask = S > 0
    return G * mask
"""
GATED = GATE + RIGHT.replace("error * (pre > 0)", "gate(error, pre)")
UP_TO_Z = "`pre` (line 3), your Z, and `A` (line 4) are right, "
UP_TO_DA = "`A` (line 4) and `error` (line 5), your dA, are right, "
UP_TO_DZ = "`error` (line 5), your dA, and `delta` (line 6), your dZ, are right, "
IN_THE_HELPER = "`A` (line 7) and `error` (line 8), your dA, are right, `delta` (line 9), your dZ, is not"


@pytest.mark.parametrize(
    ("source", "old", "new", "variable", "place"),
    [
        (RIGHT, "A - Y", "np.tanh(A - Y)", "dA",
         UP_TO_Z + "`error` (line 5), your dA, is not: `error = np.tanh(A - Y)`."),
        (RIGHT, "(pre > 0)", "(pre > 0.4)", "dZ",
         UP_TO_DA + "`delta` (line 6), your dZ, is not: `delta = error * (pre > 0.4)`."),
        # Two variables in one line.
        (RIGHT, "    error = A - Y\n    delta = error * (pre > 0)",
         "    error, delta = A - Y, (A - Y) * (A > 0.3)", "dZ",
         UP_TO_Z + "`delta` (line 5), your dZ, is not: `error, delta = A - Y, (A - Y) * (A > 0.3)`."),
        # The name of the course's own.
        (RIGHT.replace("delta", "dZ"), "error * (pre > 0)", "np.cos(error)", "dZ",
         UP_TO_DA + "`dZ` (line 6) is not: `dZ = np.cos(error)`."),
        # One name for two values.
        (RIGHT.replace("delta", "d").replace("error", "d"), "d * (pre > 0)", "d * np.abs(pre)", "dZ",
         "`A` (line 4) and `d` (line 5), your dA, are right, `d` (line 6), your dZ, is not: "
         "`d = d * np.abs(pre)`."),
        # A value that nothing but what is returned shows.
        (RIGHT, '"dW": grad', '"dW": np.sin(grad)', "dW",
         "`delta` (line 6), your dZ, and `grad` (line 7), your dW, are right, `dW` (line 9) is not: "
         '`return {"dW": np.sin(grad), "db": total, "norm": scale * np.linalg.norm(grad)}`.'),
        # The second output alone.
        (RIGHT, "delta.sum(axis=1, keepdims=True) / m", "delta.max(axis=1, keepdims=True)", "db",
         UP_TO_DZ + "`total` (line 8), your db, is not: `total = delta.max(axis=1, keepdims=True)`."),
        # What was made of several lines, nobody knows which of them is wrong.
        (RIGHT, "grad = delta @ X.T / m",
         "other = np.sin(delta)\n    same = other.copy()\n    grad = same @ X.T / m", "dW",
         UP_TO_DZ + "`grad` (line 9), your dW, is not; it is made in lines 7 and 9."),
        (RIGHT, "grad = delta @ X.T / m",
         "a = np.sin(delta)\n    b = a + 1\n    c = b * 2\n    d = c - a\n    grad = d @ X.T / m", "dW", ""),
        (RIGHT.replace("scale * np.linalg.norm(grad)", "scale * size"), "    return",
         "    size = np.sum(np.abs(grad))\n    return", "norm",
         "`delta` (line 6), your dZ, and `grad` (line 7), your dW, are right, `norm` (line 10) is not; "
         "it is made in lines 9 and 10."),
        # Entries that are set later.
        (RIGHT, "delta = error * (pre > 0)", "delta = error.copy()\n    delta[pre <= 0.4] = 0", "dZ",
         UP_TO_DA + "`delta` (line 7), your dZ, is not: `delta[pre <= 0.4] = 0`."),
        (RIGHT, "delta = error * (pre > 0)", "delta = error + 0.2\n    delta[pre <= 0] = 0", "dZ",
         "The entries of `delta` that are wrong come from line 6: `delta = error + 0.2`."),
        # A sum in the place of what was there.
        (RIGHT, "grad = delta @ X.T / m", "grad = delta @ X.T / m\n    grad += 0.1 * np.cos(W)", "dW",
         "`delta` (line 6), your dZ, and `grad` (line 7), your dW, are right, `grad` (line 8), your dW, "
         "is not: `grad += 0.1 * np.cos(W)`."),
        (RIGHT, "grad = delta @ X.T / m", "grad = 0.1 * np.cos(W)\n    grad += np.sin(W)", "dW",
         UP_TO_DZ + "`grad`, which is added up in lines 7 and 8, is not."),
        # A helper that is wrong, and a right one that is given something wrong.
        (GATED, "S > 0", "S > 0.4", "dZ", IN_THE_HELPER + "; it is made in lines 2 and 3 of gate."),
        (GATED, "gate(error, pre)", "gate(error, A - 0.3)", "dZ",
         IN_THE_HELPER + ": `delta = gate(error, A - 0.3)`."),
        (GATED, "gate(error, pre)", "gate(error * 1.3 + 0.1, pre)", "dZ",
         IN_THE_HELPER + ": `delta = gate(error * 1.3 + 0.1, pre)`."),
    ],
)  # fmt: skip
def test_the_line_is_told_in_which_it_stops_being_right(source, old, new, variable, place):
    assert located(source, (old, new)) == (variable, "", place)


@pytest.mark.parametrize(
    ("old", "new", "variable", "equality", "line"),
    [
        ("X.T / m", "X.T", "dW", "`dZ @ X.T`; the formula is `dZ @ X.T / m`.",
         "`grad` (line 7), your dW, is not: `grad = delta @ X.T`."),
        ("A - Y", "(A - Y)**2", "dA", "`(A - Y) ** 2`; the formula is `A - Y`.",
         "`error` (line 5), your dA, is not: `error = (A - Y)**2`."),
        ("X.T / m", "X.T / m + 0.3 * W", "dW", "`dZ @ X.T / m + 0.3 * W`; the formula is `dZ @ X.T / m`.",
         "`grad` (line 7), your dW, is not: `grad = delta @ X.T / m + 0.3 * W`."),
        ("scale * np", "scale + np", "norm",
         "`scale + np.sqrt(np.sum(dW ** 2))`; the formula is `scale * np.sqrt(np.sum(dW ** 2))`.",
         '`norm` (line 9) is not: `return {"dW": grad, "db": total, "norm": scale + np.linalg.norm(grad)}`.'),
    ],
)  # fmt: skip
def test_what_it_equals_is_told_beside_the_line(old, new, variable, equality, line):
    found, told, place = located(RIGHT, (old, new))
    assert (found, told) == (variable, f"Your `{variable}` equals {equality}")
    assert place.endswith(line) and " are right, " in place


@pytest.mark.parametrize(
    ("turns", "added", "equal"),
    [("m", "np.abs(X[:, k])", "dZ @ np.abs(X).T / m"), ("m - 1", "X[:, k]", "dZ[:, :-1] @ X[:, :-1].T / m")],
)
def test_of_a_sum_in_a_loop_the_formula_is_told_and_no_line(turns, added, equal):
    loop = (
        f"np.zeros(W.shape)\n    for k in range({turns}):\n        grad += np.outer(delta[:, k], {added}) / m"
    )
    words = f"Your `dW` equals `{equal}`; the formula is `dZ @ X.T / m`."
    assert located(RIGHT, ("delta @ X.T / m", loop)) == ("dW", words, "")


@pytest.mark.parametrize(
    ("changes", "variable", "line"),
    [
        # So many times too large from here on.
        ([("A - Y", "2 * (A - Y)")], "dW", "`error` (line 5) is not: `error = 2 * (A - Y)`."),
        ([("grad = delta @ X.T / m", "six = 6 * delta @ X.T / m\n    grad = np.maximum(six, -1e9)")], "dW",
         "`six` (line 7), your dW, is not: `six = 6 * delta @ X.T / m`."),
        # Another factor than that of what was read, or what was read is right.
        ([("grad = delta @ X.T / m", "three = 3 * delta @ X.T / m\n    grad = three * 2")], "dW",
         "`grad` (line 8), your dW, is not: `grad = three * 2`."),
        ([("grad = delta @ X.T / m", "right = delta @ X.T / m\n    grad = right * 2")], "dW",
         "`grad` (line 8), your dW, is not: `grad = right * 2`."),
        # What is made good for another output is not to blame.
        ([("A - Y", "(A - Y) / m"), ("grad = delta @ X.T / m", "grad = delta @ X.T")], "db",
         "`total` (line 8), your db, is not: `total = delta.sum(axis=1, keepdims=True) / m`."),
        ([("A - Y", "(A - Y) / m"), ("keepdims=True) / m", "keepdims=True)")], "dW",
         "`grad` (line 7), your dW, is not: `grad = delta @ X.T / m`."),
        ([("A - Y", "Y - A"), ("grad = delta", "grad = -delta")], "db",
         "`total` (line 8), your db, is not: `total = delta.sum(axis=1, keepdims=True) / m`."),
        # Of a change in a step before.
        ([("A - Y", "Y - A")], "dW", "`error` (line 5), your dA, is not: `error = Y - A`."),
        # A line alone, or several of which any may be wrong.
        ([("    error = A - Y", "    T = (Y > 0.5) * 1.0\n    error = A - T")], "dA",
         "`error` (line 6), your dA, is not; it is made in lines 5 and 6."),
        ([("    m = X.shape[1]", "    m = X.shape[1]\n    X = X - X.mean()")], "A",
         "`A` (line 5) is not right; it is made in lines 3, 4 and 5."),
        ([("    delta = error", "    cache = {'e': np.sin(error)}\n    delta = cache['e']")], "dZ",
         "`delta` (line 7), your dZ, is not; it is made in lines 6 and 7."),
        ([("= W @ X + b", "= W @ X + b\n    pre = np.round(pre, 1)")], "A",
         "`pre` (line 4) is not: `pre = np.round(pre, 1)`."),
        ([("delta = error * (pre > 0)", "delta = error.copy()\n    delta *= pre > 0.4")], "dZ",
         "`delta` (line 7), your dZ, is not: `delta *= pre > 0.4`."),
        ([("error = A - Y", "error = np.zeros(A.shape)\n    error -= Y\n    error += A ** 2")], "dA",
         "`error` (line 7), your dA, is not: `error += A ** 2`."),
        ([("delta = error * (pre > 0)", "delta = error.copy()\n    delta[0] = delta[0] * (pre[0] > 0)\n"
           "    delta[1:] = delta[1:] * (pre[1:] > 0.4)")], "dZ",
         "`delta` (line 8), your dZ, is not; it is made in lines 7 and 8."),
        ([("error = A - Y", "error = A.copy()\n    error -= np.sin(Y)")], "dA",
         "`error` (line 6), your dA, is not: `error -= np.sin(Y)`."),
        ([("grad = delta @ X.T / m", "grad = 0.1 * np.ones(W.shape)\n    grad += delta @ X.T / m")], "dW",
         "`grad` (line 7) is not: `grad = 0.1 * np.ones(W.shape)`."),
        ([("delta = error * (pre > 0)", "delta = np.zeros(pre.shape)\n    for i in range(len(pre)):\n"
           "        if i:\n            delta[i] = error[i] * (pre[i] > 0)")], "dZ",
         "The entries of `delta` that are wrong come from line 6: `delta = np.zeros(pre.shape)`."),
    ],
)  # fmt: skip
def test_the_line_where_a_wrong_value_begins_is_told(changes, variable, line):
    found, _, place = located(RIGHT, *changes)
    assert (found, place[-len(line) :]) == (variable, line)


NAMED = RIGHT
for own, of_the_course in (("pre", "Z"), ("error", "dA"), ("delta", "dZ"), ("grad", "dW"), ("total", "db")):
    NAMED = NAMED.replace(own, of_the_course)


@pytest.mark.parametrize(
    ("changes", "variable", "place"),
    [
        ([("W @ X + b", "W @ X - np.abs(b)")], "Z", "`Z` (line 3) is not right: `Z = W @ X - np.abs(b)`."),
        # Of two wrong lines the first.
        ([("(0, Z)", "(0.2, Z)"), ("dZ @ X.T / m", "np.sin(dZ @ X.T / m)")], "A",
         "`Z` (line 3) is right, `A` (line 4) is not: `A = np.maximum(0.2, Z)`."),
        ([("(Z > 0)", "(Z > 0.4) + 0.1"), ("dZ @ X.T / m", "dZ @ X.T / m + 0.3")], "dZ",
         "`A` (line 4) and `dA` (line 5) are right, `dZ` (line 6) is not: `dZ = dA * (Z > 0.4) + 0.1`."),
        # Of two wrong values in a line that which came first, in the learner's order.
        ([("    Z = W @ X + b\n    A = np.maximum(0, Z)\n    dA = A - Y\n",
           "    A = np.maximum(0, W @ X + b)\n    dA = np.sin(A - Y)\n    Z = W @ X - np.abs(b)\n")], "dA",
         "`A` (line 3) is right, `dA` (line 4) is not: `dA = np.sin(A - Y)`."),
        # A factor that may be meant so, before a line that is wrong whatever is meant.
        ([("A - Y", "(A - Y) / m"), ("dZ @ X.T / m", "np.sin(dZ @ X.T)")], "dW",
         "`Z` (line 3) and `A` (line 4) are right, `dW` (line 7) is not: `dW = np.sin(dZ @ X.T)`."),
        # Something of their own is read.
        ([("    dZ =", "    extra = np.cos(A)\n    dZ ="), ("dA * (Z > 0)", "dA * extra")], "dZ",
         "`A` (line 4) and `dA` (line 5) are right, `dZ` (line 7) is not; it is made in lines 6 and 7."),
        ([("dZ @ X.T / m", "np.sin(dZ @ X.T / m)")], "dW",
         "`dA` (line 5) and `dZ` (line 6) are right, `dW` (line 7) is not: `dW = np.sin(dZ @ X.T / m)`."),
    ],
)  # fmt: skip
def test_variables_of_the_courses_names_are_followed_back_to_the_first_wrong_line(changes, variable, place):
    assert located(NAMED, *changes) == (variable, "", place)


@pytest.mark.parametrize(
    ("changes", "variable", "line"),
    [
        ([("A - Y", "(A - Y) / m"), ("dZ @ X.T / m", "dZ @ X.T")], "db", "`db` (line 8) is not: `db = "),
        (
            [("A - Y", "(A - Y) * m"), ("dZ @ X.T / m", "dZ @ X.T / m**2")],
            "db",
            "`db` (line 8) is not: `db = ",
        ),
        ([("A - Y", "(A - Y) / m"), ("True) / m", "True)")], "dW", "`dW` (line 7) is not: `dW = "),
        ([("A - Y", "0.7 * (A - Y)")], "dA", "`dA` (line 5) is not: `dA = "),
    ],
)
def test_a_factor_of_a_size_may_be_meant_so_and_another_is_not(changes, variable, line):
    found, _, place = located(NAMED, *changes)
    assert found == variable and f"`Z` (line 3) and `A` (line 4) are right, {line}" in place


def test_of_a_step_that_is_missing_no_line_is_blamed_and_a_copy_in_its_place_is():
    words = "Your `dW` is what comes out with `dZ = dA`; the formula is `dZ = dA * (Z > 0)`."
    missing = RIGHT.replace("    delta = error * (pre > 0)\n", "").replace("delta", "error")
    assert located(missing) == ("dW", words, "")
    copied = UP_TO_DA + "`delta` (line 6), your dZ, is not: `delta = 1.0 * error`."
    assert located(RIGHT, ("error * (pre > 0)", "1.0 * error")) == ("dW", words, copied)


def test_what_is_returned_beside_the_outputs_is_told_by_its_key():
    lines = RIGHT[: RIGHT.index("    delta")] + (
        '    return {"mine": error * (pre > 0.4), "dW": (error * (pre > 0.4)) @ X.T / m,\n'
        '            "db": (error * (pre > 0.4)).sum(axis=1, keepdims=True) / m, "norm": 0.0}\n'
    )
    variable, _, place = located(lines)
    assert variable == "dZ"
    assert place.startswith(
        UP_TO_DA + '`mine` (line 6), your dZ, is not: `return {"mine": error * (pre > 0.4), '
    )
