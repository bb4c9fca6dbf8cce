"""An exercise as small as can be, and its judgement of a function."""

import numpy as np

from mlcourse.exercises import Exercise, Mistake, Part
from mlcourse.feedback import cases, evaluate
from mlcourse.feedback.run import answer


def judge(exercise, function, part=None, seed=5):
    part = part or exercise.parts[0]
    part_cases = cases(exercise, np.random.default_rng(seed))[0]
    answers = [answer(part.drive, function, case) for case in part_cases]
    return evaluate(exercise, part, part_cases, answers)


def toy(*mistakes, **options):
    """Exercise: twice x; its known mistakes as name=function."""
    known = tuple(
        Mistake(function.__name__, f"This is {function.__name__}.", function) for function in mistakes
    )
    settings = {
        "function": "double",
        "inputs": lambda rng: {"x": rng.normal(size=(2, 3))},
        "reference": lambda x: {"a": 2 * x, "b": x.sum(), "c": 4 * x},
        "returns": {"a": "a", "b": "b"},
        "order": ("c", "a", "b"),
        "mistakes": known,
    }
    part = Part(**(settings | options))
    return Exercise("toy", "01-chain-rule", 3, (part,), "Toy")


def right(x):
    return {"a": 2 * x, "b": x.sum()}


def thrice(x):
    return {"a": 3 * x, "b": x.sum()}
