def update_parameters(W1, b1, W2, b2, grads, learning_rate):
    result = []
    for p, g in ((W1, grads["dW1"]), (b1, grads["db1"]), (W2, grads["dW2"]), (b2, grads["db2"])):
        rows = []
        for i in range(p.shape[0]):
            rows.append([p[i, j] - learning_rate * g[i, j] for j in range(p.shape[1])])
        result.append(rows)
    return result
