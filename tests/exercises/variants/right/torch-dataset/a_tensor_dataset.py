import torch
from torch.utils.data import TensorDataset


class Examples(TensorDataset):
    def __init__(self, X, Y):
        super().__init__(torch.from_numpy(X).T.to(torch.float32), torch.from_numpy(Y).argmax(dim=0))
