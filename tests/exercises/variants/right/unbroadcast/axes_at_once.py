def unbroadcast(gradient, shape):
    new = gradient.ndim - len(shape)
    axes = tuple(range(new)) + tuple(new + i for i, n in enumerate(shape) if n == 1)
    return gradient.sum(axis=axes).reshape(shape)
