import math


def binary_cross_entropy(A, Y):
    total = 0.0
    for a, y in zip(A[0], Y[0], strict=True):
        p = a if y == 1 else 1 - a
        total -= math.log(max(p, 1e-12))
    return total / len(A[0])
