import torch


def squash(U):
    return torch.where(U >= 0, 1 / (1 + torch.exp(-U.abs())), torch.exp(-U.abs()) / (1 + torch.exp(-U.abs())))


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, Z, beta):
        ctx.save_for_backward(Z, beta)
        return torch.stack([Z[:, j] * squash(beta[j] * Z[:, j]) for j in range(Z.shape[1])], dim=1)

    @staticmethod
    def backward(ctx, dA):
        Z, beta = ctx.saved_tensors
        dZ, dbeta = torch.zeros_like(Z), torch.zeros_like(beta)
        for j in range(Z.shape[1]):
            z, s = Z[:, j], squash(beta[j] * Z[:, j])
            dZ[:, j] = dA[:, j] * (s + beta[j] * z * s * (1 - s))
            dbeta[j] = torch.dot(dA[:, j], z * z * s * (1 - s))
        return dZ, dbeta
