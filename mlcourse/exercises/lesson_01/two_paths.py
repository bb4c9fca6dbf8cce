"""Two paths from t to z."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Exercise, Part
from mlcourse.exercises.drawing import draw_number
from mlcourse.exercises.known_mistakes import known


def two_paths(t: float) -> tuple[Any, Any]:
    """Value and derivative of z = x y² with x = cos t, y = t²."""
    x, y = np.cos(t), t**2
    z = x * y**2
    dz_dx, dx_dt = y**2, -np.sin(t)
    dz_dy, dy_dt = 2 * x * y, 2 * t
    dz_dt = dz_dx * dx_dt + dz_dy * dy_dt
    return z, dz_dt


MISTAKES = known(
    two_paths,
    """
    path-through-y-left-out
        The path through y is missing: t changes z through y too. Add dz/dy · dy/dt.
        - dz_dx * dx_dt + dz_dy * dy_dt
        + dz_dx * dx_dt
    path-through-x-left-out
        The path through x is missing: t changes z through x too. Add dz/dx · dx/dt.
        - dz_dx * dx_dt + dz_dy * dy_dt
        + dz_dy * dy_dt
    paths-multiplied
        The contributions of the two paths are multiplied. Along a path multiply, across paths add.
        - dz_dx * dx_dt + dz_dy * dy_dt
        + dz_dx * dx_dt * dz_dy * dy_dt
    paths-subtracted
        The contribution of the path through y is subtracted. Contributions of paths are added.
        - dz_dx * dx_dt + dz_dy * dy_dt
        + dz_dx * dx_dt - dz_dy * dy_dt
    sign-of-sine
        The derivative of cos t is −sin t: the minus is missing.
        - -np.sin(t)
        + np.sin(t)
    inner-derivatives-left-out
        The derivatives of x and y with respect to t are missing: multiply dz/dx by dx/dt, dz/dy by dy/dt.
        - dz_dx * dx_dt + dz_dy * dy_dt
        + dz_dx + dz_dy
    dx-dt-left-out
        In the path through x, the factor dx/dt = −sin t is missing.
        - dz_dx * dx_dt
        + dz_dx
    dy-dt-left-out
        In the path through y, the factor dy/dt = 2t is missing.
        - dz_dy * dy_dt
        + dz_dy
    x-lost-in-dz-dy
        In dz/dy the factor x is missing: the derivative of x·y² with respect to y is 2xy.
        - 2 * x * y
        + 2 * y
    factor-two-lost
        In the path through y a factor 2 is missing: dz/dy is 2xy and dy/dt is 2t, and both twos stay.
        - 2 * x * y
        + x * y
    paths-crossed
        The factors of the two paths are crossed: dz/dx belongs to dx/dt, and dz/dy to dy/dt.
        - dz_dx * dx_dt + dz_dy * dy_dt
        + dz_dy * dx_dt + dz_dx * dy_dt
    square-lost-in-dz-dx
        dz/dx is y²: the derivative of x·y² with respect to x keeps the whole factor y².
        @@ dz_dx
        - y**2
        + y
    order-of-return
        The two values are returned the other way round: return z, dz_dt.
        - return z, dz_dt
        + return dz_dt, z
    y-not-squared
        z is x·y², but here y is not squared.
        - x * y**2
        + x * y
    """,
)


EXERCISE = Exercise(
    id="two-paths",
    lesson="01-chain-rule",
    points=2,
    title="Two paths",
    parts=(
        Part(
            function="two_paths",
            inputs=lambda rng: {"t": draw_number(rng)},
            edges=lambda: [{"t": 0.0}],
            reference=two_paths,
            returns=("z", "dz_dt"),
            formulas={
                "z": "z = x * y**2, with x = cos(t) and y = t**2",
                "dz_dt": "dz_dt = dz_dx * dx_dt + dz_dy * dy_dt",
            },
            section="Where paths meet",
            mistakes=MISTAKES,
        ),
    ),
)
