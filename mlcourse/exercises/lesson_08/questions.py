"""Questions of lesson 08, in the order of the text."""

from mlcourse.exercises.question import Question

QUESTIONS = (
    Question(
        "local-derivatives-of-a-sum",
        "1 and 1",
        "u is a sum: it grows as much as either of its parents does.",
        ("−3 and 2", "1 and 1", "−6 and 2"),
        notes={
            "−3 and 2": "Those are the local derivatives of v. Local means: along its own parents only.",
            "−6 and 2": "Those are the values of the parents.",
        },
    ),
    Question(
        "share-of-a-square",
        10,
        "Each share is 5 · 1. Added, they make 10, the slope of a² at 5. With `=`, the second share "
        "overwrites the first, and 5 remains.",
        notes={5: "That is one share. Both parents are a.", 25: "That is the value of a²."},
        label="grad after both",
    ),
    Question(
        "who-goes-first",
        "s",
        "p is used by s as well as by y, so p may pass on its slope only when s has handed over its share.",
        ("p", "s", "it makes no difference"),
    ),
    Question(
        "parents-of-the-last",
        "parents [2, 1], local derivatives [4, 6]",
        "s is node 2, p is node 1. The slope of s · p along s is p = 4, along p it is s = 6.",
        ("parents [2, 1], local derivatives [4, 6]", "parents [2, 1], local derivatives [6, 4]"),
        notes={"parents [2, 1], local derivatives [6, 4]": "Each factor gets the other one's value."},
    ),
    Question(
        "slopes-of-a-shut-unit",
        4,
        "Its two weights and its bias lie behind the shut gate; its outgoing weight is multiplied by its "
        "activation, which is 0.",
        notes={3: "And the weight that leads on from it: what does it multiply?"},
        label="How many",
    ),
    Question(
        "no-reset",
        "falls, and comes up again",
        "The sum goes on pushing when the lowest point is passed, as momentum does, but it never forgets. "
        "(So it goes from this start. Of 20 starts seven end near 0, eight get stuck at a loss of 1 on the "
        "way down, and five come up again to 1 or 2.)",
        ("does not fall at all", "falls and stays down", "falls, and comes up again"),
    ),
    Question(
        "sure-and-wrong",
        "about 0.01",
        "2(p − y)(1 − p²) is about 2 · (−2) · 0.002 = −0.008. The slope is steepest at p = −1/3. From "
        "there on, the surer the wrong output is, the less it is corrected.",
        ("about 4", "about 1", "about 0.01"),
        notes={"about 4": "That is the slope along p. One link of the chain is missing."},
    ),
    Question(
        "nodes-of-a-small-loss",
        "a hundred",
        "Each weight makes two nodes for each of the four examples: a product and a sum.",
        ("ten", "a hundred", "a thousand"),
    ),
    Question(
        "backward-twice",
        88,
        "PyTorch adds to what is there: 44 and 44.",
        notes={44: "That would need a reset in between."},
        label="x.grad",
    ),
)
