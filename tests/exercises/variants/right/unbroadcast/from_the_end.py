def unbroadcast(gradient, shape):
    shape = list(shape)
    for k in range(1, gradient.ndim + 1):
        if k > len(shape):
            gradient = gradient.sum(axis=0)
        elif shape[-k] == 1 and gradient.shape[-k] != 1:
            gradient = gradient.sum(axis=-k, keepdims=True)
    return gradient
