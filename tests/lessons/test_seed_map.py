"""Where each heading of the lesson that the course grew from is taught now; held to the built notebooks."""

from pathlib import Path

import nbformat
import pytest

from mlcourse.authoring import Course

COURSE = Course.find()
HEADINGS = Path(__file__).parent / "seed_headings.md"
"""The headings of that lesson, as they stand there."""

CHAIN, TWO, TRAINING, CHECKING, DEEP, OPTIMIZATION, LIBRARY, AUTOGRAD, TENSORS, PYTORCH = (
    "01-chain-rule",
    "02-two-layer-network",
    "03-training",
    "04-gradient-checking",
    "05-deep-networks",
    "06-optimization",
    "07-numpy-network",
    "08-autograd-and-pytorch",
    "09-tensors",
    "10-pytorch",
)

# Heading of the seed -> (lesson, heading there, words that stand in that section).
MAP = {
    "Introduction": [(CHAIN, "What training is", "Rumelhart")],
    "Learning Objectives": [(CHAIN, "Lesson 1: The chain rule", "After this lesson you can")],
    "The Training Loop": [(CHAIN, "What training is", "loop of four steps"), (TRAINING, "The loop", "epoch")],
    "What Are We Optimizing?": [(CHAIN, "What training is", "J(w)"), (TWO, "The loss", "J =")],
    "Single Variable Chain Rule": [(CHAIN, "One thing after another", "(2x + 3)^2")],
    "Multivariable Chain Rule": [(CHAIN, "Where paths meet", r"\frac{dz}{dt}")],
    "Computational Graphs": [(CHAIN, "Forward and backward through a graph", "computational graph")],
    "Network Setup": [(TWO, "The network and its shapes", "[2, 3, 1]"), (TWO, "The loss", "cross-entropy")],
    "Goal: Compute Gradients": [(TWO, "One slope by nudging", "13 numbers")],
    "Step 1: Output Layer Gradients": [
        (TWO, "Step 1: from the loss to the prediction", "da^{[2]}"),
        (TWO, "Step 2: through the sigmoid", "dz^{[2]}"),
        (TWO, "Step 3: the output layer's weights and bias", "dW^{[2]}"),
    ],
    "Step 2: Hidden Layer Gradients": [
        (TWO, "Step 4: back to the hidden activations", "da^{[1]}"),
        (TWO, "Step 5: through ReLU", "dz^{[1]}"),
        (TWO, "Step 6: the hidden layer's weights and biases", "dW^{[1]}"),
    ],
    "Summary: Backpropagation Equations": [(TWO, "Summary", "dW^{[2]} = dz^{[2]} (a^{[1]})^T")],
    "Vectorized Backpropagation (Multiple Examples)": [(TWO, "Backward, m examples", r"\frac{1}{m}")],
    "Implementing Backpropagation from Scratch": [
        (TWO, "Exercise: forward propagation", "forward_propagation"),
        (TWO, "Exercise: backward propagation", "backward_propagation"),
    ],
    "Gradient Descent: Updating Weights": [
        (TWO, "One step of gradient descent", r"\leftarrow"),
        (TWO, "When a step makes the loss rise", "promise"),
    ],
    "Training Loop: Putting It All Together": [
        (TRAINING, "Exercise: train a network", "train_network"),
        (TRAINING, "XOR, solved", "decision boundary"),
    ],
    "Numerical Gradient Approximation": [
        (CHECKING, "One side or both", "central difference"),
        (CHECKING, "Comparing two gradients", "relative difference"),
    ],
    "Forward Pass": [(DEEP, "Any number of layers", "A^{[l-1]}")],
    "Backward Pass": [(DEEP, "Any number of layers", "dZ^{[l-1]}")],
    "Activation Function Derivatives": [(DEEP, "Derivatives of activations", "leaky")],
    "1. Dimension Mismatches": [(CHECKING, "The clinic", "dimension mismatch")],
    "2. Wrong Transpose": [(CHECKING, "The clinic", "wrong transpose")],
    "3. Forgot Element-wise Multiplication": [
        (CHECKING, "The clinic", "matrix product instead of element-wise")
    ],
    "4. Didn't Average Over Batch": [(CHECKING, "The clinic", "no mean over the batch")],
    "5. Wrong Activation Derivative": [(CHECKING, "The clinic", "wrong activation derivative")],
    "Visualizing Backpropagation": [(DEEP, "Gradients over time", "norm")],
    "Mini-Batch Gradient Descent": [
        (OPTIMIZATION, "Mini-batches", "batch"),
        (OPTIMIZATION, "Steps, noise and time", ""),
    ],
    "Key Takeaways": [(TWO, "Summary", ""), (TRAINING, "Summary", ""), (CHECKING, "Summary", "")],
    "Why Backpropagation Matters": [
        (CHAIN, "What training is", "one run forward and one run back"),
        (PYTORCH, "What a framework adds, and what it hides", ""),
    ],
    "Practice Problems": [
        (DEEP, "In your own words: backward through tanh", ""),
        (DEEP, "Three layers", ""),
        (DEEP, "Initial weights and deep networks", ""),
        (OPTIMIZATION, "Momentum", ""),
        (AUTOGRAD, "Your own graph", ""),
    ],
    "Next Steps": [
        (LIBRARY, "Layers as objects", ""),
        (LIBRARY, "Digits", "MNIST"),
        (AUTOGRAD, "PyTorch", ""),
        (TENSORS, "Digits on your own engine", "PyTorch"),
        (PYTORCH, "Loss for loss", "same numbers"),
    ],
}


def sections(lesson):
    """Text under each heading of the learner's edition, subsections included."""
    found: dict[str, str] = {}
    open_headings: list[tuple[int, str]] = []
    for cell in nbformat.read(COURSE.lessons((lesson,))[0].learner, as_version=4).cells:
        for line in cell.source.splitlines():
            level = len(line) - len(line.lstrip("#"))
            if cell.cell_type == "markdown" and 0 < level < 4 and line[level : level + 1] == " ":
                open_headings = [(deep, title) for deep, title in open_headings if deep < level]
                open_headings.append((level, line[level:].strip()))
                found.setdefault(open_headings[-1][1], "")
            for _, title in open_headings:
                found[title] += line + "\n"
    return found


@pytest.mark.parametrize("heading", MAP)
def test_a_heading_of_the_seed_lives_where_the_map_says(heading):
    for lesson, section, words in MAP[heading]:
        text = sections(lesson)
        assert section in text, f"{lesson} has no section {section!r}; it has {list(text)}"
        assert words in text[section], f"{lesson}, {section!r}, does not speak of {words!r}"


def test_no_heading_of_the_seed_is_missing():
    lines = HEADINGS.read_text(encoding="utf-8").splitlines()
    # A heading with subheadings is taught where they are.
    leaves = [
        a for a, b in zip(lines, [*lines[1:], "## "], strict=True) if len(a.split()[0]) >= len(b.split()[0])
    ]
    assert {line.lstrip("# ") for line in leaves} == set(MAP)
