from math import cos, sin


def two_paths(t):
    # z = cos(t) t^4 by the product rule
    return cos(t) * t**4, 4 * t**3 * cos(t) - t**4 * sin(t)
