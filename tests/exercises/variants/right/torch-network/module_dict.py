import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes
        self.linear = nn.ModuleDict()
        for k in range(1, len(sizes)):
            layer = nn.Linear(sizes[k - 1], sizes[k])
            layer.weight = nn.Parameter(torch.randn(sizes[k], sizes[k - 1]).mul((2 / sizes[k - 1]) ** 0.5))
            layer.bias = nn.Parameter(torch.zeros(sizes[k]))
            self.linear[str(k)] = layer

    def forward(self, A):
        for k in range(1, len(self.sizes) - 1):
            Z = self.linear[str(k)](A)
            A = Z * (Z > 0)
        return self.linear[str(len(self.sizes) - 1)](A)
