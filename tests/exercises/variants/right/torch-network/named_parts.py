from collections import OrderedDict

from torch import nn


def dense(n_in, n_out):
    layer = nn.Linear(n_in, n_out)
    nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    nn.init.zeros_(layer.bias)
    return layer


class Network(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        parts = OrderedDict()
        last = len(sizes) - 2
        for k in range(last + 1):
            parts[f"dense{k}"] = dense(sizes[k], sizes[k + 1])
            if k != last:
                parts[f"relu{k}"] = nn.ReLU(inplace=True)
        self.parts = nn.Sequential(parts)

    def forward(self, X):
        Z = self.parts(X)
        return Z
