"""Questions of lesson 09, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "nodes-of-a-layer",
        68,
        "24 products, 24 sums and 20 inputs: each of the 8 results has 3 products, 2 sums between them, and "
        "one more for the bias.",
        notes={
            48: "And the numbers that it starts from: 6 weights, 12 inputs, 2 biases.",
            5: "That is the count with arrays. Here every number is a node of its own.",
        },
        label="How many nodes",
    ),
    Question(
        "slope-of-a-bias",
        26,
        "5 + 6 + 7 + 8: the second entry of b is used once in each of the four columns.",
        notes={
            10: "That is the first entry of db.",
            6.5: "That is the mean. Where paths meet, slopes are added.",
            20: "That is the entry of b itself.",
        },
        label="Second entry of db",
    ),
    Question(
        "which-product-fits",
        "dC Bᵀ",
        "(2, 4) times (4, 3) is (2, 3), the shape of A. The others do not even have shapes that fit.",
        ("Bᵀ dC", "dC B", "dC Bᵀ"),
        notes={
            "Bᵀ dC": "(4, 3) times (2, 4): the inner sizes 3 and 2 differ.",
            "dC B": "(2, 4) times (3, 4): the inner sizes 4 and 3 differ.",
        },
    ),
    Question(
        "back-through-a-sum",
        "(100, 100, 100) and (200, 200, 200)",
        "Each entry is part of one sum, with local derivative 1. So it gets the slope of that sum, whole.",
        (
            "(100, 100, 100) and (200, 200, 200)",
            "(33.3, 33.3, 33.3) and (66.7, 66.7, 66.7)",
            "(100, 200, 300) and (800, 1000, 1200)",
        ),
        notes={
            "(33.3, 33.3, 33.3) and (66.7, 66.7, 66.7)": "That would be a mean.",
            "(100, 200, 300) and (800, 1000, 1200)": "That is slope times entry. The local derivative is 1.",
        },
    ),
    Question(
        "column-of-log-softmax",
        0,
        "All probabilities are multiplied by the same sum of dl, and they add up to 1: what the first term "
        "brings, the second takes away. A shift of all scores changes nothing.",
        notes={1: "That is the sum of the probabilities."},
        label="Sum of dz",
    ),
    Question(
        "nodes-of-a-batch",
        "about 20",
        "12 operations and 9 inputs, whatever the number of examples.",
        ("about 20", "about 2,000", "11 million"),
        notes={"11 million": "That is the count with a node for every number."},
    ),
    Question(
        "double-batch",
        "the arrays between",
        "The parameters have no axis of examples. Every array between them and the loss has one, until the "
        "sum.",
        ("the parameters", "the arrays between", "both"),
    ),
    Question(
        "same-losses",
        "all of them",
        "The same operations on the same numbers in the same order of batches. Only rounding could differ.",
        ("none", "the first few", "all of them"),
    ),
)
