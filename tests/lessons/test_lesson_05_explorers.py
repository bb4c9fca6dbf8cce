"""What lesson 05 says there is to find with its explorers, each found here."""

import numpy as np
import pytest

from mlcourse.explorers import ActivationExplorer, GradientFlow, Initialization
from mlcourse.explorers.gradient_flow import training

LESSON = "05-deep-networks"

pytestmark = pytest.mark.usefixtures("one_thread")


def test_what_to_find_with_the_activation_explorer(says):
    says(LESSON, "until the sentence says *saturated*. That happens at 4.4, where the slope falls below 5 %")
    explorer = ActivationExplorer()
    for name, edge in [("sigmoid", 4.4), ("tanh", 2.2)]:
        assert "saturated" not in explorer.set(activation=name, z=edge - 0.1).summary.lower()
        assert "saturated" in explorer.set(z=edge).summary.lower()


def test_what_the_explorer_calls_saturated_the_text_does_too(says):
    says(LESSON, "on the left it lets 1 % of a slope through. (The explorer below calls that saturated too")
    told = ActivationExplorer().set(activation="leaky_relu", z=-1).summary
    assert "Saturated: only 1 % of a gradient passes." in told


def test_what_to_find_with_the_initialization_explorer(says):
    explorer = Initialization().set(depth=10, activation="relu", scale=0.141)
    assert explorer.summary.count("keep their size") == 2
    for away in (0.1, 0.2):
        assert "keep their size" not in explorer.set(scale=away).summary
    says(LESSON, "Set $s$ to 1 and compare ReLU with tanh, at 10 layers. Both gradients explode")
    assert explorer.set(scale=1.0).summary.count("grow") == 2
    assert "gradients grow" in explorer.set(activation="tanh").summary
    says(LESSON, "they pile up near −1 and 1, so the histogram has two towers")
    histogram = explorer.compute(**explorer.values).activations[-1]
    assert histogram[[0, -1]].min() > 10 * histogram[10:-10].max()
    says(LESSON, "About ten times: $s = 1$, where Xavier's is 0.1")
    assert "gradients shrink" in explorer.set(activation="sigmoid", scale=0.1).summary
    assert "gradients shrink" in explorer.set(scale=0.5).summary
    assert explorer.set(scale=1.0).summary.count("keep their size") == 2


def test_what_to_find_with_the_gradient_flow_explorer(says):
    says(LESSON, "the gradient of layer 1 is about 19,000 times smaller than that of layer 8")
    explorer = GradientFlow().set(activation="sigmoid")
    assert "1.9e+04 times smaller" in explorer.summary
    says(LESSON, "Then look at epoch 200. The two are about equal now")
    assert "of about the same size" in explorer.set(epoch=200).summary
    norms = explorer.compute(**explorer.values).norms
    assert norms[-1, 0] > norms[0, 0] / 2 and norms[-1, -1] < norms[0, -1] / 1000
    says(LESSON, "That of layer 8: it has fallen ten-thousandfold.")
    assert 9e3 < norms[0, -1] / norms[-1, -1] < 2e4
    says(LESSON, "for which a loss of $\\log 2$ is the best there is")
    assert abs(training(8, "sigmoid", 0.35).loss[-1] - np.log(2)) < 1e-4
    says(LESSON, "In layer 1: with weights too large for tanh, gradients grow on the way back")
    large = explorer.set(activation="tanh", epoch=1, scale=1.0)
    assert large.compute(**large.values).norms[0].argmax() == 0
    for s in (0.35, 0.1, 0.01):  # the layers sink together
        norms = explorer.set(activation="relu", epoch=1, scale=s).compute(**explorer.values).norms
        assert norms[0].max() < 10 * norms[0].min()
