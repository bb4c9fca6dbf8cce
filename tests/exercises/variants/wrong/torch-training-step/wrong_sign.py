# like: right/torch-training-step/gradients_asked_for.py
# -         parameter.grad = slope
# +         parameter.grad = -slope
