# like: wrong/topological-backward/ten_nodes_only.py
# -         while stack and len(order) < 6:
# +         while stack:
# -             node.propagate()
# +             node.propagate()
# +             node.grad *= 2
