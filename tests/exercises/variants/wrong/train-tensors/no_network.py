# named: no-function
def train_tensors(X, Y, rng):
    return None
