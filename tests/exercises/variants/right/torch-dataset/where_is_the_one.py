import torch
from torch.utils.data import Dataset


class Examples(Dataset):
    def __init__(self, X, Y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.Y = torch.as_tensor(Y)

    def __len__(self):
        return self.Y.shape[-1]

    def __getitem__(self, i):
        label = torch.nonzero(self.Y[:, i]).squeeze()
        return self.X[:, i], label
