# like: right/torch-custom-function/attributes_of_ctx.py
# -         along_beta = slope * A * (ctx.Z - A)
# +         along_beta = slope * A * (ctx.Z - A) / 2
