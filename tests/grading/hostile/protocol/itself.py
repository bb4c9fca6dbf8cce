"""Return something that contains itself, many times."""


def sigmoid(Z):
    answer = {}
    answer.update({f"key {number}": answer for number in range(1000)})
    return answer
