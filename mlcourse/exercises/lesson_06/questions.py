"""Questions of lesson 06, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "steps-of-an-epoch",
        16,
        "15 batches of 64 make 960, and a last one has the remaining 40. The gradient is again "
        "the mean over the batch, so no line of code changes; it is only a little noisier.",
        notes={
            15: "40 examples are left over, and they are a batch too.",
            15.625: "A batch may be short, not split.",
        },
        label="Steps",
    ),
    Question(
        "digits-in-order",
        "nearly always nine",
        "The last steps have seen nothing but nines.",
        ("the right digit, mostly", "any digit, by chance", "nearly always nine"),
    ),
    Question(
        "ten-times-the-batch",
        "3",
        "The squares of independent errors add, so the mean of B of them is off by 1/√B: √10 is about 3.",
        ("10", "3", "not at all"),
        notes={"10": "That would be so if errors added up without cancelling."},
    ),
    Question(
        "largest-rate-of-the-ravine",
        0.02,
        "1 − 100α must not go below −1, so α is at most 2/100. Above 0.01 w2 changes its sign at each step.",
        notes={0.01: "There w2 becomes 0 in one step. Beyond, it changes its sign, and still shrinks."},
    ),
    Question(
        "alternating-slopes",
        "near 0, and near 1",
        "What alternates cancels in the mean. Of numbers that are all equal the mean is that number.",
        ("near 0, and near 1", "both near 1", "near 0.1, and near 10"),
        notes={
            "near 0.1, and near 10": "10 would be the other rule, in which dW is not multiplied by 1 − β."
        },
    ),
    Question(
        "the-papers-rule",
        "a tenth as long",
        "The other rule ends near 10 dW where ours ends near dW. Before you copy a learning rate, find out "
        "which rule it belongs to.",
        ("ten times as long", "the same", "a tenth as long"),
    ),
    Question(
        "less-momentum",
        "20",
        "Each step shrinks both by 0.837 in place of 0.949, as much as 3.4 steps did before: about 50/3.4 = "
        "15, and a few more for the start.",
        ("90", "50", "20"),
    ),
    Question(
        "first-step-of-rmsprop",
        "equally far",
        "Each slope is divided by its own size, so only its sign is left.",
        ("ten times as far across", "ten times as far along", "equally far"),
    ),
    Question(
        "first-step-of-adam",
        "both by the learning rate",
        "After the corrections the averages are dW and dW², and dW / √dW² has the size 1. Without them it "
        "would be 0.1 / √0.001, more than three times as far, for both.",
        ("the second a million times as far", "both by the learning rate", "both hardly at all"),
    ),
    Question(
        "turned-ravine",
        "gradient descent and momentum",
        "Both only add up gradients, and a turn turns all of these alike. RMSProp and Adam divide each "
        "weight by the size of its own slopes, so they depend on the axes.",
        ("all four", "gradient descent and momentum", "RMSProp and Adam"),
    ),
    Question(
        "adams-best-rate",
        "smaller",
        "Divided by their own size, even small slopes give steps of about the size of the rate.",
        ("larger", "smaller"),
    ),
    Question(
        "steps-of-3500",
        55,
        "54 batches of 64 make 3456, and the last one has 44.",
        notes={54: "44 examples are left over, and they are a batch too."},
        label="Steps",
    ),
    Question(
        "same-path-other-rule",
        0.2,
        "u is ten times v, so v needs ten times the rate.",
        notes={0.002: "The other way round: v is a tenth of u."},
    ),
)
