import numpy as np
from torch.utils.data import Dataset


class Examples(Dataset):
    def __init__(self, X, Y):
        self.rows = X.T.astype(np.float32)
        self.classes = np.argmax(Y, axis=0)

    def __len__(self):
        return self.classes.size

    def __getitem__(self, index):
        return self.rows[index], int(self.classes[index])
