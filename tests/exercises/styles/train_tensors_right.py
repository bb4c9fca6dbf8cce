"""Right answers to train-tensors: other networks, starts, losses, optimizers and ways to predict."""

from itertools import pairwise

import numpy as np

from mlcourse.autograd import Tensor


def _train(
    X,
    Y,
    rng,
    hidden=(64,),
    start="he",
    size=16,
    epochs=8,
    rate=0.15,
    rule="descent",
    decay=0.0,
    smooth=0.0,
    fade=0.85,
    kind=float,
    scale=1.0,
    shift=0.0,
    draw="shuffled",
    noise=0.0,
):
    X = (X - shift) * scale
    P = []
    for n_in, n_out in pairwise((784, *hidden, 10)):
        spread = {"he": np.sqrt(2 / n_in), "xavier": np.sqrt(1 / n_in), "small": 0.05, "torch": None}[start]
        if spread is None:
            W = rng.uniform(-1, 1, (n_out, n_in)) / np.sqrt(n_in)
        else:
            W = spread * rng.standard_normal((n_out, n_in))
        P += [Tensor(W.astype(kind)), Tensor(np.zeros((n_out, 1), kind))]
    v, s, steps = [0.0] * len(P), [0.0] * len(P), 0
    for _ in range(epochs):
        order = rng.integers(0, X.shape[1], X.shape[1]) if draw == "drawn" else rng.permutation(X.shape[1])
        for first in range(0, X.shape[1], size):
            batch = order[first : first + size]
            A = Tensor((X[:, batch] + noise * rng.standard_normal((784, len(batch)))).astype(kind))
            T = ((1 - smooth) * Y[:, batch] + smooth / 10).astype(kind)
            for W, b in zip(P[:-2:2], P[1:-2:2], strict=True):
                A = (W @ A + b).relu()
            loss = ((P[-2] @ A + P[-1]).log_softmax() * T).sum() * (-1 / len(batch))
            for p in P:
                p.grad = np.zeros_like(p.data)
            loss.backward()
            steps += 1
            for k, p in enumerate(P):
                g = p.grad + decay * p.data
                if rule == "momentum":
                    v[k] = g = 0.9 * v[k] + g
                if rule == "nesterov":
                    v[k] = 0.9 * v[k] + g
                    g = g + 0.9 * v[k]
                if rule in ("adam", "rmsprop", "adagrad"):
                    b2 = 0.99 if rule == "rmsprop" else 0.999
                    s[k] = s[k] + g * g if rule == "adagrad" else b2 * s[k] + (1 - b2) * g * g
                    v[k] = 0.9 * v[k] + 0.1 * g if rule == "adam" else g
                    sure = rule == "adam"
                    m_hat = v[k] / (1 - 0.9**steps) if sure else v[k]
                    s_hat = s[k] / (1 - b2**steps) if sure else s[k]
                    g = m_hat / (np.sqrt(s_hat) + 1e-8)
                if rule == "clipped":
                    g = g * min(1.0, 1.0 / (1e-12 + np.sqrt(np.sum(g * g))))
                p.data = p.data - np.asarray(rate * g, p.data.dtype)
        rate *= fade

    def predict(images):
        A = (images - shift) * scale
        for W, b in zip(P[:-2:2], P[1:-2:2], strict=True):
            A = np.maximum(W.data @ A + b.data, 0)
        return np.argmax(P[-2].data @ A + P[-1].data, axis=0)

    return predict


def _styled(**settings):
    return lambda X, Y, rng: _train(X, Y, rng, **settings)


STYLES = {
    "as in the hint, shorter": _styled(hidden=(128,), size=32, rate=0.3),
    "thirty-two units": _styled(hidden=(32,), epochs=10),
    "forty units": _styled(hidden=(40,), epochs=9),
    "ninety-six units": _styled(hidden=(96,), epochs=7),
    "two hundred units": _styled(hidden=(200,), epochs=6),
    "two hidden layers": _styled(hidden=(64, 32), rate=0.1, epochs=10),
    "three hidden layers": _styled(hidden=(80, 48, 32), rate=0.08, epochs=12),
    "xavier's weights": _styled(start="xavier"),
    "small normal weights": _styled(start="small"),
    "pytorch's default weights": _styled(start="torch"),
    "batches of eight": _styled(size=8, rate=0.1),
    "batches of sixty-four": _styled(size=64, rate=0.4, epochs=16, fade=0.95),
    "batches of a hundred": _styled(size=100, rate=0.5, epochs=20, fade=0.95),
    "batches of ten": _styled(size=10, rate=0.12),
    "short last batch": _styled(size=33, rate=0.3, epochs=12, fade=0.9),
    "momentum": _styled(rule="momentum", rate=0.02),
    "nesterov": _styled(rule="nesterov", rate=0.02),
    "adam": _styled(rule="adam", rate=0.003),
    "adam in large batches": _styled(rule="adam", rate=0.005, size=64, epochs=12),
    "rmsprop": _styled(rule="rmsprop", rate=0.002),
    "adagrad": _styled(rule="adagrad", rate=0.02, fade=1.0),
    "batches of twenty": _styled(size=20, rate=0.25),
    "clipped slopes": _styled(rule="clipped", rate=0.15, epochs=10),
    "weight decay": _styled(decay=1e-3),
    "label smoothing": _styled(smooth=0.1),
    "a constant rate": _styled(rate=0.1, fade=1.0, epochs=12),
    "a rate that fades fast": _styled(rate=0.3, fade=0.7),
    "float32": _styled(kind=np.float32),
    "pixels of mean zero": _styled(shift=0.13),
    "pixels times three": _styled(scale=3.0, shift=0.13, rate=0.03),
    "drawn with replacement": _styled(draw="drawn", epochs=10),
    "noise on the pixels": _styled(noise=0.1),
    "momentum in two layers": _styled(hidden=(64, 32), rule="momentum", rate=0.015, epochs=9),
    "adam in two layers": _styled(hidden=(64, 32), rule="adam", rate=0.003),
    "rmsprop in float32": _styled(rule="rmsprop", rate=0.002, kind=np.float32),
    "decay and smoothing": _styled(decay=5e-4, smooth=0.05),
    "wide and short": _styled(hidden=(300,), epochs=5),
    "xavier and momentum": _styled(start="xavier", rule="momentum", rate=0.02),
}
