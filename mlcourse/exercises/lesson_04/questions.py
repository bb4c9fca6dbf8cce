"""Questions of lesson 04, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "ten-times-smaller-nudge",
        "10 and 100",
        "The error of the forward difference goes with ε, that of the central one with ε².",
        ("10 and 10", "10 and 100", "100 and 100"),
    ),
    Question(
        "digits-of-a-difference",
        "most are lost",
        "The digits that agree cancel. Only those that differ are left, and the last of them are rounding "
        "error.",
        ("all are kept", "most are lost"),
    ),
    Question(
        "opposite-and-double",
        "1 and 1/3",
        "‖2a‖ / (2‖a‖) = 1, and ‖a‖ / (3‖a‖) = 1/3. A factor that should not be there shows as a value "
        "that is the same for every parameter.",
        ("2 and 1", "1 and 1/2", "1 and 1/3"),
        notes={"1 and 1/2": "The denominator holds both norms: 1 + 2 = 3."},
    ),
    Question(
        "zero-biases-in-the-check",
        "larger ones",
        "One of the examples lies exactly on the corner of every hidden unit.",
        ("values like before", "larger ones"),
    ),
    Question(
        "runs-for-8449",
        16898,
        "Two for each of the 8,449 parameters. A direction needs two in all.",
        notes={
            8449: "Each parameter is nudged up and down.",
            8450: "That nudges to one side only; here each goes up and down.",
        },
        label="Evaluations",
    ),
    Question(
        "bug-behind-29-31",
        "no mean over the batch",
        "Each gradient g comes out as m g, and the relative difference of m g and g is (m − 1)/(m + 1), "
        "whatever g is. A mean taken twice, g/m, gives the same number; it is not among the answers, and "
        "the norm of the gradient tells the two apart.",
        ("a wrong sign", "a factor 2", "no mean over the batch"),
        notes={"a wrong sign": "Then it would be 1.", "a factor 2": "Then it would be 1/3."},
    ),
    Question(
        "passes-and-learns-a-line",
        "forward",
        "A gradient check compares your gradient with your own loss. If the forward pass computes the "
        "wrong thing, the gradient of the wrong thing passes.",
        ("forward", "backward"),
        notes={"backward": "The gradient agrees with the loss. So what is wrong with the loss?"},
    ),
)
