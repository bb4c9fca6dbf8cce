"""The recorded results of lesson 10: against NumPy everywhere, against PyTorch where it is."""

import ast
import contextlib
import io
import re
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
import pytest

from mlcourse import autograd, check, datasets, exercises, nn
from mlcourse.exercises import torch_clinic, torch_symptoms
from mlcourse.exercises.torch_clinic_diagnoses import CAUSE
from mlcourse.exercises.torch_symptoms_recorded import recorded as recorded_symptoms

NAME = "10-pytorch"
NOTEBOOK = Path(__file__).parents[2] / "solutions" / NAME / f"{NAME}.ipynb"
PATIENTS = range(7)


@pytest.fixture(scope="module")
def cells():
    return [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def recorded(cells):
    """What the lesson shows without PyTorch, by the name of the program."""
    (source,) = [source for source in cells if source.startswith("RECORDED = ")]
    return ast.literal_eval(ast.parse(source).body[0].value)


@pytest.fixture(scope="module")
def findings():
    """What was measured of each patient beside its curves, as numbers."""
    return {n: [re.search(r": ([\d.e-]+)", line)[1] for line in recorded_symptoms(n)[4]] for n in PATIENTS}


def programs(cells):
    return re.findall(r"^ *show\((\w+)\)$", "\n".join(cells), flags=re.M)


def test_every_program_has_a_recording_and_every_recording_a_program(cells, recorded):
    assert programs(cells) == list(recorded)


def test_recorded_slopes_are_those_of_the_courses_own_tensors(recorded):
    W = autograd.Tensor(np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 1.0]]))
    b = autograd.Tensor(np.array([[1.0], [-3.0]]))
    total = (W @ autograd.Tensor(np.array([[1.0, 0.0], [2.0, 1.0], [1.0, 1.0]])) + b).relu().sum()
    total.backward()
    for name, tensor in [("W", W), ("b", b)]:
        assert f"slopes along {name}: {tensor.grad.tolist()}\n" in recorded["slopes_by_torch"]
    assert f"total: {float(total.data)} " in recorded["slopes_by_torch"]


def test_recorded_losses_are_those_of_numpy(recorded, says):
    def loss_of(scores, labels):
        scores = np.array(scores, dtype=float).T
        return nn.softmax_cross_entropy(scores, np.eye(3)[:, labels])[0]

    rows = [[9, 0, 0], [0, 9, 0], [9, 0, 0]]
    expected = [
        loss_of([[2, 1, 0]], [0]),
        loss_of([[1, 0, 0]], [0]),
        loss_of(rows, [0, 1, 0]),
        loss_of(np.transpose(rows), [0, 1, 0]),
    ]
    found = re.findall(r"[\d.]+$", recorded["what_the_loss_gives"], flags=re.M)
    assert found == [f"{loss:.4f}" for loss in expected]
    says(NAME, "the softmax is 0.665, 0.245, 0.090, and the loss is $-\\log 0.665 = 0.408$")
    np.testing.assert_allclose(
        nn.softmax(np.array([[2.0], [1.0], [0.0]])).ravel(), [0.665, 0.245, 0.090], atol=6e-4
    )
    says(NAME, r"at least $\log(e + C - 1) - 1$")
    assert expected[1] == pytest.approx(np.log(np.e + 2) - 1)
    says(NAME, r"$\log(e + 9) - 1 = 1.461$")
    assert np.log(np.e + 9) - 1 == pytest.approx(1.461, abs=5e-4)


def test_recorded_training_is_that_of_nn(recorded):
    network = nn.Network.dense([784, 128, 64, 10], rng=np.random.default_rng(0))
    train, rng, losses = datasets.digits().split("train"), np.random.default_rng(0), []
    optimizer = nn.GradientDescent(0.05)
    for order in (rng.permutation(3500) for _ in range(2)):
        for batch in order.reshape(-1, 20):
            loss, dZ = nn.softmax_cross_entropy(
                network.forward(train.images[:, batch]), train.one_hot[:, batch]
            )
            network.backward(dZ)
            optimizer.step(network.parameters(), network.gradients())
            losses.append(loss)
    lines = re.findall(r"^step +(\d+): loss (.*)$", recorded["loss_for_loss"], flags=re.M)
    assert [int(step) for step, _ in lines] == [1, 2, 10, 100, 350]
    for step, loss in lines:
        assert float(loss) == pytest.approx(losses[int(step) - 1], abs=1e-8)


def test_numbers_of_the_exercises_are_right(says):
    says(NAME, r"$S = \sigma(1) = 0.7311$ and $A = 1.4621$. With $dA$ = `[[1.0]]`, $dZ = 0.9277$")
    S = 1 / (1 + np.exp(-1))
    found = [S, 2 * S, S + 2 * 0.5 * S * (1 - S), 4 * S * (1 - S)]
    np.testing.assert_allclose(found, [0.7311, 1.4621, 0.9277, 0.7864], atol=5e-5)
    assert exercises.question("last-batch-of-digits").right == 3500 % 32
    says(NAME, "For $n_{in} = 300$ that is 0.033. He's weights have $\\sqrt{2/n_{in}}$, which is 0.082")
    np.testing.assert_allclose([np.sqrt(1 / 900), np.sqrt(2 / 300)], [0.033, 0.082], atol=5e-4)


def test_a_softmax_taken_twice_makes_the_gradient_smaller_at_any_scores(says):
    says(NAME, "At the same scores the gradient is smaller as well")
    rng = np.random.default_rng(0)
    for classes in (2, 3, 10):
        for size in (0.01, 1, 10):
            scores, right = size * rng.standard_normal((200, classes)), np.eye(classes)[0]
            p = np.exp(scores - scores.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            twice = np.exp(p) / np.exp(p).sum(axis=1, keepdims=True) - right
            twice = p * (twice - np.sum(p * twice, axis=1, keepdims=True))
            assert (np.linalg.norm(twice, axis=1) < np.linalg.norm(p - right, axis=1)).all()


def test_float32_keeps_about_seven_digits_and_float64_about_sixteen(says):
    says(
        NAME,
        "64-bit numbers of Python's floats, with about 16 digits. PyTorch makes 32-bit numbers, with about 7",
    )
    assert [round(-np.log10(np.finfo(kind).eps)) for kind in (np.float64, np.float32)] == [16, 7]


def test_points_and_minutes_under_the_headings_are_those_declared(says):
    text = NOTEBOOK.with_suffix(".md").read_text(encoding="utf-8")
    stated = re.findall(r"^\*(\d+) points, about (\d+) minutes\. It is scored only", text, flags=re.M)
    assert [int(points) for points, _ in stated] == [e.points for e in exercises.of_lesson(NAME)]
    says(NAME, "90 minutes in two sittings, about 50 of them for the five exercises")
    assert 46 <= sum(int(minutes) for _, minutes in stated) <= 52


def test_each_patient_has_the_signs_of_its_diagnosis_and_not_those_of_the_others(findings):
    """What the diagnoses say that one would measure, on what was recorded."""
    losses, healthy, norms, healthy_norms = (
        {n: recorded_symptoms(n)[which] for n in PATIENTS} for which in range(4)
    )
    right, new, alike, graphs, unmoved, ratio = (
        {n: float(findings[n][which]) for n in PATIENTS} for which in range(6)
    )
    floor = np.log(np.e + 2) - 1
    signs = {
        0: lambda n: alike[n] < 100,
        1: lambda n: losses[n][-1] < 0.1 * losses[n][0] and norms[n][-1] > norms[n][0],
        2: lambda n: right[n] >= 90 and losses[n][-1] > floor,
        3: lambda n: losses[n][-1] < 0.1 and right[n] < 60,
        4: lambda n: graphs[n] > 1,
        5: lambda n: unmoved[n] > 0,
        6: lambda n: ratio[n] < 0.01 and losses[n][-1] > 0.99 * losses[n][0],
    }
    for sign, has in signs.items():
        assert [n for n in PATIENTS if has(n)] == [sign]
    assert new[3] < 50 and losses[4] == pytest.approx(healthy[4], rel=1e-3)
    assert healthy_norms[4] == pytest.approx(norms[4], rel=1e-3)
    assert (losses[1] < healthy[1]).mean() > 0.5  # "most of the time its loss is even the smaller one"


def test_no_guess_but_the_right_one_opens_a_record():
    for n in PATIENTS:
        answers = [torch_clinic.diagnose(n, one.name) for one in torch_clinic.DIAGNOSES]
        assert sum(answer.startswith("Yes") for answer in answers) == 1
    assert "choose one of" in torch_clinic.diagnose(1, "") and "no case 7" in torch_clinic.diagnose(7, "")


def test_the_order_of_the_names_tells_no_patients_fault():
    names = [one.name for one in torch_clinic.DIAGNOSES]
    table = (
        NOTEBOOK.with_suffix(".md").read_text(encoding="utf-8").partition("| diagnosis | how it happens |")[2]
    )
    assert re.findall(r"^\| ([a-z ]+) \| ", table.partition("\n\n")[0], flags=re.M) == names
    for n in PATIENTS:
        assert CAUSE[n].name not in names[max(n - 1, 0) : n + 1]


@pytest.mark.torch
@pytest.mark.parametrize("n", PATIENTS)
def test_with_pytorch_installed_the_symptoms_are_those_recorded(n):
    live = torch_symptoms.measured(n)
    *curves, findings = recorded_symptoms(n)
    names = ("losses", "healthy_losses", "norms", "healthy_norms")
    for name, curve in zip(names, curves, strict=True):
        np.testing.assert_allclose(getattr(live, name), curve, rtol=2e-3, err_msg=name)
    assert live.findings == findings


@pytest.fixture(scope="module")
def live(cells):
    """The lesson with PyTorch: its names, and what each program printed."""
    matplotlib.use("Agg")
    namespace, printed = {}, {}
    for source in cells:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(source, NAME, "exec"), namespace)
        if shown := programs([source]):
            printed[shown[0]] = output.getvalue()
    return namespace, printed


@pytest.mark.torch
def test_with_pytorch_installed_the_programs_print_what_is_recorded(live, recorded):
    assert live[1] == {name: f"{words}\n" for name, words in recorded.items()}


@pytest.mark.torch
@pytest.mark.parametrize("exercise", exercises.of_lesson(NAME), ids=lambda exercise: exercise.id)
def test_with_pytorch_installed_the_solutions_score_full_points(live, exercise):
    assert check(exercise.id, *(live[0][name] for name in exercise.functions)) == exercise.points


@pytest.mark.torch
def test_what_it_says_of_types_and_of_momentum_is_so(says):
    import torch

    says(NAME, "weights that are float32: a matrix product of the two is an error")
    assert torch.tensor(0.1).dtype is torch.float32 and torch.tensor(np.array(0.1)).dtype is torch.float64
    with pytest.raises(RuntimeError, match="dtype"):
        torch.ones(2, 2) @ torch.tensor(np.ones((2, 2)))
    says(NAME, "ten times as large as that of the rule with $(1 - \\beta)$")
    w, ours, rule = torch.zeros(1, requires_grad=True), [np.zeros(1)], nn.Momentum(0.1, beta=0.9)
    sgd = torch.optim.SGD([w], lr=0.01, momentum=0.9)
    for _ in range(3):
        sgd.zero_grad()
        w.sum().backward()
        sgd.step()
        rule.step(ours, [np.ones(1)])
        assert w.item() == pytest.approx(float(ours[0][0]), rel=1e-5)


@pytest.mark.torch
def test_gradcheck_finds_the_wrong_rule_at_2_and_not_at_0(says, live):
    import torch

    says(NAME, "At 0 even `WrongCube` would pass, as both are 0 there")
    zero, two = (torch.tensor([x], dtype=torch.float64, requires_grad=True) for x in (0.0, 2.0))
    assert torch.autograd.gradcheck(live[0]["WrongCube"].apply, (zero,))
    with pytest.raises(RuntimeError):
        torch.autograd.gradcheck(live[0]["WrongCube"].apply, (two,))


@pytest.mark.torch
def test_what_the_lesson_says_of_pytorch_is_so(says):
    import torch

    says(NAME, "uniformly between $-1/\\sqrt{n_{in}}$ and $1/\\sqrt{n_{in}}$")
    torch.manual_seed(0)
    layer = torch.nn.Linear(400, 300)
    for drawn in (layer.weight, layer.bias):
        assert (
            float(drawn.detach().abs().max()) == pytest.approx(1 / 20, rel=0.02)
            and drawn.abs().max() <= 1 / 20
        )
    assert float(layer.weight.std()) == pytest.approx(np.sqrt(1 / 1200), rel=0.01)
    says(NAME, "`t.grad`, None at first")
    x = torch.ones(2, requires_grad=True)
    assert x.grad is None
    says(NAME, "| `t.backward()`, from a single number | the same |")
    with pytest.raises(ValueError, match="one entry"):
        autograd.Tensor(np.ones(2)).backward()
    with pytest.raises(RuntimeError, match="scalar"):
        (x * 2).backward()
    says(NAME, "The arrays of an operation must live on the same device; otherwise PyTorch raises an error")
    with pytest.raises((RuntimeError, NotImplementedError)):
        (torch.ones(2) @ torch.ones(2, device="meta")).item()
    says(NAME, "(A single number may stay on the CPU.)")
    assert (torch.ones(2, device="meta") * torch.tensor(2.0)).device.type == "meta"
    says(NAME, "doubles those that stay")
    dropped = torch.nn.Dropout(0.5)(torch.ones(1000))
    assert set(dropped.tolist()) == {0.0, 2.0}
    says(NAME, "Its optimizer would refuse the empty list")
    with pytest.raises(ValueError, match="empty parameter list"):
        torch.optim.SGD([], lr=0.1)
    says(NAME, "whole numbers of type int64")
    with pytest.raises(RuntimeError):
        torch.nn.functional.cross_entropy(torch.ones(2, 3), torch.zeros(2, dtype=torch.int32))
    for name in (
        "nn.Conv2d",
        "nn.MultiheadAttention",
        "linalg",
        "optim.Adam",
        "autograd.gradcheck",
        "utils.data.DataLoader",
        "compile",
        "cuda.is_available",
    ):
        found = torch
        for part in name.split("."):
            found = getattr(found, part)
