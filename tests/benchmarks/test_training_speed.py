"""Training with mlcourse.nn, PyTorch and scikit-learn: same network, same batch, same data type."""

import warnings

import numpy as np
import pytest

from mlcourse.datasets import digits, xor
from mlcourse.nn import (
    Adam,
    GradientDescent,
    Network,
    binary_cross_entropy_from_logits,
    softmax_cross_entropy,
    train,
)

pytestmark = pytest.mark.benchmark

DIGITS, XOR = [784, 128, 64, 10], [2, 4, 1]


def digits_batch():
    """64 digits of float32, each contiguous, as `train` passes them on."""
    part = digits().split("train")
    X, Y = (np.ascontiguousarray(a[:, :64].T, np.float32).T for a in (part.images, part.one_hot))
    return X, Y, part.labels[:64]


def xor_batch():
    return tuple(array.astype(np.float32) for array in xor())


def numpy_step(network, X, Y, loss, optimizer):
    def step():
        value, dZ = loss(network.forward(X), Y)
        network.parameter_gradients(dZ)
        optimizer.step(network.parameters(), network.gradients())
        return value

    return step


def torch_step(torch, network, X, target, loss, optimizer, **settings):
    """The same network with the same weights, and PyTorch's own optimizer."""
    modules = []
    for layer in network.dense_layers:
        n_out, n_in = layer.W.shape
        linear = torch.nn.Linear(n_in, n_out)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(layer.W.copy()))
            linear.bias.copy_(torch.from_numpy(layer.b[:, 0].copy()))
        modules += [linear, torch.nn.ReLU()]
    model = torch.nn.Sequential(*modules[:-1])
    rule = optimizer(model.parameters(), **settings)
    X, target = torch.from_numpy(X.T.copy()), torch.from_numpy(target.copy())

    def step():
        rule.zero_grad()
        value = loss(model(X), target)
        value.backward()
        rule.step()
        return value.item()

    return step


@pytest.mark.parametrize("ours, theirs", [(GradientDescent, "SGD"), (Adam, "Adam")])
def test_a_step_on_digits_beside_pytorch(race, ours, theirs):
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    X, Y, labels = digits_batch()
    network = Network.dense(DIGITS, rng=np.random.default_rng(0), dtype=np.float32)
    optimizer = getattr(torch.optim, theirs)
    contestants = {
        f"PyTorch {torch.__version__}": torch_step(
            torch, network, X, labels, torch.nn.functional.cross_entropy, optimizer, lr=0.001
        ),
        "mlcourse.nn": numpy_step(network, X, Y, softmax_cross_entropy, ours(0.001)),
    }
    same_work(contestants)
    race(f"digits 784-128-64-10, batch 64, float32, {theirs}", dict(reversed(contestants.items())), 100)


def test_a_step_on_xor_beside_pytorch(race):
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    X, Y = xor_batch()
    network = Network.dense(XOR, rng=np.random.default_rng(0), dtype=np.float32)
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    contestants = {
        f"PyTorch {torch.__version__}": torch_step(torch, network, X, Y.T, bce, torch.optim.SGD, lr=0.5),
        "mlcourse.nn": numpy_step(network, X, Y, binary_cross_entropy_from_logits, GradientDescent(0.5)),
    }
    same_work(contestants)
    race("XOR 2-4-1, batch 4, float32, SGD", dict(reversed(contestants.items())), 500)


def same_work(contestants):
    """Both start from the same weights: after ten steps they must have come to the same loss."""
    losses = [[step() for _ in range(10)][-1] for step in contestants.values()]
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-4)


@pytest.mark.parametrize("problem", ["digits", "xor"])
def test_an_epoch_of_train_beside_scikit_learn(race, problem):
    """`train` with all that it records, against ``MLPClassifier.fit`` with as many steps."""
    neural_network = pytest.importorskip("sklearn.neural_network")
    warnings.filterwarnings("ignore", category=pytest.importorskip("sklearn.exceptions").ConvergenceWarning)
    if problem == "digits":
        part = digits().split("train")
        X, Y, labels = part.images.astype(np.float32), part.one_hot.astype(np.float32), part.labels
        sizes, loss, batch, epochs, title = DIGITS, softmax_cross_entropy, 64, 1, "one epoch of 55 steps"
    else:
        (X, Y), labels = xor_batch(), xor()[1].ravel()
        sizes, loss, batch, epochs, title = (
            XOR,
            binary_cross_entropy_from_logits,
            None,
            200,
            "200 full-batch steps",
        )
    rows = np.ascontiguousarray(X.T)
    rng = np.random.default_rng(0)

    def ours():
        network = Network.dense(sizes, rng=rng, dtype=np.float32)
        return train(network, X, Y, loss, GradientDescent(0.1), epochs, batch, rng)

    def theirs():
        classifier = neural_network.MLPClassifier(
            sizes[1:-1], solver="sgd", momentum=0, learning_rate_init=0.1, alpha=0, batch_size=batch or 4,
            max_iter=epochs, tol=0, n_iter_no_change=10**6,
        )  # fmt: skip
        return classifier.fit(rows, labels)

    race(
        f"{problem} {'-'.join(map(str, sizes))}, float32, {title}",
        {"mlcourse.nn": ours, "scikit-learn": theirs},
        1,
    )
