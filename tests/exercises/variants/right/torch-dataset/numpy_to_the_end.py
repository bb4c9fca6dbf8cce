import numpy as np
from torch.utils.data import Dataset


class Examples(Dataset):
    """Arrays of NumPy's: a DataLoader makes tensors of them."""

    def __init__(self, X, Y):
        self.X = np.array(X, dtype="float32")
        self.Y = np.array([list(column).index(max(column)) for column in Y.T], dtype="int64")

    def __len__(self):
        _, m = self.X.shape
        return m

    def __getitem__(self, i):
        return self.X[:, i].copy(), self.Y[i]
