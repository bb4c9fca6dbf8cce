def momentum_step(W, dW, v, learning_rate, beta):
    v = v + (1 - beta) * (dW - v)
    return W + (-learning_rate) * v, v
