def between(a, b):
    return a < 0 < b or b < 0 < a


def crosses_kink(Z_minus, Z_plus):
    if Z_minus.ndim == 1:
        return [bool(between(a, b)) for a, b in zip(Z_minus, Z_plus, strict=True)]
    return [crosses_kink(row, other) for row, other in zip(Z_minus, Z_plus, strict=True)]
