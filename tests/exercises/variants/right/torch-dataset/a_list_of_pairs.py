import torch
from torch.utils.data import Dataset


class Examples(Dataset):
    def __init__(self, X, Y):
        labels = Y.T.nonzero()[1].tolist()
        self.items = [(torch.FloatTensor(x), k) for x, k in zip(X.T, labels, strict=True)]

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]
