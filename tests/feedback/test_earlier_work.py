"""A later lesson builds on what the learner wrote in an earlier one, if it is right."""

import json

import numpy as np
import pytest

from mlcourse.feedback import check, earlier_work

LESSON = "02-two-layer-network"
SIGMOID = "def sigmoid(Z):\n    e = np.exp(-np.abs(Z))\n    return np.where(Z >= 0, 1, e) / (1 + e)\n"
HELPED = (
    "def forward_propagation(X, W1, b1, W2, b2):\n"
    "    Z1 = W1 @ X + b1\n"
    "    A1 = np.maximum(0, Z1)\n"
    "    Z2 = W2 @ A1 + b2\n"
    "    A2 = sigmoid(Z2)\n"
    "    return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)\n"
)


@pytest.fixture
def saved(tmp_path, monkeypatch):
    """``saved(*sources)`` saves them as the solutions of lesson 02, beside an open lesson 03."""

    def saved(*sources, **metadata):
        for folder in (LESSON, "03-training"):
            (tmp_path / folder).mkdir(exist_ok=True)
        cell = {"cell_type": "code", "metadata": {"nbgrader": {"solution": True}} | metadata}
        notebook = {"cells": [cell | {"source": source.splitlines(keepends=True)} for source in sources]}
        (tmp_path / LESSON / f"{LESSON}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        monkeypatch.chdir(tmp_path / "03-training")

    return saved


def test_a_right_function_comes_with_the_helpers_it_calls(saved):
    saved(SIGMOID, HELPED)
    work = earlier_work(LESSON)
    assert set(work) == {"sigmoid", "forward_propagation"}
    A2, _ = work["forward_propagation"](
        np.ones((2, 3)), np.ones((4, 2)), np.zeros((4, 1)), np.ones((1, 4)), 0
    )
    assert pytest.approx(np.full((1, 3), 1 / (1 + np.exp(-8)))) == A2


def test_a_wrong_function_and_a_stub_stay_out(saved):
    saved(
        SIGMOID.replace("Z >= 0", "Z < 0"), "def binary_cross_entropy(A, Y):\n    raise NotImplementedError\n"
    )
    assert earlier_work(LESSON) == {}


def test_a_cell_that_fails_costs_only_its_own_function(saved):
    saved("raise ValueError", "def forward_propagation(:", SIGMOID)
    assert set(earlier_work(LESSON)) == {"sigmoid"}


def test_other_cells_are_not_run(saved):
    saved("raise SystemExit", SIGMOID, nbgrader={})
    assert earlier_work(LESSON) == {}


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"cells": [1]}', '{"cells": [{"cell_type": "code"}]}'])
def test_a_file_that_is_no_notebook_is_no_work(saved, content, tmp_path):
    saved()
    (tmp_path / LESSON / f"{LESSON}.ipynb").write_text(content, encoding="utf-8")
    assert earlier_work(LESSON) == {}


def test_without_the_earlier_lesson_there_is_none(saved, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert earlier_work(LESSON) == {}


def test_no_card_shows_the_notebook_s_own_text_nor_blames_what_was_right(saved):
    saved(SIGMOID, HELPED)
    work = earlier_work(LESSON)

    def predict(X, parameters):
        A2, _ = work["forward_propagation"](X, *(parameters[name] for name in ("W1", "b1", "W2", "b2")))
        return (A2 > 0.4).astype(int)

    def shapes(X, parameters):
        return work["forward_propagation"](X, parameters["W1"].T, 0, parameters["W2"], 0)[0] > 0.5

    for wrong in (predict, shapes):
        card = check("predict", wrong)._repr_html_()
        assert "&quot;" not in card and "\\n" not in card
    assert "A2 = sigmoid" not in check("predict", predict)._repr_html_()
    assert "Z1 = W1 @ X + b1" in card
