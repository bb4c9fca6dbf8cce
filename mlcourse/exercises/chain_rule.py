"""Lesson 01: the chain rule, from a chain of powers to a neuron."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.chain_rule_mistakes import NEURON, POWER_CHAIN, SHARED_NODE, TWO_PATHS
from mlcourse.exercises.chain_rule_neuron import neuron_backward

LESSON = "01-chain-rule"


def power_chain(x: float) -> tuple[float, float]:
    """Value and derivative of y = (3x² − 1)³."""
    u = 3 * x**2 - 1
    return u**3, 3 * u**2 * 6 * x


def two_paths(t: float) -> tuple[Any, Any]:
    """Value and derivative of z = x y² with x = cos t, y = t²."""
    x, y = np.cos(t), t**2
    return x * y**2, y**2 * -np.sin(t) + 2 * x * y * 2 * t


def shared_node(a: float, b: float) -> tuple[float, float, float]:
    """Value and derivatives of f = (a + b)(b + 1)."""
    return (a + b) * (b + 1), b + 1, (b + 1) + (a + b)


def _number(rng: np.random.Generator) -> float:
    """A number of either sign, not near 0 and 1, where mistakes would not show."""
    return float(rng.choice([-1, 1]) * rng.uniform(1.2, 2.5))


def _neuron_inputs(rng: np.random.Generator) -> Case:
    n = int(rng.integers(2, 6))
    x, w = rng.uniform(0.5, 2, size=(2, n)) * rng.choice([-1, 1], size=(2, n))
    return {"x": x, "w": w / n, "b": _number(rng) / 3, "dy": _number(rng)}


def _neuron_edges() -> list[Case]:
    return [{"x": np.array([2.0]), "w": np.array([-0.5]), "b": 0.3, "dy": 1.0}]


EXERCISES = (
    Exercise(
        id="power-chain",
        lesson=LESSON,
        points=1,
        title="A chain of powers",
        parts=(
            Part(
                function="power_chain",
                inputs=lambda rng: {"x": _number(rng)},
                edges=lambda: [{"x": 0.0}],
                reference=power_chain,
                returns=("y", "dy_dx"),
                formulas={
                    "y": "y = u**3, with u = 3 * x**2 - 1",
                    "dy_dx": "dy_dx = 3 * u**2 * 6 * x, with u = 3 * x**2 - 1",
                },
                section="One thing after another",
                mistakes=POWER_CHAIN,
            ),
        ),
    ),
    Exercise(
        id="two-paths",
        lesson=LESSON,
        points=2,
        title="Two paths",
        parts=(
            Part(
                function="two_paths",
                inputs=lambda rng: {"t": _number(rng)},
                edges=lambda: [{"t": 0.0}],
                reference=two_paths,
                returns=("z", "dz_dt"),
                formulas={
                    "z": "z = x * y**2, with x = cos(t) and y = t**2",
                    "dz_dt": "dz_dt = dz_dx * dx_dt + dz_dy * dy_dt",
                },
                section="Where paths meet",
                mistakes=TWO_PATHS,
            ),
        ),
    ),
    Exercise(
        id="shared-node",
        lesson=LESSON,
        points=2,
        title="A shared node",
        parts=(
            Part(
                function="shared_node",
                inputs=lambda rng: {"a": _number(rng), "b": _number(rng)},
                reference=shared_node,
                returns=("f", "df_da", "df_db"),
                formulas={
                    "f": "f = (a + b) * (b + 1)",
                    "df_da": "df_da = b + 1",
                    "df_db": "df_db = (b + 1) + (a + b), one term for each path",
                },
                section="A value that is used twice",
                mistakes=SHARED_NODE,
            ),
        ),
    ),
    Exercise(
        id="neuron-backward",
        lesson=LESSON,
        points=2,
        title="Backward through a neuron",
        parts=(
            Part(
                function="neuron_backward",
                inputs=_neuron_inputs,
                edges=_neuron_edges,
                reference=neuron_backward,
                returns=("dx", "dw", "db"),
                shapes={"x": "(n,)", "w": "(n,)", "dx": "(n,)", "dw": "(n,)"},
                formulas={
                    "dz": "dz = dy * y * (1 - y), with y = sigmoid(w @ x + b)",
                    "dx": "dx = dz * w",
                    "dw": "dw = dz * x",
                    "db": "db = dz = dy * y * (1 - y)",
                },
                section="A neuron",
                mistakes=NEURON,
            ),
        ),
    ),
)
"""The exercises of lesson 01, in the order of the text."""
