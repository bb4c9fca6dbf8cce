"""Questions of lesson 03, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "one-line-for-xor",
        3,
        "A line that cuts off one corner gets three right. Equal labels lie across from each other, so no "
        "line gets the fourth as well.",
        notes={
            2: "Cut off one corner: the line gets more right than that.",
            4: "Try it on paper: equal labels lie across from each other.",
        },
    ),
    Question(
        "equal-units",
        "not at all",
        "Units with equal weights and biases compute the same, get the same slopes and take the same step.",
        ("not at all", "a little", "they drift far apart"),
    ),
    Question(
        "sigmoid-for-the-answer",
        "no",
        "σ(0) = 0.5, and σ rises everywhere. So the answer is 1 exactly where z2 > 0.",
        ("yes", "no"),
    ),
    Question(
        "probability-when-stuck",
        "something in between",
        "It is 1/3. The network cannot tell this example from two others; one of the three has the label 1.",
        ("nearly 0", "something in between"),
        notes={"nearly 0": "That would cost it a lot of loss on an example of label 1."},
    ),
    Question(
        "floor-of-two",
        0.3466,
        "p = 1/2, so each of the two loses log 2 = 0.6931. The mean over four examples is half of that.",
        notes={
            0.6931: "That is the loss of each of the two. The mean goes over four examples.",
            0.1733: "That is the share of one of them. Two are shut out.",
        },
        within=0.0006,
    ),
    Question(
        "where-failures-end",
        "some in each",
        "The bars of the next cell count them.",
        ("all in one", "some in each"),
    ),
    Question(
        "random-biases",
        "more",
        "With zero biases the example (0, 0) lies on the corner of every ReLU, where no slope comes through.",
        ("fewer", "as many", "more"),
    ),
    Question(
        "best-of-four-rates",
        "1",
        "At 0.01 the loss still has far to go after 500 epochs, at 5 it jumps, and at 20 it ends higher than "
        "it began. From another start 5 may end below 1.",
        ("0.01", "1", "5", "20"),
        notes={
            "0.01": "A small rate is safe, but 500 epochs are soon over.",
            "20": "Steps as long as these leap over the valley.",
        },
    ),
    Question(
        "he-for-fifty-inputs",
        0.2,
        "√(2/50) = √0.04 = 0.2.",
        notes={0.04: "That is the variance. The standard deviation is its root."},
    ),
)
