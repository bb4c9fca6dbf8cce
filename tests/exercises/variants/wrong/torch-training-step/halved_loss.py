# like: right/torch-training-step/by_a_closure.py
# -         loss = cross_entropy(model(X), Y)
# +         loss = cross_entropy(model(X), Y) / 2
