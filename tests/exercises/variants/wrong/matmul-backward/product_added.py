def matmul_backward(A, B, dC):
    return (dC + A @ B) @ B.T, A.T @ (dC + A @ B)
