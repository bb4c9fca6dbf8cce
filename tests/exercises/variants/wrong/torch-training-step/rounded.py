# like: right/torch-training-step/gradients_asked_for.py
# -     return loss.item()
# +     return round(loss.item(), 2)
