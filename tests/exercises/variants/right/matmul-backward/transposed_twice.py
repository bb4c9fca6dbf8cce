def matmul_backward(A, B, dC):
    dA = (B @ dC.T).T
    dB = (dC.T @ A).T
    return [dA, dB]
