# named: nothing-comes-back
# like: right/tensor-operations/numbers_and_labels_too.py
# -         for node in autograd.topological_order(self)[::-1]:
# -             if node.pullback:
# -                 for p, s in zip(node.parents, node.pullback(node.grad), strict=True):
# -                     p.grad = p.grad + s
