"""Networks that learn lesson 05's rings, plain, skip and normalised, and the counts that its text gives."""

import re
from functools import cache
from types import SimpleNamespace

import numpy as np

from mlcourse import datasets, nn
from mlcourse.authoring import Course
from mlcourse.authoring.source import read
from mlcourse.nn.finite_differences import central_differences

LOSS = nn.binary_cross_entropy_from_logits


@cache
def _lesson():
    return next(lesson for lesson in Course.find().lessons() if lesson.name == "05-deep-networks")


@cache
def classes():
    """The lesson's own Skip, Normalise and very_deep, from its text."""
    code = [cell for cell in read(_lesson()).cells if cell.cell_type == "code"]
    cell = next(cell for cell in code if "class Skip" in cell.source)
    names = {"nn": nn, "np": np, "datasets": datasets, "central_differences": central_differences}
    exec(cell.source, names)
    return SimpleNamespace(**names)


def table():
    """What the text says for each kind of network: how many of ten learn, by rate."""
    rows = re.findall(
        r"^\| (rate|plain|skip|normalised) \|(.+)\|$", _lesson().source.read_text("utf-8"), re.M
    )
    (_, rates), *counts = rows
    rates = [float(rate) for rate in rates.split("|")]
    return {kind: dict(zip(rates, map(int, row.split("|")), strict=True)) for kind, row in counts}


def after(kind, rate, seed, depth=24, epochs=400):
    """Shares of the points that are right, after each epoch."""
    rng = np.random.default_rng(seed)
    data = datasets.circles(200, 0.1, rng)
    return nn.train(
        classes().very_deep(kind, depth, rng), *data, LOSS, nn.GradientDescent(rate), epochs
    ).accuracy


def learned(kind, rate, seeds=range(10), depth=24):
    """How many have 99 % after 400 epochs."""
    return sum(after(kind, rate, seed, depth)[-1] >= 0.99 for seed in seeds)


def plain_learns(seed, s, rate, activation="relu", depth=8):
    """Whether a network of the lesson's eight layers has 99 % after 400 epochs."""
    rng = np.random.default_rng(seed)
    data = datasets.circles(200, 0.1, rng)
    initializer = s if isinstance(s, str) else nn.scaled_normal(s)
    network = nn.Network.dense([2] + [16] * (depth - 1) + [1], activation, rng=rng, initializer=initializer)
    return bool(nn.train(network, *data, LOSS, nn.GradientDescent(rate), 400).accuracy[-1] >= 0.99)
