import numpy as np

from mlcourse.autograd import Tensor


def train_tensors(X, Y, rng):
    W, b = Tensor(rng.normal(0, 0.05, (10, 784))), Tensor(np.zeros((10, 1)))
    for _ in range(5):
        loss = ((W @ X + b).log_softmax() * Y).sum() * (-1 / X.shape[1])
        W.grad, b.grad = 0, 0
        loss.backward()
        W.data -= 0.1 * W.grad
        b.data -= 0.1 * b.grad
    return lambda images: (W.data @ images + b.data).argmax(axis=0)
