def matmul_backward(A, B, dC):
    return {"dA": dC @ B.T, "dB": A.T @ dC}
