import numpy as np


def deep_backward(Y, cache, parameters):
    L, m = len(parameters) // 2, Y.shape[1]
    gradients = {}
    dZ = [[(cache[f"A{L}"][i, e] - Y[i, e]) / m for e in range(m)] for i in range(Y.shape[0])]
    for layer in range(L, 0, -1):
        W = parameters[f"W{layer}"]
        A = cache["X"] if layer == 1 else cache[f"A{layer - 1}"]
        print("layer", layer, "dZ", dZ, "A", A)
        dW = []
        for i in range(W.shape[0]):
            row = []
            for j in range(W.shape[1]):
                entry = np.float64(0)
                for e in range(m):
                    entry += dZ[i][e] * A[j, e]
                print("dW", layer, i, j, entry)
                row.append(entry)
            dW.append(row)
        gradients[f"dW{layer}"] = dW
        gradients[f"db{layer}"] = [[sum(row)] for row in dZ]
        if layer > 1:
            Z = cache[f"Z{layer - 1}"]
            before = []
            for j in range(W.shape[1]):
                before.append(
                    [
                        sum(W[i, j] * dZ[i][e] for i in range(W.shape[0])) if Z[j, e] > 0 else np.float64(0)
                        for e in range(m)
                    ]
                )
            dZ = before
    return gradients
