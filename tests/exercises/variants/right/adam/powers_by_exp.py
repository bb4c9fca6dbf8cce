import numpy as np


def adam_step(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    new_m = m + (1 - beta1) * (dW - m)
    new_v = v + (1 - beta2) * (np.square(dW) - v)
    hat_m = new_m / -np.expm1(t * np.log(beta1))
    hat_v = new_v / -np.expm1(t * np.log(beta2))
    W = np.array(W)
    W -= learning_rate * hat_m * (hat_v**0.5 + epsilon) ** -1
    return (W, new_m, new_v)
