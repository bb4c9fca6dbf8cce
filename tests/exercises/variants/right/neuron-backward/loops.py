import math


def neuron_backward(x, w, b, dy):
    total = b
    for i in range(len(x)):
        total += w[i] * x[i]
    y = 1.0 / (1.0 + math.exp(-total))
    step = dy * y * (1.0 - y)
    dx, dw = [], []
    for i in range(len(x)):
        dx.append(step * w[i])
        dw.append(step * x[i])
    return dx, dw, step
