import numpy as np


def forward_propagation(X, W1, b1, W2, b2):
    Z1 = np.einsum("ij,jk->ik", W1, X) + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    Z2 = np.einsum("ij,jk->ik", W2, A1) + b2
    A2 = 0.5 + 0.5 * np.tanh(0.5 * Z2)
    return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)
