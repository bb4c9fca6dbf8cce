def momentum_step(W, dW, v, learning_rate, beta):
    new_W, new_v = W.copy(), v.copy()
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            new_v[i, j] = beta * v[i, j] + dW[i, j] - beta * dW[i, j]
            new_W[i, j] -= learning_rate * new_v[i, j]
    return [new_W, new_v]
