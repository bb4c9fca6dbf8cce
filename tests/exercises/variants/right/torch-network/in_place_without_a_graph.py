from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn


class Network(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in pairwise(sizes)])
        with torch.no_grad():
            for layer in self.layers:
                layer.weight.normal_(0, (2 / layer.in_features) ** 0.5)
                layer.bias.fill_(0)

    def forward(self, x):
        *hidden, last = self.layers
        for layer in hidden:
            x = F.relu(layer(x))
        return last(x)
