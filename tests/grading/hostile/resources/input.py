"""Ask for input, and wait for it."""

import sys

try:
    input("? ")
except Exception:
    pass
sys.stdin.readline()


def sigmoid(Z):
    return float(input())
