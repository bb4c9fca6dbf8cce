"""Close the socket, and everything else."""

import os


def sigmoid(Z):
    os.closerange(3, 100)
    return Z
