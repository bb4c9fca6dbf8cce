"""Right answers to log-softmax in other people's styles."""

from functools import reduce

import numpy as np


def keepdims_everywhere(Z):
    shifted = Z - np.max(Z, axis=0, keepdims=True)
    log_sum = np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    L = shifted - log_sum

    def pullback(dL):
        return dL - np.exp(L) * np.sum(dL, axis=0, keepdims=True)

    return L, pullback


def lambda_in_the_return(Z):
    s = Z - Z.max(0)
    L = s - np.log(np.exp(s).sum(0))
    return L, lambda dL: dL - np.exp(L) * dL.sum(0)


def log_sum_exp_by_itself(Z):
    def log_sum_exp(X):
        top = X.max(axis=0)
        return top + np.log(np.exp(X - top).sum(axis=0))

    L = Z - log_sum_exp(Z)
    P = np.exp(L)

    def back(dL):
        return dL - P * dL.sum(axis=0)

    return L, back


def probabilities_kept(Z):
    E = np.exp(Z - Z.max(axis=0))
    total = E.sum(axis=0)
    P = E / total
    L = Z - Z.max(axis=0) - np.log(total)

    def pullback(dL):
        return dL - P * dL.sum(axis=0)

    return L, pullback


def logaddexp_reduce(Z):
    L = Z - np.logaddexp.reduce(Z, axis=0, keepdims=True)

    def pullback(dL):
        return dL - np.exp(L) * dL.sum(axis=0, keepdims=True)

    return L, pullback


def logaddexp_by_hand(Z):
    L = Z - reduce(np.logaddexp, list(Z))
    return L, lambda d: d - np.exp(L) * sum(d)


def rows_first(Z):
    R = Z.T
    R = R - R.max(axis=1, keepdims=True)
    R = R - np.log(np.exp(R).sum(axis=1, keepdims=True))

    def pullback(dL):
        D = dL.T
        return (D - np.exp(R) * D.sum(axis=1, keepdims=True)).T

    return R.T, pullback


def columns_in_a_list(Z):
    columns = []
    for z in Z.T:
        s = z - z.max()
        columns.append(s - np.log(np.exp(s).sum()))
    L = np.stack(columns, axis=1)

    def pullback(dL):
        return np.stack([d - np.exp(c) * d.sum() for d, c in zip(dL.T, columns, strict=True)], axis=1)

    return L, pullback


def jacobians(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    n = Z.shape[0]

    def pullback(dL):
        dZ = np.zeros_like(Z)
        for j in range(Z.shape[1]):
            J = np.eye(n) - np.exp(L[:, j])[None, :]
            dZ[:, j] = J.T @ dL[:, j]
        return dZ

    return L, pullback


def a_class_with_call(Z):
    class Back:
        def __init__(self, L):
            self.L = L

        def __call__(self, dL):
            return dL - np.exp(self.L) * dL.sum(axis=0)

    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    return L, Back(L)


def a_method_of_an_object(Z):
    class Node:
        def forward(self, Z):
            s = Z - Z.max(axis=0)
            self.out = s - np.log(np.exp(s).sum(axis=0))
            return self.out

        def backward(self, grad):
            return grad - np.exp(self.out) * grad.sum(axis=0)

    node = Node()
    return node.forward(Z), node.backward


def partial(Z):
    from functools import partial

    def back(P, dL):
        return dL - P * dL.sum(axis=0)

    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    return L, partial(back, np.exp(L))


def default_argument(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))

    def pullback(dL, P=np.exp(L)):  # noqa: B008
        return dL - P * dL.sum(axis=0)

    return L, pullback


def two_shares_added(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))

    def pullback(dL):
        direct = dL
        d_log_sum = -dL.sum(axis=0)
        through_the_sum = np.exp(L) * d_log_sum
        return direct + through_the_sum

    return L, pullback


def each_step_back(Z):
    s = Z - Z.max(axis=0)
    e = np.exp(s)
    total = e.sum(axis=0)
    L = s - np.log(total)

    def pullback(dL):
        dlog = -dL.sum(axis=0)
        dtotal = dlog / total
        de = np.broadcast_to(dtotal, e.shape)
        return dL + de * e

    return L, pullback


def two_steps_of_classes(Z):
    highest = np.amax(Z, axis=0)[np.newaxis, :]
    L = Z - highest
    L = L - np.log(np.sum(np.exp(L), axis=0))[np.newaxis, :]

    def pullback(dL):
        column_sums = np.sum(dL, axis=0)[np.newaxis, :]
        return dL - column_sums * np.exp(L)

    return L, pullback


def the_median_taken_off_too(Z):
    Z = Z - np.median(Z, axis=0)
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def einsum(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.einsum("ij->j", np.exp(s)))
    return L, lambda dL: dL - np.einsum("ij,j->ij", np.exp(L), np.einsum("ij->j", dL))


def ones_as_a_row(Z):
    ones = np.ones((1, Z.shape[0]))
    s = Z - Z.max(axis=0)
    L = s - np.log(ones @ np.exp(s))
    return L, lambda dL: dL - np.exp(L) * (ones @ dL)


def log1p_of_the_others(Z):
    top = Z.argmax(axis=0)
    columns = np.arange(Z.shape[1])
    s = Z - Z[top, columns]
    others = np.exp(s)
    others[top, columns] = 0.0
    L = s - np.log1p(others.sum(axis=0))
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def copies_and_in_place(Z):
    L = Z.copy()
    L -= L.max(axis=0)
    L -= np.log(np.exp(L).sum(axis=0))

    def pullback(dL):
        dZ = dL.copy()
        dZ -= np.exp(L) * dL.sum(axis=0)
        return dZ

    return L, pullback


def in_a_list(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))

    def pullback(dL):
        return dL - np.exp(L) * dL.sum(axis=0)

    return [L, pullback]


def longer_names(scores):
    largest_score = scores.max(axis=0, keepdims=True)
    exponentials = np.exp(scores - largest_score)
    normaliser = exponentials.sum(axis=0, keepdims=True)
    log_probabilities = scores - largest_score - np.log(normaliser)
    probabilities = exponentials / normaliser

    def go_back(upstream_gradient):
        total_upstream = upstream_gradient.sum(axis=0, keepdims=True)
        return upstream_gradient - probabilities * total_upstream

    return log_probabilities, go_back


def softmax_as_a_function(Z):
    def softmax(X):
        E = np.exp(X - X.max(axis=0))
        return E / E.sum(axis=0)

    s = Z - Z.max(axis=0)
    return s - np.log(np.exp(s).sum(axis=0)), lambda dL: dL - softmax(Z) * dL.sum(axis=0)


def mean_in_place_of_sum(Z):
    n = Z.shape[0]
    s = Z - Z.max(axis=0)
    L = s - np.log(n * np.exp(s).mean(axis=0))
    return L, lambda dL: dL - np.exp(L) * n * dL.mean(axis=0)


def apply_along_axis(Z):
    def column(z):
        s = z - z.max()
        return s - np.log(np.exp(s).sum())

    L = np.apply_along_axis(column, 0, Z)
    return L, lambda dL: dL - np.exp(L) * np.apply_along_axis(np.sum, 0, dL)


def sorted_first(Z):
    s = Z - np.sort(Z, axis=0)[-1]
    L = s - np.log(np.sort(np.exp(s), axis=0).sum(axis=0))
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def difference_of_pairs(Z):
    """Minus the logarithm of the sum of exp(z_j - z_k), as logaddexp does not overflow."""
    L = -np.logaddexp.reduce(Z[:, None, :] - Z[None, :, :], axis=0)
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def annotated(Z: np.ndarray):
    """Logarithms and pullback."""
    shifted: np.ndarray = Z - Z.max(axis=0)
    L: np.ndarray = shifted - np.log(np.exp(shifted).sum(axis=0))

    def pullback(dL: np.ndarray) -> np.ndarray:
        P: np.ndarray = np.exp(L)
        return np.subtract(dL, np.multiply(P, dL.sum(axis=0)))

    return (L, pullback)


def nested_functions(Z):
    def forward():
        s = Z - Z.max(axis=0)
        return s - np.log(np.exp(s).sum(axis=0))

    L = forward()

    def backward(dL):
        def inner():
            return np.exp(L) * dL.sum(axis=0)

        return dL - inner()

    return L, backward


def axis_minus_two(Z):
    s = Z - Z.max(axis=-2, keepdims=True)
    L = s - np.log(np.exp(s).sum(axis=-2, keepdims=True))
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=-2, keepdims=True)


def whole_table_at_once(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).sum(axis=0))
    P = np.exp(L)
    table = np.eye(len(Z))[:, :, None] - P[None, :, :]  # of l_k along z_i
    return L, lambda dL: np.einsum("kim,km->im", table, dL)
