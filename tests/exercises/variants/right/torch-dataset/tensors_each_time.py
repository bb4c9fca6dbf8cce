import torch
from torch.utils.data import Dataset


class Examples(Dataset):
    def __init__(self, X, Y):
        self.X, self.Y = X, Y

    def __len__(self):
        return self.X.shape[1]

    def __getitem__(self, i):
        x = torch.tensor(self.X[:, i]).float()
        return x, torch.tensor(self.Y[:, i]).argmax()
