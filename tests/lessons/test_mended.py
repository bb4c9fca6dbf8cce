"""What readers once stumbled over, where no number of the text holds it, stays mended."""

import re
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from mlcourse import datasets, exercises, nn
from mlcourse.authoring import Course
from mlcourse.authoring.source import read
from mlcourse.explorers import LearningRate, OptimizerRace, TrainingPlayer, two_layer_steps
from mlcourse.explorers.graph_examples import EXAMPLES
from mlcourse.explorers.graph_steps import Tape
from mlcourse.explorers.learning_rate import NETWORK, _frame
from mlcourse.feedback import check
from mlcourse.plots import decision_boundary

SOURCES = {
    lesson.name: lesson.source.read_text(encoding="utf-8")
    for lesson in Course.find().lessons()
    if lesson.instructor
}


def cell_with(lesson, words):
    """The program of the first cell of a lesson that has these words."""
    found = next(each for each in Course.find().lessons() if each.name == lesson)
    return next(
        cell.source for cell in read(found).cells if cell.cell_type == "code" and words in cell.source
    )


def told(capsys, id, *answers):
    """Points, and what the card says of an answer."""
    points = float(check(id, *answers))
    return points, capsys.readouterr().out


def test_a_class_has_one_colour_and_one_marker_in_every_picture():
    axes = decision_boundary(lambda points: points[:1], *datasets.xor())
    handles, names = axes.get_legend_handles_labels()
    drawn = {n: to_hex(h.get_facecolor()[0]) for n, h in zip(names, handles, strict=True) if "class" in n}
    plt.close(axes.figure)
    player = TrainingPlayer()
    lines = [line for ax in player.figure.axes for line in ax.lines if "class" in str(line.get_label())]
    assert {line.get_label(): to_hex(line.get_color()) for line in lines} == drawn
    assert [line.get_marker() for line in lines] == ["o", "s"]


@pytest.mark.parametrize("rate", [0.1, 0.9, 2.0, 3.0])
def test_a_path_on_the_slice_of_a_network_stays_inside_the_picture(rate):
    state = LearningRate().compute(rate, 50, NETWORK)
    low, high = np.array(state.surface.frames[_frame(state)]).T
    assert ((state.path >= low) & (state.path <= high)).all()


def test_lesson_03_trains_with_the_learners_own_functions_and_lesson_04_checks_them():
    called = []

    def own(name):
        def function(*arguments):
            called.append(name)
            return exercises.get(name.replace("_", "-")).parts[0].reference(*arguments)

        return function

    names = ("forward_propagation", "binary_cross_entropy", "backward_propagation")
    source = cell_with("03-training", "def loss_and_gradients")
    X, Y = datasets.xor()
    parameters = dict(
        zip(
            ["W1", "b1", "W2", "b2"],
            nn.Network.dense([2, 4, 1], rng=np.random.default_rng(0)).parameters(),
            strict=True,
        )
    )
    found = []
    for work in ({name: own(name) for name in names}, {names[0]: own(names[0])}):
        names_of_cell = {"earlier_work": lambda lesson, work=work: work, "nn": nn, "np": np}
        exec(source, names_of_cell)
        found.append(names_of_cell["loss_and_gradients"](X, Y, parameters))
    assert called == list(names)  # all three, or none
    assert found[0][0] == pytest.approx(found[1][0])
    assert 'earlier_work("02-two-layer-network")' in cell_with("04-gradient-checking", "your_loss")


def test_no_step_of_the_two_layer_network_reads_as_a_false_equation():
    for step in two_layer_steps.steps():
        assert "since y = 1 =" not in " ".join((step.sentence, *step.lines))


def test_a_slope_that_stands_alone_is_not_half_of_a_fraction(says):
    says("01-chain-rule", "So do not divide this $dx$ by $dt = 36$")
    says("01-chain-rule", "In the picture below, and in code, $dx = 4$ stands alone")
    tape = Tape(EXAMPLES["two-paths"].nodes(t=2.0))
    slopes = dict(zip([box.name for box in tape.boxes], tape.gradients, strict=True))
    assert (slopes["x"], slopes["t"]) == (4, 36)


def test_what_an_explorer_speaks_of_stands_above_it():
    text = SOURCES["04-gradient-checking"]
    assert "(If you have not met it: you need only the next two formulas" in text
    explorer = text.index("GradientCheckCurve()\n```")
    for defined in ("*Taylor's series*", "### Exercise: relative difference", "### Exercise: kinks"):
        assert text.index(defined) < explorer


def test_history_and_promises_are_no_larger_than_they_are(says):
    says("01-chain-rule", "Paul Werbos worked with it from his thesis of 1974 on, and published its use for")
    says("03-training", "of outputs: Lesson 2's $n_0$, $n_1$, $n_2$ |")
    says("07-numpy-network", "dropout you meet in Lesson 10, in the clinic")
    assert "dropout" in SOURCES["10-pytorch"]
    start = (Course.find().root / "solutions" / "start.md").read_text(encoding="utf-8")
    assert "Here and there stands a question." in start and "Before most cells" not in start


def test_the_glossary_says_what_the_lessons_do():
    start = (Course.find().root / "solutions" / "start.md").read_text(encoding="utf-8")
    assert "$\\varepsilon$" in start and not any("\\epsilon" in text for text in SOURCES.values())
    assert "The loss $J$ is the mean over the examples of a batch" in start
    assert "| $\\mathcal{L}$ | | a number | loss of one example |" in start
    assert (
        "The package's networks (in lessons 3 and 4 too, and from lesson 7 on those that you build)" in start
    )
    logits, labels = np.array([[0.3, -1.0, 2.0]]), np.array([[1.0, 0.0, 0.0]])
    _, dZ = nn.binary_cross_entropy_from_logits(logits, labels)
    np.testing.assert_allclose(dZ, (nn.sigmoid(logits) - labels) / 3)
    for lesson in ("03-training", "04-gradient-checking", "07-numpy-network"):
        assert re.search(r"_, dZ|loss, dZ", SOURCES[lesson])
    assert "dZ2 = A2 - Y\n" in SOURCES["04-gradient-checking"]  # the learner's own has no 1/m


def test_training_and_validation_loss_are_measured_with_the_same_weights(says):
    says("07-numpy-network", "After each epoch we compute three numbers *with the same weights*")
    train, validation, _ = (datasets.digits().split(part) for part in ("train", "validation", "test"))
    names = {"np": np, "nn": nn, "plt": None, "learning_curve": None, "validation": validation}
    exec(cell_with("07-numpy-network", "def share_right").split("\n\n\nprint")[0], names)
    exec(cell_with("07-numpy-network", "def mean_loss").split("\n\n\nfirst")[0], names)
    network, few = names["new_network"](0), (train.images[:, :200], train.one_hot[:, :200])
    record = names["fit"](network, *few, epochs=2, rate=0.003, seed=0)
    mean_loss = names["mean_loss"]
    assert record[0, -1] == pytest.approx(mean_loss(network, *few))
    assert record[1, -1] == pytest.approx(mean_loss(network, validation.images, validation.one_hot))


def test_parents_that_are_values_are_not_called_labels(capsys):
    describe = exercises.get("labelled-graph").parts[0].reference

    def labelled_graph(output):
        order = []

        def visit(node):
            if node not in order:
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(output)
        return [d | {"parents": list(n.parents)} for n, d in zip(order, describe(output), strict=True)]

    points, words = told(capsys, "labelled-graph", labelled_graph)
    assert points == 0 and "are no numbers. Give their places in the list" in words
    assert "labels" not in words


def test_the_races_axes_are_weights_and_not_the_averages_u_and_v():
    plane = OptimizerRace().figure.axes[0]
    assert (plane.get_xlabel(), plane.get_ylabel()) == ("weight $w_1$ (flat)", "weight $w_2$ (steep)")


def test_cards_of_lessons_07_and_08_speak_the_lessons_own_language(capsys):
    for id in ("dense-layer", "softmax-cross-entropy", "network", "value-operations", "topological-backward"):
        words = [m.sentence for part in exercises.get(id).parts for m in part.mistakes]
        assert not any(re.search(r"\bn_x\b|\bn_h\b|out\.grad|\bA\b(?=.*probabilit)", w) for w in words)

    class Dense(nn.Dense):
        def __init__(self, n_in, n_out, rng):
            super().__init__(n_in, n_out, np.random.default_rng(0))

    points, words = told(capsys, "dense-layer", Dense)
    assert points < 3 and "rng" in words


@pytest.mark.parametrize(
    "lesson, sentence",
    [
        (
            "06-optimization",
            "The network is a smaller one: [2, 8, 1] on 512 points of two moons",
        ),
        (
            "07-numpy-network",
            "(The explorer trains one of its own, of the same shape, on the digits without shifts.)",
        ),
        (
            "08-autograd-and-pytorch",
            "PyTorch throws the graph's stored numbers away during `backward()`, to free memory",
        ),
        (
            "08-autograd-and-pytorch",
            "under `torch.no_grad()`: inside it PyTorch computes without building a graph",
        ),
        ("08-autograd-and-pytorch", "Its own initial weights are neither He's nor ours"),
        ("08-autograd-and-pytorch", "never sets the gradients to 0 (it is one call there, zero_grad)."),
        (
            "03-training",
            '"dead unit", for a run that ends where the hidden unit is shut for some of the examples',
        ),
        (
            "04-gradient-checking",
            "It helps if your notebook of Lesson 2 is solved and saved: the last cell checks",
        ),
        ("04-gradient-checking", "would the full check need, with central differences?"),
        ("04-gradient-checking", "| takes | `Y`, labels | `(1, m)` |"),
        ("05-deep-networks", "nine ReLU layers of 100 units and an output of one unit, $s = 0.01$"),
        ("05-deep-networks", "Steps down cancel most of those up."),
        ("06-optimization", "so no line of code changes; it is only a little noisier"),
        ("06-optimization", "Of numbers that are all equal the mean is that number."),
        (
            "08-autograd-and-pytorch",
            "the rule for all *broadcasting*: sum over the axis along which a value was repeated",
        ),
    ],
)
def test_what_was_left_unsaid_is_said(says, lesson, sentence):
    says(lesson, sentence)


@pytest.mark.parametrize("lesson", SOURCES)
def test_every_list_of_things_to_try_has_answers_to_open(lesson):
    text = SOURCES[lesson]
    places = [
        m.start()
        for m in re.finditer(r"^(\*\*Try\*\*|Try this\b.*:|Go through it twice:)$", text, flags=re.M)
    ]
    for place, following in pairwise([*places, len(text)]):
        part = re.split(r"^#", text[place:following], flags=re.M)[0]
        before = part.split("<details>")[0]
        asked = re.findall(r"^\d\. ", before, flags=re.M) or re.findall(r"\?", before)  # or a single one
        assert "<details><summary>Reveal</summary>" in part
        assert len(asked) > 0
