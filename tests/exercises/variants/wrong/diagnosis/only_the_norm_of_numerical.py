import numpy as np


def diagnosis(found, numerical, m):
    def differ(a, b):
        return bool(np.linalg.norm(a - b) > 1e-4 * 2 * np.linalg.norm(b)) if np.any(b) else False

    if any(found[name].shape != numerical[name].shape for name in found):
        return "dimension mismatch"
    wrong = {name for name in found if differ(found[name], numerical[name])}
    if not wrong:
        return "right"
    if not any(differ(found[name], m * numerical[name]) for name in found):
        return "no mean over the batch"
    same_norm = not differ(np.linalg.norm(found["dW1"]), np.linalg.norm(numerical["dW1"]))
    if wrong == {"dW1"} and same_norm:
        return "wrong transpose"
    return "wrong hidden slope" if wrong == {"dW1", "db1"} else "something else"
