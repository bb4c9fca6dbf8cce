# like: right/torch-network/own_parameters.py
# -             weight = torch.randn(p, n) * math.sqrt(2 / n)
# +             weight = torch.randn(p, n) * math.sqrt(2 / n) / 2
