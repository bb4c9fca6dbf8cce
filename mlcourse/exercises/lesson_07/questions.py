"""Questions of lesson 07, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "one-over-m-in-dZ",
        0.01,
        "0.5 / 50. dW is the same as before: the division has moved from the end of the sum to its "
        "beginning.",
        notes={25: "The mean divides by m."},
        label="The new dZ",
    ),
    Question(
        "shifted-scores",
        "they stay, but np.exp(1002) overflows",
        "The factor e¹⁰⁰⁰ cancels in the formula. The computer does not get that far: its largest number "
        "is about 1.8 · 10³⁰⁸.",
        ("they grow", "they stay, and nothing else happens", "they stay, but np.exp(1002) overflows"),
    ),
    Question(
        "slopes-of-the-scores",
        "(−0.335, 0.245, 0.090), sum 0",
        "p − y with p = (0.665, 0.245, 0.090). What one score should gain, the others should lose.",
        ("(0.665, 0.245, 0.090), sum 1", "(−0.335, 0.245, 0.090), sum 0", "(0.335, −0.245, −0.090), sum 0"),
        notes={
            "(0.665, 0.245, 0.090), sum 1": "That is p. The label is still to be taken off.",
            "(0.335, −0.245, −0.090), sum 0": "A slope is prediction minus label; the step goes against it.",
        },
    ),
    Question(
        "untrained-digits",
        "about 10 %",
        "Its answers have nothing to do with the digit, and there are ten of them.",
        ("about 1 %", "about 10 %", "about 50 %"),
    ),
    Question(
        "nearest-neighbour-digits",
        "about 95 %",
        "Digits of one kind are alike, and with 3,500 to compare with, one of them is mostly close.",
        ("about 50 %", "about 75 %", "about 95 %"),
    ),
    Question(
        "loss-up-and-right-answers",
        "not fallen",
        "The digits that are wrong are wrong with more and more confidence, and that raises the mean loss.",
        ("fallen much", "fallen a little", "not fallen"),
    ),
    Question(
        "rare-ink",
        "no",
        "Adam divides the slope of each weight by its own usual size, so weights with rare ink move much "
        "farther than their share of the ink: in ring 1 about three quarters as far.",
        ("yes", "no"),
        notes={"yes": "With gradient descent the difference would be larger. Which optimiser was it?"},
    ),
    Question(
        "loss-of-equal-scores",
        2.3026,
        "Each digit gets the probability 1/10, and −log(1/10) = log 10.",
        notes={
            0.1: "That is the probability. The loss is minus its logarithm.",
            1: "That is log₁₀; ours is natural.",
        },
        within=0.005,
    ),
    Question(
        "corner-pixel",
        0,
        "The slope of a weight has the input as a factor, and this input is always 0.",
    ),
)
