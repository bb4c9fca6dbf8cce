"""Right answers to train-tensors: other networks, starts, losses, optimizers and ways to predict."""

from itertools import pairwise

import numpy as np

from mlcourse.autograd import Tensor


def _train(
    X,
    Y,
    rng,
    hidden=(32,),
    start="he",
    size=16,
    epochs=6,
    rate=0.15,
    rule="descent",
    decay=0.0,
    smooth=0.0,
    fade=1.0,
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
                if rule == "signs":
                    g = np.sign(g)
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
    "as in the hint, shorter": _styled(hidden=(128,), size=32, rate=0.2, epochs=8),
    "sixteen units": _styled(hidden=(16,), epochs=10),
    "sixty-four units": _styled(hidden=(64,)),
    "two hundred units": _styled(hidden=(200,), epochs=5),
    "two hidden layers": _styled(hidden=(64, 32), rate=0.08, epochs=8),
    "three hidden layers": _styled(hidden=(48, 32, 24), rate=0.05, epochs=10),
    "xavier's weights": _styled(start="xavier"),
    "small normal weights": _styled(start="small", epochs=8),
    "pytorch's default weights": _styled(start="torch", epochs=8),
    "batches of eight": _styled(size=8, rate=0.08, epochs=5),
    "batches of sixty-four": _styled(size=64, rate=0.3, epochs=14),
    "batches of a hundred": _styled(size=100, rate=0.4, epochs=16),
    "batches of five": _styled(size=5, rate=0.05, epochs=4),
    "short last batch": _styled(size=33, rate=0.25, epochs=9),
    "momentum": _styled(rule="momentum", rate=0.02),
    "nesterov": _styled(rule="nesterov", rate=0.02),
    "adam": _styled(rule="adam", rate=0.002, epochs=5),
    "adam in large batches": _styled(rule="adam", rate=0.005, size=64, epochs=8),
    "rmsprop": _styled(rule="rmsprop", rate=0.002, epochs=5),
    "adagrad": _styled(rule="adagrad", rate=0.02, epochs=8),
    "signs of the slopes": _styled(rule="signs", rate=0.0005, epochs=6),
    "clipped slopes": _styled(rule="clipped", rate=0.15, epochs=8),
    "weight decay": _styled(decay=1e-3, epochs=8),
    "label smoothing": _styled(smooth=0.1, epochs=8),
    "a fading rate": _styled(rate=0.25, fade=0.8, epochs=8),
    "a growing rate": _styled(rate=0.05, fade=1.2, epochs=8),
    "float32": _styled(kind=np.float32),
    "pixels of mean zero": _styled(shift=0.13, epochs=6),
    "pixels times three": _styled(scale=3.0, shift=0.13, rate=0.03),
    "drawn with replacement": _styled(draw="drawn", epochs=8),
    "noise on the pixels": _styled(noise=0.1, epochs=8),
    "momentum in two layers": _styled(hidden=(64, 32), rule="momentum", rate=0.01, epochs=6),
    "adam in two layers": _styled(hidden=(48, 24), rule="adam", rate=0.002, epochs=6),
    "rmsprop in float32": _styled(rule="rmsprop", rate=0.002, kind=np.float32, epochs=5),
    "decay and smoothing": _styled(decay=5e-4, smooth=0.05, epochs=8),
    "wide and short": _styled(hidden=(400,), epochs=4, rate=0.1),
    "narrow and long": _styled(hidden=(14,), epochs=14, rate=0.12),
    "xavier and momentum": _styled(start="xavier", rule="momentum", rate=0.015),
}
