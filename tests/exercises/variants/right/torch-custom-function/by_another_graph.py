import torch


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, Z, beta):
        ctx.save_for_backward(Z, beta)
        return Z * torch.sigmoid(beta * Z)

    @staticmethod
    def backward(ctx, dA):
        with torch.enable_grad():
            Z, beta = (t.detach().requires_grad_() for t in ctx.saved_tensors)
            return torch.autograd.grad(Z * torch.sigmoid(beta * Z), (Z, beta), dA)
