import torch
from torch import nn


def start(module):
    if type(module) is nn.Linear:
        nn.init.kaiming_normal_(module.weight, mode="fan_in", nonlinearity="relu")
        module.bias.data.zero_()


class Network(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.count = len(sizes) - 1
        for index in range(self.count):
            setattr(self, f"layer{index}", nn.Linear(sizes[index], sizes[index + 1]))
        self.apply(start)

    def forward(self, batch):
        for index in range(self.count):
            batch = getattr(self, f"layer{index}")(batch)
            if index + 1 < self.count:
                batch = torch.maximum(batch, torch.zeros_like(batch))
        return batch
