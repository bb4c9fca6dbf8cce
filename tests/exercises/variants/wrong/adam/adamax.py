import numpy as np


def adam_step(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dW
    v = np.maximum(beta2 * v, np.abs(dW))
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return W - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v
