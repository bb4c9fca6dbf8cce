import torch


class Examples:
    """A DataLoader asks for no more than these two methods."""

    def __init__(self, X, Y):
        with torch.no_grad():
            self.pairs = list(zip(torch.tensor(X, dtype=torch.float).unbind(1), Y.argmax(0).tolist()))  # noqa: B905

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        return self.pairs[i]
