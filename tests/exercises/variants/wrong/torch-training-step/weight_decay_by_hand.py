# like: right/torch-training-step/by_a_closure.py
# -         loss = cross_entropy(model(X), Y)
# +         loss = cross_entropy(model(X), Y) + 0.01 * sum((p**2).sum() for p in model.parameters())
