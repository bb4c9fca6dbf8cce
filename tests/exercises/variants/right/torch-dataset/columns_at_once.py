import numpy as np
import torch
from torch.utils.data import Dataset


class Examples(Dataset):
    def __init__(self, X, Y):
        super().__init__()
        self.features = torch.Tensor(X).t().contiguous()
        self.targets = torch.LongTensor(np.where(Y.T == 1)[1])

    def __len__(self):
        return self.features.size(0)

    def __getitem__(self, idx):
        x, y = self.features[idx, :], self.targets[idx]
        return (x, y)
