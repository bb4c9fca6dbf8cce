# like: right/torch-dataset/in_a_list.py
# -         self.X = torch.as_tensor(np.ascontiguousarray(X.T), dtype=torch.float32)
# +         self.X = torch.as_tensor(X.reshape(X.shape[1], X.shape[0]), dtype=torch.float32)
