# like: right/torch-custom-function/setup_context.py
# -         return dA * S + dU * beta, torch.einsum("mn,mn->n", dU, Z)
# +         return dA * S + dU * beta, (dU * Z)[-1]
