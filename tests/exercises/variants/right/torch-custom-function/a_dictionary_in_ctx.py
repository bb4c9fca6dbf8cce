import torch
from torch.autograd import Function


class Swish(Function):
    @staticmethod
    def forward(ctx, Z, beta):
        U = beta * Z
        ctx.kept = {"Z": Z.detach(), "beta": beta.detach(), "S": U.sigmoid().detach()}
        return Z * ctx.kept["S"]

    @staticmethod
    def backward(ctx, dA):
        Z, beta, S = (ctx.kept[name] for name in ("Z", "beta", "S"))
        dS = dA * Z
        dU = dS * S * (1 - S)
        dZ = dA * S + dU * beta
        dbeta = torch.ones(len(Z), dtype=Z.dtype) @ (dU * Z)
        return dZ, dbeta
