"""Backward through a calculation of eight steps, every slope on the way kept."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.known_mistakes import known


def staged_backward(x: float, y: float) -> dict[str, Any]:
    """Value of f = (x + sigmoid(y)) / (sigmoid(x) + (x + y)²) and the slope of f along every step."""
    s_y = 1 / (1 + np.exp(-y))
    top = x + s_y
    s_x = 1 / (1 + np.exp(-x))
    t = x + y
    q = t**2
    bottom = s_x + q
    inverse = 1 / bottom
    f = top * inverse

    dtop = inverse
    dinverse = top
    dbottom = dinverse * (-1 / bottom**2)
    ds_x = dbottom
    dq = dbottom
    dt = dq * 2 * t
    ds_y = dtop
    dx = dtop + ds_x * s_x * (1 - s_x) + dt
    dy = ds_y * s_y * (1 - s_y) + dt
    return {
        "f": f,
        "dtop": dtop,
        "dinverse": dinverse,
        "dbottom": dbottom,
        "ds_x": ds_x,
        "dq": dq,
        "dt": dt,
        "ds_y": ds_y,
        "dx": dx,
        "dy": dy,
    }


ORDER = ("f", "dtop", "dinverse", "dbottom", "ds_x", "dq", "dt", "ds_y", "dx", "dy")

MISTAKES = known(
    staged_backward,
    """
    factors-exchanged
        dtop and dinverse are exchanged: in a product each factor gets the value of the other one.
        - dtop = inverse
        - dinverse = top
        + dtop = top
        + dinverse = inverse
    no-upstream-at-the-inverse
        dbottom lacks the slope that arrives, dinverse: multiply it by the local derivative -1 / bottom**2.
        - dinverse * (-1 / bottom**2)
        + -1 / bottom**2
    sign-of-the-inverse
        The sign of dbottom is wrong: the slope of 1 / a is -1 / a**2.
        - -1 / bottom**2
        + 1 / bottom**2
    logarithm-for-the-inverse
        dbottom has the local derivative -1 / bottom. The slope of 1 / a is -1 / a**2.
        - -1 / bottom**2
        + -1 / bottom
    no-upstream-at-the-square
        dt lacks the slope that arrives, dq: multiply it by the local derivative 2 * t.
        - dq * 2 * t
        + 2 * t
    slope-of-x-for-s-x
        ds_x is the slope along s_x itself. The sigmoid's slope comes in after it, on the way from s_x to x.
        - ds_x = dbottom
        + ds_x = dbottom * s_x * (1 - s_x)
        - dtop + ds_x * s_x * (1 - s_x) + dt
        + dtop + ds_x + dt
    slope-of-y-for-s-y
        ds_y is the slope along s_y itself. The sigmoid's slope comes in after it, on the way from s_y to y.
        - ds_y = dtop
        + ds_y = dtop * s_y * (1 - s_y)
        - ds_y * s_y * (1 - s_y) + dt
        + ds_y + dt
    two-forgotten
        dt lacks the factor 2: the slope of t**2 is 2 * t.
        - dq * 2 * t
        + dq * t
    square-not-differentiated
        dt is multiplied by t**2. The local derivative of the square is 2 * t.
        - dq * 2 * t
        + dq * t**2
    x-without-top
        dx lacks the contribution that comes through top, where x is added as it is.
        - dtop + ds_x * s_x * (1 - s_x) + dt
        + ds_x * s_x * (1 - s_x) + dt
    x-without-sigmoid
        dx lacks the contribution that comes through sigmoid(x).
        - dtop + ds_x * s_x * (1 - s_x) + dt
        + dtop + dt
    x-without-t
        dx lacks the contribution that comes through t = x + y.
        - dtop + ds_x * s_x * (1 - s_x) + dt
        + dtop + ds_x * s_x * (1 - s_x)
    y-without-t
        dy lacks the contribution that comes through t = x + y.
        - ds_y * s_y * (1 - s_y) + dt
        + ds_y * s_y * (1 - s_y)
    y-without-sigmoid
        dy lacks the contribution that comes through sigmoid(y).
        - ds_y * s_y * (1 - s_y) + dt
        + dt
    sigmoid-not-differentiated
        The slope of the sigmoid is s * (1 - s), with its output s. You multiplied by the output itself.
        - ds_x * s_x * (1 - s_x)
        + ds_x * s_x
        - ds_y * s_y * (1 - s_y)
        + ds_y * s_y
    sigmoid-slope-at-the-output
        The slope of the sigmoid is s * (1 - s), with its output s. You took x * (1 - x) and y * (1 - y).
        - ds_x * s_x * (1 - s_x)
        + ds_x * x * (1 - x)
        - ds_y * s_y * (1 - s_y)
        + ds_y * y * (1 - y)
    no-upstream-at-the-sigmoids
        The slope of each sigmoid must be multiplied by the slope that arrives, ds_x and ds_y.
        - ds_x * s_x * (1 - s_x)
        + s_x * (1 - s_x)
        - ds_y * s_y * (1 - s_y)
        + s_y * (1 - s_y)
    """,
)


def draw(rng: np.random.Generator) -> Case:
    """Two numbers whose sum is not near 0, nor 1, nor 2, where mistakes would not show."""
    while True:
        x, y = rng.uniform(-2.5, 2.5, size=2)
        if min(abs(abs(x + y) - special) for special in (0, 1, 2)) > 0.1 and min(abs(x), abs(y)) > 0.2:
            return {"x": float(x), "y": float(y)}


def edges() -> list[Case]:
    """The sum is 0, so that the square passes nothing; x is 0."""
    return [{"x": 1.5, "y": -1.5}, {"x": 0.0, "y": 1.7}]


EXERCISE = Exercise(
    id="staged-backward",
    lesson="01-chain-rule",
    points=3,
    title="Backward in stages",
    parts=(
        Part(
            function="staged_backward",
            inputs=draw,
            reference=staged_backward,
            returns={name: name for name in ORDER},
            order=ORDER,
            formulas={
                "f": "f = top * inverse",
                "dtop": "dtop = 1 * inverse",
                "dinverse": "dinverse = 1 * top",
                "dbottom": "dbottom = dinverse * (-1 / bottom**2)",
                "ds_x": "ds_x = dbottom * 1",
                "dq": "dq = dbottom * 1",
                "dt": "dt = dq * 2 * t",
                "ds_y": "ds_y = dtop * 1",
                "dx": "dx = dtop * 1 + ds_x * s_x * (1 - s_x) + dt * 1",
                "dy": "dy = ds_y * s_y * (1 - s_y) + dt * 1",
            },
            section="All of it at once",
            mistakes=MISTAKES,
            edges=edges,
        ),
    ),
)
