"""Return lists in lists in lists."""


def sigmoid(Z):
    answer = []
    for _ in range(100_000):
        answer = [answer]
    return answer
