"""The recorded results of PyTorch in lesson 08: against NumPy everywhere, against PyTorch where it is."""

import ast
import contextlib
import io
import re
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest

from mlcourse import nn

NAME = "08-autograd-and-pytorch"
NOTEBOOK = Path(__file__).parents[2] / "solutions" / NAME / f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def cells():
    return [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def recorded(cells):
    """What the lesson shows without PyTorch, by the name of the program."""
    (source,) = [source for source in cells if source.startswith("RECORDED = ")]
    return ast.literal_eval(ast.parse(source).body[0].value)


def programs(cells):
    return re.findall(r"^show\((\w+)\)$", "\n".join(cells), flags=re.M)


def lesson_2():
    network = nn.Network.dense([2, 3, 1], rng=np.random.default_rng(0))
    start = [[[0.5, -0.5], [1.0, 0.5], [-0.5, 0.25]], [[0.1], [-0.2], [0.3]], [[0.8, -0.5, 1.0]], [[0.1]]]
    for parameter, value in zip(network.parameters(), start, strict=True):
        parameter[...] = value
    X = np.array([[1.0, -1.0, 0.5, 2.0], [2.0, 1.0, -1.5, 0.5]])
    return network, X, np.array([[1.0, 0.0, 0.0, 1.0]])


def test_every_program_has_a_recording_and_every_recording_a_program(cells, recorded):
    assert programs(cells) == list(recorded)


def test_recorded_gradients_are_those_of_the_formulas(recorded):
    network, X, Y = lesson_2()
    _, dZ = nn.binary_cross_entropy_from_logits(network.forward(X), Y)
    network.backward(dZ)
    rows = re.findall(r"^d\w\d = \[(.*)\]$", recorded["gradients_by_torch"], flags=re.M)
    for row, gradient in zip(rows, network.gradients(), strict=True):
        np.testing.assert_allclose([float(entry) for entry in row.split()], gradient.ravel(), atol=5.1e-5)


def test_recorded_slopes_are_44(recorded):
    assert "y = 24.0 and its slope along x = 44.0" in recorded["slope_by_torch"]


@pytest.mark.torch
def test_with_pytorch_installed_the_programs_print_what_is_recorded(cells, recorded, capsys):
    matplotlib.use("Agg")
    namespace, printed = {}, {}
    for source in cells:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(source, NAME, "exec"), namespace)
        if shown := programs([source]):
            printed[shown[0]] = output.getvalue().rstrip("\n")
    assert printed == recorded
    answer = namespace["torch_gradients"](*lesson_2()[1:], namespace["arrays"])
    for name, gradient in answer.items():
        np.testing.assert_allclose(gradient, namespace["by_formula"][name[1:]], atol=1e-12)


@pytest.mark.torch
def test_with_pytorch_installed_its_layers_are_as_the_lesson_says(says):
    import torch

    says(NAME, "It holds its weights as we do, `(n_out, n_in)`, but it wants each example as a *row*")
    says(NAME, "PyTorch adds to what is there: 44 and 44.")
    x = torch.tensor(2.0, requires_grad=True)
    for _ in range(2):
        y = (x * x + x) * (x * x)
        y.backward()
    assert x.grad.item() == 88
    says(NAME, "PyTorch throws the graph's stored numbers away during `backward()`")
    with pytest.raises(RuntimeError, match="second time"):
        y.backward()
    layer = torch.nn.Linear(2, 3)
    assert layer.weight.shape == (3, 2) and layer(torch.zeros(5, 2)).shape == (5, 3)
