# like: right/torch-dataset/arrays_as_items.py
# -         self.rows = X.T.astype(np.float32)
# +         self.rows = (X.T / 255).astype(np.float32)
