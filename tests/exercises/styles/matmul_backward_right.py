"""Right answers to matmul-backward in other people's styles."""

import numpy as np


def one_line(A, B, dC):
    return dC @ B.T, A.T @ dC


def dot_method(A, B, dC):
    return dC.dot(B.T), A.T.dot(dC)


def np_dot(A, B, dC):
    dA = np.dot(dC, B.T)
    dB = np.dot(A.T, dC)
    return dA, dB


def np_matmul(A, B, dC):
    return np.matmul(dC, np.transpose(B)), np.matmul(np.transpose(A), dC)


def transpose_method(A, B, dC):
    return dC @ B.transpose(), A.transpose() @ dC


def transposed_twice(A, B, dC):
    return (B @ dC.T).T, (dC.T @ A).T


def in_a_list(A, B, dC):
    return [dC @ B.T, A.T @ dC]


def named_in_between(A, B, dC):
    B_T = B.T
    A_T = A.T
    grad_A = dC @ B_T
    grad_B = A_T @ dC
    return grad_A, grad_B


def einsum_in_letters_of_the_text(A, B, dC):
    return np.einsum("ij,kj->ik", dC, B), np.einsum("ik,ij->kj", A, dC)


def einsum_without_arrow(A, B, dC):
    dA = np.einsum("ac,bc", dC, B)
    return dA, np.einsum("ab,ac", A, dC)


def outer_products_summed(A, B, dC):
    dA = np.zeros(A.shape)
    for column in range(dC.shape[1]):
        dA += np.outer(dC[:, column], B[:, column])
    dB = np.zeros(B.shape)
    for row in range(dC.shape[0]):
        dB += np.outer(A[row], dC[row])
    return dA, dB


def row_by_row(A, B, dC):
    dA = np.array([B @ row for row in dC])
    dB = np.array([column @ dC for column in A.T])
    return dA, dB


def entries_by_sums(A, B, dC):
    p, q = A.shape
    r = B.shape[1]
    dA = np.array([[np.sum(dC[i] * B[k]) for k in range(q)] for i in range(p)])
    dB = np.array([[np.sum(A[:, k] * dC[:, j]) for j in range(r)] for k in range(q)])
    return dA, dB


def loops_with_inner(A, B, dC):
    dA, dB = np.empty_like(A), np.empty_like(B)
    for i, k in np.ndindex(A.shape):
        dA[i, k] = np.inner(dC[i], B[k])
    for k, j in np.ndindex(B.shape):
        dB[k, j] = np.inner(A[:, k], dC[:, j])
    return dA, dB


def np_inner(A, B, dC):
    return np.inner(dC, B), np.inner(A.T, dC.T)


def tensordot_axes(A, B, dC):
    return np.tensordot(dC, B, ((1,), (1,))), np.tensordot(A, dC, ((0,), (0,)))


def swapaxes(A, B, dC):
    return dC @ B.swapaxes(0, 1), A.swapaxes(0, 1) @ dC


def broadcast_then_sum(A, B, dC):
    products = dC[:, np.newaxis, :] * B[np.newaxis, :, :]
    others = A[:, :, np.newaxis] * dC[:, np.newaxis, :]
    return products.sum(axis=-1), others.sum(axis=0)


def mT(A, B, dC):
    return dC @ B.mT, A.mT @ dC


def rollaxis(A, B, dC):
    return dC @ np.moveaxis(B, 0, 1), np.moveaxis(A, 0, 1) @ dC


def as_float(A, B, dC):
    A, B, dC = (np.asarray(x, dtype=float) for x in (A, B, dC))
    return dC @ B.T, A.T @ dC


def with_asserts(A, B, dC):
    assert dC.shape == (A.shape[0], B.shape[1])
    dA, dB = dC @ B.T, A.T @ dC
    assert dA.shape == A.shape and dB.shape == B.shape
    return dA, dB


def into_out(A, B, dC):
    dA, dB = np.empty(A.shape), np.empty(B.shape)
    np.matmul(dC, B.T, out=dA)
    np.matmul(A.T, dC, out=dB)
    return dA, dB


def second_first(A, B, dC):
    dB = A.T @ dC
    dA = dC @ B.T
    return dA, dB


def operator_module(A, B, dC):
    import operator

    return operator.matmul(dC, B.T), operator.matmul(A.T, dC)


def one_helper(A, B, dC):
    def times(X, Y):
        return X @ Y

    return times(dC, B.T), times(A.T, dC)


def helper_for_the_left_factor(A, B, dC):
    def left(right_factor, upstream):
        return upstream @ right_factor.T

    return left(B, dC), left(A.T, dC.T).T


def stacked_columns(A, B, dC):
    dA = np.hstack([dC @ row[:, np.newaxis] for row in B])
    dB = np.vstack([column[np.newaxis, :] @ dC for column in A.T])
    return dA, dB


def python_lists(A, B, dC):
    dA = [[sum(c * b for c, b in zip(row, other, strict=True)) for other in B] for row in dC]
    dB = [[sum(a * c for a, c in zip(left, right, strict=True)) for right in dC.T] for left in A.T]
    return np.array(dA), np.array(dB)


def layer_names(W, A, dZ):
    dW = dZ @ A.T
    dA = W.T @ dZ
    return dW, dA


def annotated(A: np.ndarray, B: np.ndarray, dC: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slopes of both factors."""
    dA: np.ndarray = dC @ B.T
    dB: np.ndarray = A.T @ dC
    return (dA, dB)


def fortran_order(A, B, dC):
    return np.asfortranarray(dC @ B.T), np.asfortranarray(A.T @ dC)


def linalg_multi_dot(A, B, dC):
    return np.linalg.multi_dot([dC, B.T]), np.linalg.multi_dot([A.T, dC])
