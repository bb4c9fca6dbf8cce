# like: right/torch-custom-function/attributes_of_ctx.py
# -         return Z / (1 + torch.exp(-beta * Z))
# +         return Z.clamp(min=0)
