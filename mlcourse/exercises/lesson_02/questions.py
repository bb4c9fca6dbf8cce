"""Questions of lesson 02, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "count-parameters",
        17,
        "A hidden unit has two weights from the inputs, a bias, and one weight to the output: four more.",
        notes={
            16: "The new unit has a bias too.",
            15: "A weight leads from each of the two inputs to it, and one from it to the output.",
            14: "It brings its weights as well: two that come in and one that goes out.",
        },
    ),
    Question(
        "first-hidden-unit",
        "−0.4 and 0",
        "0.5 · 1 − 0.5 · 2 + 0.1 = −0.4, and ReLU turns what is negative into 0.",
        ("−0.4 and −0.4", "−0.4 and 0", "−0.5 and 0", "0.6 and 0.6"),
        notes={
            "−0.5 and 0": "The bias is still to be added.",
            "−0.4 and −0.4": "ReLU keeps only what is positive.",
        },
    ),
    Question(
        "shape-of-a-batch",
        "(3, 4), and W1 times the first example",
        "The inner sizes meet, 2 and 2; the outer ones stay. A product treats each column on its own.",
        (
            "(3, 4), and W1 times the first example",
            "(2, 2), and the first row of W1",
            "(4, 3), and all first inputs",
        ),
    ),
    Question(
        "ten-times-less-sure",
        "2.30 more",
        "The logarithm turns a factor of ten into a sum: −log 0.01 = −log 0.1 − log 0.1.",
        ("ten times as large", "2.30 more"),
    ),
    Question(
        "weight-up-loss",
        "down",
        "The weight multiplies 1.8, so a larger one raises the prediction, and the label is 1.",
        ("up", "down"),
    ),
    Question(
        "slope-at-the-output",
        "a2 − y",
        "It is 0.3775 − 1. The factor a2 (1 − a2) of the sigmoid cancels the denominator of step 1.",
        ("a2 − y", "y − a2", "a2 (1 − a2)"),
        notes={
            "y − a2": "The prediction is too low, so the loss falls as z2 rises: the slope is negative.",
            "a2 (1 − a2)": "That is the slope of the sigmoid alone.",
        },
    ),
    Question(
        "larger-slope-when-wrong",
        "cross-entropy, about 200 times",
        "Cross-entropy has the slope a = 0.9975. Squared error has 2a, times the slope of the sigmoid, "
        "which is 0.0025 here.",
        ("squared error, twice", "they are about equal", "cross-entropy, about 200 times"),
    ),
    Question(
        "first-entry-of-dW2",
        0,
        "It is dz2 times the first activation, and that unit is off.",
        notes={-0.6225: "That is dz2. The weight multiplies the first activation, so it is a factor."},
    ),
    Question(
        "weights-that-leave-a-unit",
        "in a column",
        "Row k holds what comes into output k, column j what leaves hidden unit j.",
        ("in a row", "in a column"),
    ),
    Question(
        "slopes-through-relu",
        "(0, 0.3112, −0.6225)",
        "The gate is shut where z1 is negative, and open elsewhere, whatever the slope is.",
        ("(0, 0.3112, 0)", "(0, 0.3112, −0.6225)", "(−0.498, 0.3112, −0.6225)"),
        notes={
            "(0, 0.3112, 0)": "ReLU looks at z1, not at the slope that comes back.",
            "(−0.498, 0.3112, −0.6225)": "The first unit is off: z1 is negative there.",
        },
    ),
    Question(
        "row-of-zeros",
        "the first",
        "Row j belongs to hidden unit j, and the first is off.",
        ("the first", "the second", "the third"),
    ),
    Question(
        "every-example-twice",
        "the sum doubles, the mean stays",
        "With the sum, twice the data would mean steps twice as long, and the learning rate would have to "
        "be chosen anew for each size of batch.",
        ("both double", "the sum doubles, the mean stays", "the sum stays, the mean halves"),
    ),
    Question(
        "without-keepdims",
        "(3, 3)",
        "NumPy adds a 1 in front of (3,) and stretches both: three biases have become nine.",
        ("(3, 1)", "(3,)", "(3, 3)"),
    ),
    Question(
        "runs-for-nudging",
        482,
        "10 · 20 + 20 + 20 + 1 = 241 parameters, two runs for each. Backpropagation needs one forward and "
        "one backward, whatever their number is.",
        label="Runs for finite differences",
        notes={
            241: "Each parameter is nudged up and down.",
            242: "That nudges to one side only; here each goes up and down.",
            440: "The biases are parameters too.",
        },
    ),
)
