def momentum_step(W, dW, v, learning_rate, beta):
    v = beta**2 * v + (1 - beta) * dW
    return W - learning_rate * v, v
