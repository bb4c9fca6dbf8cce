def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient.max(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.max(axis=axis, keepdims=True)
    return gradient
