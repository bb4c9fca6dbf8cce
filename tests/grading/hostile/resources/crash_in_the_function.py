"""Make the interpreter crash while it is asked."""

import ctypes


def sigmoid(Z):
    ctypes.string_at(0)
