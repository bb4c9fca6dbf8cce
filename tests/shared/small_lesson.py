"""A lesson of two exercises, built by hand, and two right answers to each."""

SIGNATURES = {
    "sigmoid": "def sigmoid(Z):",
    "backward-propagation": "def backward_propagation(Y, cache, W1, b1, W2, b2):",
}
POINTS = {"sigmoid": 1, "backward-propagation": 4}
STUB = "    raise NotImplementedError  # write your code here, then delete this line"
RIGHT = {
    "sigmoid": """
import numpy as np
def sigmoid(Z):
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + small), small / (1 + small))
""",
    "backward-propagation": """
def backward_propagation(Y, cache, W1, b1, W2, b2):
    m = Y.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = (W2.T @ dZ2) * (cache["Z1"] > 0)
    return {
        "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m,
        "dW1": dZ1 @ cache["X"].T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
    }
""",
}
OTHERWISE = {
    "sigmoid": "def sigmoid(Z):\n    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z)))",
    "backward-propagation": """
def backward_propagation(Y, cache, W1, b1, W2, b2):
    error = (cache["A2"] - Y) / np.size(Y)
    hidden = np.where(cache["Z1"] > 0, np.dot(np.transpose(W2), error), 0)
    gradients = {}
    for layer, delta, before in ((2, error, cache["A1"]), (1, hidden, cache["X"])):
        gradients[f"dW{layer}"] = np.dot(delta, np.transpose(before))
        gradients[f"db{layer}"] = np.sum(delta, axis=1)[:, None]
    return gradients
""",
}


def code(source, **nbgrader):
    about = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    metadata = {"nbgrader": about | nbgrader} if nbgrader else {}
    cell = {
        "cell_type": "code",
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
    return cell | ({"id": nbgrader["grade_id"]} if nbgrader else {"id": f"cell-{abs(hash(source)) % 10**8}"})


def notebook(*cells):
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": spec}, "cells": list(cells)}


def solution(exercise, source=None):
    return code(
        source or f"{SIGNATURES[exercise]}\n{STUB}",
        grade_id=f"{exercise}-solution",
        solution=True,
        cell_type="code",
    )


def check(exercise):
    source = f'check("{exercise}", {exercise.replace("-", "_")})'
    about = {"grade": True, "locked": True, "points": POINTS[exercise], "cell_type": "code"}
    return code(source, grade_id=exercise, **about)
