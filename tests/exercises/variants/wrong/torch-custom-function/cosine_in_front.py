# like: right/torch-custom-function/with_tanh.py
# -         return Z.mul(S)
# +         return torch.cos(Z).mul(S)
