"""What the GradientFlow explorer shows where its axis ends."""

import pytest

from mlcourse.explorers import GradientFlow


def texts(explorer):
    return " ".join(text.get_text() for axes in explorer.figure.axes for text in axes.texts)


def test_norms_beyond_the_axis_are_said_to_be_drawn_at_its_edge():
    explorer = GradientFlow().set(depth=10, activation="relu", scale=0.5623, epoch=5)
    assert "Diverged at epoch 6" in explorer.summary
    assert "10 of 10 beyond the axis: drawn at its edge" in texts(explorer)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_norms_on_the_axis_need_no_such_words(logarithmic):
    assert "beyond" not in texts(GradientFlow().set(logarithmic=logarithmic))
