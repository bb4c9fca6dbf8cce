"""A value that is used twice."""

from mlcourse.exercises.base import Exercise, Part
from mlcourse.exercises.drawing import draw_number
from mlcourse.exercises.known_mistakes import known


def shared_node(a: float, b: float) -> tuple[float, float, float]:
    """Value and derivatives of f = (a + b)(b + 1)."""
    left, right = a + b, b + 1
    f = left * right
    df_da = right
    df_db = right + left
    return f, df_da, df_db


MISTAKES = known(
    shared_node,
    """
    overwritten
        df_db holds only a + b, the contribution of the factor b + 1. b is in both factors: add the two
        contributions, with += where they come one after the other.
        - right + left
        + left
    second-path-left-out
        df_db holds only b + 1, the contribution of the factor a + b. b is in b + 1 as well: add that one's,
        which is a + b.
        - right + left
        + right
    paths-multiplied
        In df_db the contributions of the two paths are multiplied. Add them.
        - right + left
        + right * left
    paths-subtracted
        In df_db the contributions of the two paths are subtracted. Add them.
        - right + left
        + right - left
    a-twice
        df_da has two contributions, but a is only in the factor a + b: df_da = b + 1.
        - df_da = right
        + df_da = right + left
    exchanged
        df_da and df_db are exchanged: return f, df_da, df_db.
        - return f, df_da, df_db
        + return f, df_db, df_da
    own-factor
        df_da is the factor that holds a itself. A product gives each factor the value of the other one: df_da
        = b + 1.
        - df_da = right
        + df_da = left
    local-derivatives-only
        The local derivatives are counted (1 for a, 2 for b). Multiply each by the other factor, then add.
        - df_da = right
        + df_da = 1.0
        - right + left
        + 2.0
    f-added
        f is a product, but here its factors are added.
        - left * right
        + left + right
    """,
)


EXERCISE = Exercise(
    id="shared-node",
    lesson="01-chain-rule",
    points=2,
    title="A shared node",
    parts=(
        Part(
            function="shared_node",
            inputs=lambda rng: {"a": draw_number(rng), "b": draw_number(rng)},
            reference=shared_node,
            returns=("f", "df_da", "df_db"),
            formulas={
                "f": "f = (a + b) * (b + 1)",
                "df_da": "df_da = b + 1",
                "df_db": "df_db = (b + 1) + (a + b), one term for each path",
            },
            section="A value that is used twice",
            mistakes=MISTAKES,
        ),
    ),
)
