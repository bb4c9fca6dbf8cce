# like: right/torch-custom-function/inner_once.py
# -         return dA * s + dA * inner * beta, (dA * inner * Z).sum(0)
# +         return dA * s - dA * inner * beta, (dA * inner * Z).sum(0)
