# like: right/torch-custom-function/sum_left_to_pytorch.py
# -         return dA * s + dA * inner * beta, dA * inner * Z
# +         return dA * s + dA * inner * beta, dA * inner * Z * beta
