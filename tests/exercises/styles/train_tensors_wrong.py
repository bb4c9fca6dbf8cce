"""Wrong answers to train-tensors: what predict gives back, and training that cannot reach the goal."""

import numpy as np


def _templates(X, Y):
    """Mean image of each digit, (10, 784): right for about four of five digits."""
    return (Y @ X.T) / Y.sum(axis=1, keepdims=True)


def _nearest(X, Y):
    T = _templates(X, Y)
    return lambda images: np.argmax(T @ images - 0.5 * np.sum(T**2, axis=1, keepdims=True), axis=0)


def _changed(change):
    """A predict that finds about four of five digits, and makes something else of them."""

    def train(X, Y, rng):
        found = _nearest(X, Y)
        return lambda images: change(found(images))

    return train


def _always(answer):
    return lambda X, Y, rng: answer


def _raises(X, Y, rng):
    raise RuntimeError("training stopped")


def _predict_raises(X, Y, rng):
    def predict(images):
        raise KeyError("W1")

    return predict


def _few_labels(X, Y, rng):
    """Never saw a nine."""
    T = _templates(X, Y)[:9]
    return lambda images: np.argmax(T @ images - 0.5 * np.sum(T**2, axis=1, keepdims=True), axis=0)


def _remembers_places(X, Y, rng):
    labels = Y.argmax(axis=0)
    return lambda images: labels[: images.shape[1]]


def _linear(steps, rate, scale=1.0, columns=slice(None)):
    def train(X, Y, rng):
        W = np.zeros((10, 784))
        for _ in range(steps):
            batch = rng.integers(0, X.shape[1], 32)
            Z = W @ X[:, batch]
            P = np.exp(Z - Z.max(axis=0))
            W -= rate * scale * (P / P.sum(axis=0) - Y[:, batch])[:, columns] @ X[:, batch][:, columns].T / 32
        return lambda images: np.argmax(W @ images, axis=0)

    return train


def _random_features(units):
    def train(X, Y, rng):
        V = rng.standard_normal((units, 784)) / 28
        H = np.maximum(V @ X, 0)
        W = np.linalg.solve(H @ H.T + np.eye(units), H @ Y.T).T
        return lambda images: np.argmax(W @ np.maximum(V @ images, 0), axis=0)

    return train


def _neighbour(count):
    def train(X, Y, rng):
        some, labels = X[:, :count], Y[:, :count].argmax(axis=0)
        return lambda images: labels[
            np.argmin(np.sum(some**2, axis=0)[:, None] - 2 * some.T @ images, axis=0)
        ]

    return train


STYLES = {
    "mean images": lambda X, Y, rng: _nearest(X, Y),
    "digits from one": _changed(lambda d: d + 1),
    "nine minus the digit": _changed(lambda d: 9 - d),
    "modulo five": _changed(lambda d: d % 5),
    "reversed": _changed(lambda d: d[::-1]),
    "sorted": _changed(np.sort),
    "as text": _changed(lambda d: d.astype(str)),
    "as a list": _changed(lambda d: d.tolist()),
    "as a column": _changed(lambda d: d[:, None]),
    "as truth values": _changed(lambda d: d > 4),
    "as complex numbers": _changed(lambda d: d + 0j),
    "half of them": _changed(lambda d: d[: len(d) // 2]),
    "in a tuple": _changed(lambda d: (d, d)),
    "in a dictionary": _changed(lambda d: {"digits": d}),
    "the first digit only": _changed(lambda d: int(d[0])),
    "their number": _changed(len),
    "nothing": _changed(lambda d: None),
    "not a number": _changed(lambda d: d + np.nan),
    "half a digit more": _changed(lambda d: d + 0.4),
    "none, where a function belongs": _always(None),
    "a number, where a function belongs": _always(0.93),
    "a text, where a function belongs": _always("predict"),
    "a list of functions": _always([np.argmax]),
    "training raises": _raises,
    "predict raises": _predict_raises,
    "predict without an argument": lambda X, Y, rng: lambda: np.zeros(1000, int),
    "predict with two arguments": lambda X, Y, rng: lambda images, labels: labels,
    "never saw a nine": _few_labels,
    "labels of the training digits": _remembers_places,
    "drawn at random": lambda X, Y, rng: lambda images: rng.integers(0, 10, images.shape[1]),
    "brightness": lambda X, Y, rng: lambda images: (images.mean(axis=0) * 40).astype(int) % 10,
    "ten steps": _linear(10, 0.1),
    "a hundred small steps": _linear(100, 0.001),
    "uphill": _linear(100, -0.05),
    "one example of each batch": _linear(150, 0.05, columns=slice(1)),
    "far too large a rate": _linear(40, 300.0),
    "ten random features": _random_features(10),
    "forty random features": _random_features(40),
    "nearest of fifty": _neighbour(50),
    "nearest of two hundred": _neighbour(200),
}
