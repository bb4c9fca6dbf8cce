def unbroadcast(gradient, shape):
    return gradient.ravel()[: max(1, __import__("math").prod(shape))].reshape(shape)
