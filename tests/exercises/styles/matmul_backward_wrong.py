"""Wrong answers to matmul-backward, none of them a known mistake."""

import numpy as np


def _right(A, B, dC):
    return dC @ B.T, A.T @ dC


def doubled_dA(A, B, dC):
    return 2 * (dC @ B.T), A.T @ dC


def minus_dB(A, B, dC):
    return dC @ B.T, -(A.T @ dC)


def both_negative(A, B, dC):
    return -(dC @ B.T), -(A.T @ dC)


def divided_by_rows(A, B, dC):
    return dC @ B.T / len(dC), A.T @ dC / len(dC)


def divided_by_inner_size(A, B, dC):
    return dC @ B.T / A.shape[1], A.T @ dC / A.shape[1]


def through_a_relu(A, B, dC):
    dC = dC * (A @ B > 0)
    return dC @ B.T, A.T @ dC


def through_a_sigmoid(A, B, dC):
    S = 1 / (1 + np.exp(-(A @ B)))
    dC = dC * S * (1 - S)
    return dC @ B.T, A.T @ dC


def pseudo_inverse(A, B, dC):
    return dC @ np.linalg.pinv(B), np.linalg.pinv(A) @ dC


def squared_error(A, B, dC):
    error = A @ B - dC
    return error @ B.T, A.T @ error


def dC_twice(A, B, dC):
    return (dC * dC) @ B.T, A.T @ (dC * dC)


def sign_of_dC(A, B, dC):
    return np.sign(dC) @ B.T, A.T @ np.sign(dC)


def sign_of_B(A, B, dC):
    return dC @ np.sign(B).T, A.T @ dC


def dC_summed_first(A, B, dC):
    return dC.sum(axis=1, keepdims=True) * B.sum(axis=1), A.T @ dC


def first_column_only(A, B, dC):
    return np.outer(dC[:, 0], B[:, 0]), A.T @ dC


def first_row_only(A, B, dC):
    return dC @ B.T, np.outer(A[0], dC[0])


def last_outer_product(A, B, dC):
    dA, dB = np.zeros_like(A), np.zeros_like(B)
    for j in range(dC.shape[1]):
        dA = np.outer(dC[:, j], B[:, j])
    for i in range(dC.shape[0]):
        dB = np.outer(A[i], dC[i])
    return dA, dB


def reversed_columns(A, B, dC):
    return dC[:, ::-1] @ B.T, A.T @ dC


def reversed_rows_of_A(A, B, dC):
    return dC @ B.T, A[::-1].T @ dC


def nested_tuple(A, B, dC):
    return ((dC @ B.T, A.T @ dC),)


def third_thing_too(A, B, dC):
    return dC @ B.T, A.T @ dC, dC


def flat(A, B, dC):
    return (dC @ B.T).ravel(), (A.T @ dC).ravel()


def reshaped(A, B, dC):
    return dC @ B.reshape(B.shape[::-1]), A.reshape(A.shape[::-1]) @ dC


def whole_numbers(A, B, dC):
    return (dC @ B.T).astype(int), (A.T @ dC).astype(int)


def half_precision(A, B, dC):
    return (dC @ B.T).astype(np.float16), (A.T @ dC).astype(np.float16)


def product_returned(A, B, dC):
    return A @ B


def dC_in_both(A, B, dC):
    return dC, dC


def ones_in_both(A, B, dC):
    return np.ones_like(A), np.ones_like(B)


def zeros_for_dA(A, B, dC):
    return np.zeros_like(A), A.T @ dC


def nothing_for_dA(A, B, dC):
    return None, A.T @ dC


def updates(A, B, dC):
    return A - dC @ B.T, B - A.T @ dC


def plus_a_penalty(A, B, dC):
    return dC @ B.T + 0.1 * A, A.T @ dC + 0.1 * B


def writes_into_A(A, B, dC):
    dA, dB = _right(A, B, dC)
    A -= 0.1 * dA
    return dA, dB


def clipped(A, B, dC):
    return np.clip(dC @ B.T, -1, 1), np.clip(A.T @ dC, -1, 1)


def centred(A, B, dC):
    dC = dC - dC.mean(axis=1, keepdims=True)
    return dC @ B.T, A.T @ dC
