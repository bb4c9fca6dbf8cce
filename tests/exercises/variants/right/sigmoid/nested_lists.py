import math


def sigmoid(Z):
    rows = []
    for row in Z:
        rows.append([])
        for z in row:
            small = math.exp(-abs(z))
            rows[-1].append(1 / (1 + small) if z > 0 else small / (1 + small))
    return rows
