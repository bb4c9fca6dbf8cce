from torch import nn


class Network(nn.Module):
    """The first layer, and a smaller network behind it."""

    def __init__(self, sizes):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        nn.init.kaiming_normal_(self.first.weight)
        nn.init.zeros_(self.first.bias)
        self.rest = Network(sizes[1:]) if len(sizes) > 2 else None

    def forward(self, X):
        Z = self.first(X)
        return Z if self.rest is None else self.rest(Z.relu())
