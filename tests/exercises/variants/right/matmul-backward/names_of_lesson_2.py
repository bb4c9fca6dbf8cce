from numpy import dot, transpose


def matmul_backward(W, A, dZ):
    dW = dot(dZ, transpose(A))
    dA = dot(transpose(W), dZ)
    return dW, dA
