import math

from mlcourse.autograd import Value


def two_paths(t):
    x, y = Value(math.cos(t)), Value(t**2)
    z = x * y**2
    z.backward()
    return z.data, x.grad * -math.sin(t) + y.grad * 2 * t
