from torch import nn


class Network(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        steps = []
        for k in range(len(sizes) - 1):
            steps.append(nn.Linear(sizes[k], sizes[k + 1]))
            steps.append(nn.ReLU())
        self.net = nn.Sequential(*steps[:-1])
        for step in self.net:
            if isinstance(step, nn.Linear):
                nn.init.kaiming_uniform_(step.weight, nonlinearity="relu")
                nn.init.constant_(step.bias, 0.0)

    def forward(self, x):
        return self.net(x)
