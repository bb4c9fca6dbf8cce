# like: right/tensor-operations/numbers_and_labels_too.py
# -             self.data + other.data,
# +             self.data * other.data,
