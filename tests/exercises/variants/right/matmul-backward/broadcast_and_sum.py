def matmul_backward(A, B, dC):
    dA = (dC[:, None, :] * B[None, :, :]).sum(axis=2)
    dB = (A[:, :, None] * dC[:, None, :]).sum(axis=0)
    return dA, dB
