history = []


def backward_propagation(Y, cache, W1, b1, W2, b2):
    X, Z1, A1, A2 = cache["X"], cache["Z1"], cache["A1"], cache["A2"]
    n1, n0 = W1.shape
    m = X.shape[1]
    dW1 = [[0.0] * n0 for _ in range(n1)]
    db1 = [[0.0] for _ in range(n1)]
    dW2 = [[0.0] * n1]
    db2 = [[0.0]]
    for e in range(m):
        error = (A2[0, e] - Y[0, e]) / m
        db2[0][0] += error
        for j in range(n1):
            dW2[0][j] += error * A1[j, e]
            back = error * W2[0, j] if Z1[j, e] > 0 else 0.0
            db1[j][0] += back
            for k in range(n0):
                dW1[j][k] += back * X[k, e]
                print(f"example {e}, unit {j}, weight {k}: {dW1[j][k]}")
                history.append((e, j, k, dW1[j][k]))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "history": history}
