# named: last-step-left-out
import numpy as np


def regime(losses):
    losses = np.asarray(losses)
    n = len(losses)
    if not np.isfinite(losses[-1]) or losses[-1] > losses[0]:
        return "diverges"
    rises = sum(losses[k] - losses[k - 1] > 1e-4 for k in range(1, n - 1))
    if rises > (n - 1) / 10:
        return "oscillates"
    if losses[n // 2] - losses[-1] > (losses[0] - losses[-1]) / 10:
        return "crawls"
    return "converges"
