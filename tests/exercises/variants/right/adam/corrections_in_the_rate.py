import numpy as np


def adam_step(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = m * beta1 + dW * (1 - beta1)
    v = v * beta2 + dW * dW * (1 - beta2)
    root = np.sqrt(1 - beta2**t)
    return W - learning_rate * root / (1 - beta1**t) * m / (np.sqrt(v) + epsilon * root), m, v
