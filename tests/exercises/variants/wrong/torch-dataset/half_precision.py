# like: right/torch-dataset/tensors_each_time.py
# -         x = torch.tensor(self.X[:, i]).float()
# +         x = torch.tensor(self.X[:, i]).half()
