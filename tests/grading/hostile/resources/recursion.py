"""Recurse without end, with the limit out of the way."""

import sys

sys.setrecursionlimit(10**9)


def sigmoid(Z):
    return sigmoid(Z)


sigmoid(0)
