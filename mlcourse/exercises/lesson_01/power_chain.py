"""A chain of powers."""

from mlcourse.exercises.base import Exercise, Part
from mlcourse.exercises.drawing import draw_number
from mlcourse.exercises.known_mistakes import known


def power_chain(x: float) -> tuple[float, float]:
    """Value and derivative of y = (3x² − 1)³."""
    u = 3 * x**2 - 1
    y = u**3
    dy_dx = 3 * u**2 * (6 * x)
    return y, dy_dx


MISTAKES = known(
    power_chain,
    """
    inner-forgotten
        The derivative of the inner function is missing: multiply 3u² by du/dx = 6x.
        - 3 * u**2 * (6 * x)
        + 3 * u**2
    outer-forgotten
        This is only the derivative of the inner function, 6x: multiply it by that of the cube, 3u².
        - 3 * u**2 * (6 * x)
        + 6 * x
    sum-for-product
        The two derivatives are added. Along a chain they are multiplied: dy/dx = dy/du · du/dx.
        - 3 * u**2 * (6 * x)
        + 3 * u**2 + 6 * x
    at-the-derivative
        The cube's derivative is taken at du/dx. Take it at u = 3x² − 1 and multiply by du/dx after that.
        - 3 * u**2 * (6 * x)
        + 3 * (6 * x) ** 2
    at-x
        The cube's derivative is taken at x. Take it at u = 3x² − 1: dy/du = 3u².
        - 3 * u**2 * (6 * x)
        + 3 * x**2 * (6 * x)
    exponent-not-lowered
        The exponent of the cube stays 3. The derivative of u³ is 3u².
        - 3 * u**2
        + 3 * u**3
    factor-three-forgotten
        The factor 3 of the cube's derivative is missing: the derivative of u³ is 3u².
        - 3 * u**2
        + u**2
    inner-factor-two
        The derivative of 3x² is 6x: the exponent 2 becomes a factor.
        - 6 * x
        + 3 * x
    constant-kept
        The derivative of the constant −1 is 0, so du/dx is 6x, not 6x − 1.
        - 6 * x
        + (6 * x - 1)
    inner-exponent-kept
        The derivative of 3x² is 6x, not 6x².
        - 6 * x
        + 6 * x**2
    sign-of-constant
        u is 3x² − 1, with a minus.
        - 3 * x**2 - 1
        + 3 * x**2 + 1
    order-of-return
        The two values are returned the other way round: return y, dy_dx.
        - return y, dy_dx
        + return dy_dx, y
    cube-forgotten
        y is only the inner function u = 3x² − 1: raise it to the third power.
        - u**3
        + u
    """,
)


EXERCISE = Exercise(
    id="power-chain",
    lesson="01-chain-rule",
    points=1,
    title="A chain of powers",
    parts=(
        Part(
            function="power_chain",
            inputs=lambda rng: {"x": draw_number(rng)},
            edges=lambda: [{"x": 0.0}],
            reference=power_chain,
            returns=("y", "dy_dx"),
            formulas={
                "y": "y = u**3, with u = 3 * x**2 - 1",
                "dy_dx": "dy_dx = 3 * u**2 * 6 * x, with u = 3 * x**2 - 1",
            },
            section="One thing after another",
            mistakes=MISTAKES,
        ),
    ),
)
