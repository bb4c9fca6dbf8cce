"""Return a million things."""


def sigmoid(Z):
    return {f"A{number}": number for number in range(1_000_000)}
