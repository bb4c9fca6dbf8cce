"""Questions of lesson 10, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "back-through-a-freed-graph",
        "an error",
        "What the pullbacks needed is gone: PyTorch frees it during the first way back, and says so.",
        ("the slopes double", "the slopes stay", "an error"),
        notes={
            "the slopes double": "They would, if the graph were computed anew. This one is used up.",
            "the slopes stay": "Nothing would be reset by itself.",
        },
        label="A second backward() gives",
    ),
    Question(
        "parameters-in-a-list",
        0,
        "nn.Module looks at its attributes. In a list of Python's it does not look.",
        notes={4: "Two weights and two biases are there. The question is how many of them PyTorch finds."},
        label="Parameters found",
    ),
    Question(
        "default-against-he",
        "about 2.4 times",
        "The spreads are sqrt(1/3) and sqrt(2) over the root of n_in: their ratio is the root of 6.",
        ("they are equal", "about 2.4 times", "about 6 times"),
        notes={"about 6 times": "That is the ratio of the squares."},
        label="He's spread is",
    ),
    Question(
        "loss-of-a-certain-answer",
        "0.55",
        "cross_entropy takes 1, 0, 0 for scores. Their softmax gives the right class 0.576, and -log of that "
        "is 0.5514.",
        ("0", "0.55", "1.10"),
        notes={
            "0": "That is the loss of the answer. The program takes the softmax once more.",
            "1.10": "That is log 3, the loss of not knowing.",
        },
        label="The loss is",
    ),
    Question(
        "digits-in-common",
        "two to seven",
        "float32 has about 7 digits, and often six or seven are still the same at the end. Where rounding "
        "has opened or shut a gate of ReLU, fewer are: in eight runs with other weights and batches we had "
        "two to seven.",
        ("all sixteen", "two to seven", "none"),
        label="Digits in common",
    ),
    Question(
        "last-batch-of-digits",
        12,
        "109 batches of 32 are 3,488 digits. 12 are left, and a DataLoader gives them out too.",
        notes={32: "3,500 is not a multiple of 32.", 109: "That many batches are full."},
        label="Digits in the last batch",
    ),
    Question(
        "check-of-a-wrong-rule",
        "an error with both slopes",
        "Its message shows the slope by differences and that of backward.",
        ("False", "an error with both slopes", "nothing"),
        label="gradcheck gives",
    ),
    Question(
        "answers-with-dropout",
        "no",
        "Dropout draws at each call which units to leave out, until model.eval() is called.",
        ("yes", "no"),
        label="The same answers",
    ),
)
