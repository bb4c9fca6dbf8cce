import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, Z, beta):
        ctx.Z, ctx.beta = Z, beta
        return Z / (1 + torch.exp(-beta * Z))

    @staticmethod
    def backward(ctx, slope):
        S = torch.sigmoid(ctx.beta * ctx.Z)
        A = ctx.Z * S
        along_beta = slope * A * (ctx.Z - A)
        return slope * (S + ctx.beta * A * (1 - S)), along_beta.sum(0)
