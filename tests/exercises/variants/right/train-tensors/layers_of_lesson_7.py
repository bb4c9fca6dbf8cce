from mlcourse import nn


def train_tensors(X, Y, rng):
    network = nn.Network([nn.Dense(784, 32, rng), nn.ReLU(), nn.Dense(32, 10, rng)])
    for _ in range(8):
        order = rng.permutation(X.shape[1])
        for start in range(0, len(order), 16):
            batch = order[start : start + 16]
            _, dZ = nn.softmax_cross_entropy(network.forward(X[:, batch]), Y[:, batch])
            network.backward(dZ)
            for parameter, gradient in zip(network.parameters(), network.gradients(), strict=True):
                parameter -= 0.15 * gradient
    return lambda images: network.forward(images).argmax(axis=0)
