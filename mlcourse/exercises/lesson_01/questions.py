"""Questions of lesson 01, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "first-step",
        2,
        "1 − 0.1 · (−10) = 2. The slope is negative, so the loss falls as the weight rises.",
        notes={0: "Subtracting 0.1 times −10 adds 1."},
    ),
    Question(
        "slope-of-a-square",
        -4,
        "s = −1, so y has the slope 2s = −2 along s, and s has the slope 2 along x: −2 · 2 = −4.",
        notes={
            4: "s is −1 there, not 1.",
            -2: "That is the slope along s. One step further back, x is multiplied by 2.",
            26: "The factor 2s belongs to the value of s at this x, not to the 13 of before.",
            52: "The factor 2s belongs to the value of s at this x, not to the 13 of before.",
        },
    ),
    Question(
        "slopes-of-a-product",
        "da = −8, db = 6",
        "Each factor gets the other one's value, times the upstream gradient: 2 · (−4) and 2 · 3.",
        ("da = −8, db = 6", "da = 6, db = −8", "da = −4, db = 3"),
        notes={
            "da = 6, db = −8": "If a goes up by 1, the product changes by b, not by a.",
            "da = −4, db = 3": "These are the local derivatives. The upstream gradient is still to come.",
        },
    ),
    Question(
        "slope-over-two-paths",
        9,
        "Through x it is y · 3 = 3, through y it is x · 2t = 6, and the two add.",
        notes={
            3: "That is the path through x alone.",
            6: "That is the path through y alone.",
            18: "Along a path the slopes multiply; the two paths add.",
            36: "That is the slope at t = 2. The values of x and y are others here.",
        },
        label="Slope of z",
    ),
    Question(
        "second-contribution",
        "3, but it should be 6",
        "The slope of x² at 3 is 6. The second contribution must be added: `dx += 3`. To write `=` in the "
        "place of `+=` is an easy mistake, and it shows only where a value is used more than once.",
        ("3, and it should be 3", "3, but it should be 6", "6, as it should be"),
        notes={
            "3, and it should be 3": "x² has the slope 2x, and x is 3.",
            "6, as it should be": "`dx = 3` forgets what was there before.",
        },
    ),
    Question(
        "paths-through-forks",
        8,
        "Every fork doubles the number of paths: 2 · 2 · 2 = 8 to v₃, and 2²⁰, about a million, to v₂₀. "
        "The backward pass adds once at each fork: 20 additions.",
        notes={
            6: "Each path to v₂ goes on in two ways, so the numbers multiply.",
            3: "Count both arrows of a fork.",
        },
        label="Paths to v₃",
    ),
    Question(
        "slope-of-the-sigmoid",
        0.16,
        "0.8 · (1 − 0.8) = 0.16.",
        notes={
            0.2: "That is 1 − 0.8; the slope is its product with 0.8.",
            0.235: "That is the slope where the sigmoid is 0.6225.",
        },
        within=0.0006,
    ),
    Question(
        "twice-the-upstream-gradient",
        "they double",
        "dy is a factor of every path that leads through the neuron's output.",
        ("they stay as they are", "they double", "they become four times as large"),
    ),
)
