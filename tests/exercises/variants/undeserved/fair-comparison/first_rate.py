import numpy as np


def fair_comparison(losses):
    first = losses[:, 0]
    return np.zeros(len(losses), int), first.mean(axis=1), first.std(axis=1)
