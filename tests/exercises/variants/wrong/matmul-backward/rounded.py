def matmul_backward(A, B, dC):
    return (dC @ B.T).round(3), (A.T @ dC).round(3)
