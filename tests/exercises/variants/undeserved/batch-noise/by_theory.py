import numpy as np


def batch_noise(G, batch_size):
    m = G.shape[1]
    g = G.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.sum((G - g) ** 2) / m)
    return spread / np.sqrt(batch_size) / np.linalg.norm(g)
