import torch
from torch.autograd import Function


class Swish(Function):
    @staticmethod
    def forward(ctx, Z, beta):
        ctx.save_for_backward(Z, beta)
        return Z * torch.sigmoid(Z * beta)

    @staticmethod
    def backward(ctx, dA):
        Z, beta = ctx.saved_tensors
        s = torch.sigmoid(Z * beta)
        inner = Z * s * (1 - s)
        return dA * s + dA * inner * beta, (dA * inner * Z).sum(0)
