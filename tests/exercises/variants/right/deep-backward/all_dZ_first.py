def deep_backward(Y, cache, parameters):
    L, m = len(parameters) // 2, Y.shape[1]
    dZ = {L: cache[f"A{L}"] - Y}
    for layer in reversed(range(1, L)):
        dZ[layer] = parameters[f"W{layer + 1}"].T @ dZ[layer + 1]
        dZ[layer][cache[f"Z{layer}"] <= 0] = 0
    grads = {}
    for layer in dZ:
        grads[f"dZ{layer}"] = dZ[layer]
        grads[f"dW{layer}"] = dZ[layer] @ cache["X" if layer == 1 else f"A{layer - 1}"].T / m
        grads[f"db{layer}"] = dZ[layer].sum(axis=1).reshape(parameters[f"b{layer}"].shape) / m
    return grads
