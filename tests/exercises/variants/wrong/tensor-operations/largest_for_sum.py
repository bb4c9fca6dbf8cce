# like: right/tensor-operations/numbers_and_labels_too.py
# -         return Tensor(self.data.sum(axis=axis, keepdims=keepdims), (self,), back, "sum")
# +         return Tensor(self.data.max(axis=axis, keepdims=keepdims), (self,), back, "sum")
