import numpy as np


def adam_step(W, dW, m, v, t, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return W - learning_rate * np.sign(dW), m, v
