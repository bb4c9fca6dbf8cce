import torch
from torch.autograd.function import once_differentiable


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, Z, beta):
        S = 0.5 * (1 + torch.tanh(beta * Z / 2))
        ctx.save_for_backward(Z, beta, S)
        return Z.mul(S)

    @staticmethod
    @once_differentiable
    def backward(ctx, dA):
        Z, beta, S = ctx.saved_tensors
        P = S - S**2
        return dA * (S + beta * Z * P), (dA * Z * Z * P).sum(dim=0)
