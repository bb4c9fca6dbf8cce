# like: right/torch-dataset/tensors_each_time.py
# -         return self.X.shape[1]
# +         return self.X.shape[1] - 1
