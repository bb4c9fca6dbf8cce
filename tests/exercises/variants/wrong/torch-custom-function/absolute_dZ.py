# like: right/torch-custom-function/attributes_of_ctx.py
# -         return slope * (S + ctx.beta * A * (1 - S)), along_beta.sum(0)
# +         return (slope * (S + ctx.beta * A * (1 - S))).abs(), along_beta.sum(0)
