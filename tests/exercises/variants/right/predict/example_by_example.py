from math import exp


def predict(X, parameters):
    answers = []
    for x in X.T:
        a = [
            max(0, sum(w * t for w, t in zip(row, x, strict=True)) + b)
            for row, (b,) in zip(parameters["W1"], parameters["b1"], strict=False)
        ]
        z = sum(w * t for w, t in zip(parameters["W2"][0], a, strict=True)) + parameters["b2"][0, 0]
        answers.append(1 if 1 / (1 + exp(-z)) > 0.5 else 0)
    return [answers]
