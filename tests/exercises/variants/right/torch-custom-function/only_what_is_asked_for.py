import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, Z, beta):
        ctx.save_for_backward(Z, beta)
        return Z * torch.sigmoid(beta * Z)

    @staticmethod
    def backward(ctx, dA):
        Z, beta = ctx.saved_tensors
        S = torch.sigmoid(beta * Z)
        dZ = dbeta = None
        if ctx.needs_input_grad[0]:
            dZ = dA * S * (1 + beta * Z * (1 - S))
        if ctx.needs_input_grad[1]:
            dbeta = (dA * Z * Z * S * (1 - S)).sum_to_size(beta.shape)
        return dZ, dbeta
