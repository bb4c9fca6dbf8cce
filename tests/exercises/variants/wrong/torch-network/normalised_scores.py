# like: right/torch-network/in_place_without_a_graph.py
# -         return last(x)
# +         Z = last(x)
# +         return Z - Z.mean(dim=1, keepdim=True)
