def norm(a):
    return sum(float(x) ** 2 for x in a.flat) ** 0.5


def relative_difference(a, b):
    return norm(a - b) / (norm(a) + norm(b)) if a.any() or b.any() else 0
