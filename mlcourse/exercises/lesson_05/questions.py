"""Questions of lesson 05, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "largest-slope-left-of-zero",
        "sigmoid",
        "At −2 its slope is 0.105, that of tanh 0.0707, that of leaky ReLU 0.01, and that of ReLU 0.",
        ("sigmoid", "tanh", "ReLU", "leaky ReLU"),
        notes={
            "tanh": "tanh is steeper than the sigmoid at 0, but it is flat sooner.",
            "ReLU": "Left of 0 ReLU is flat: its slope there is 0.",
            "leaky ReLU": "Its slope is 0.01 everywhere on the left.",
        },
    ),
    Question(
        "what-another-activation-changes",
        "the fifth, through the activation",
        "The other five do not mention ReLU: the chain rule multiplies local slopes, and only the slope of "
        "the activation is another one.",
        ("the first two", "the fifth, through the activation", "all six"),
        notes={"the first two": "They are about the output, and it is a sigmoid as before."},
    ),
    Question(
        "shapes-of-three-layers",
        "(2, 3) and (1, 2)",
        "Rows are the units that a layer leads to, columns those it comes from: 3 units, then 2, then 1.",
        ("(3, 2) and (2, 1)", "(2, 3) and (1, 2)", "(2, 2) and (1, 3)"),
        notes={
            "(3, 2) and (2, 1)": "That is (from, to). A weight matrix is (to, from), or W @ A would not fit."
        },
    ),
    Question(
        "second-layer-slope",
        "(−0.1801, 0)",
        "da2 is W3ᵀ times dz3 = 0.5498 − 1 = −0.4502: (−0.1801, 0.4502). The second unit is shut, as its "
        "weighted sum is negative.",
        ("(−0.1801, 0)", "(−0.1801, 0.4502)", "(0, 0.4502)"),
        notes={
            "(−0.1801, 0.4502)": "That is da2, before ReLU's gate.",
            "(0, 0.4502)": "ReLU is shut where the weighted sum is negative, not where the slope is.",
        },
    ),
    Question(
        "cost-of-going-back",
        "as many as one or two forward passes",
        "As many for all dW as the forward pass takes, and once more for the dA, which layer 1 does not "
        "need.",
        ("as many as one or two forward passes", "as many as a forward pass for each weight"),
        notes={"as many as a forward pass for each weight": "That is what nudging each weight would cost."},
    ),
    Question(
        "hundred-tosses",
        "10",
        "The squares add, 100 times 1, and the root of 100 is 10. Steps down cancel most of those up.",
        ("100", "50", "10", "0"),
        notes={
            "0": "That is the mean of the position, not the typical distance from the start.",
            "100": "Only if all tosses fell the same way.",
        },
    ),
    Question(
        "ten-small-layers",
        "0.000000000003",
        "Every layer multiplies by about 0.01 · √(100/2) = 0.07, and 0.07 to the power of ten is about "
        "3e-12.",
        ("0.7", "0.007", "0.000000000003"),
    ),
    Question(
        "smallest-of-ten-gradients",
        "none in particular",
        "Each gradient has (l − 1) + (L − l) = L − 1 small factors, whichever layer it is: the "
        "first layer has a healthy input and a tiny error, the last a tiny input and a healthy error.",
        ("the first", "the last", "none in particular"),
        notes={"the first": "Its error is tiny, but its input is healthy. What of the last layer's input?"},
    ),
    Question(
        "falls-towards-layer-one",
        "sigmoid",
        "Its slope is at most 1/4, and it multiplies the error in every layer.",
        ("sigmoid", "tanh", "ReLU"),
    ),
    Question(
        "left-with-zero-weights",
        "the slope handed down unchanged",
        "The other term passes the weights, and they are 0. So with weights near 0 the error still reaches "
        "the layers below.",
        ("the slope handed down unchanged", "the slope through the weights", "none of them"),
    ),
    Question(
        "back-through-a-sigmoid-unit",
        0.09,
        "a(1 − a) = 0.9 · 0.1 = 0.09. Through tanh it is 1 − a² = 0.19.",
        notes={0.19: "That is for tanh, 1 − a².", 0.9: "That is the activation, not the slope."},
        label="Through the sigmoid",
    ),
)
