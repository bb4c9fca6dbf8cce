def unbroadcast(gradient, shape):
    while gradient.ndim > len(shape):
        gradient = gradient[-1]
    for axis, size in enumerate(shape):
        if size == 1:
            gradient = gradient.take([-1], axis=axis)
    return gradient
