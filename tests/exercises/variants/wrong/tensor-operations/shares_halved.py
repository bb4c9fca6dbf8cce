# like: right/tensor-operations/numbers_and_labels_too.py
# -                     p.grad = p.grad + s
# +                     p.grad = p.grad + s / 2
