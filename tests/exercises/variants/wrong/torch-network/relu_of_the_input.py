# like: right/torch-network/in_place_without_a_graph.py
# -         *hidden, last = self.layers
# +         x = F.relu(x)
# +         *hidden, last = self.layers
