class Network:
    def __init__(self, layers):
        self.first, *self.rest = layers

    def forward(self, X):
        A = self.first.forward(X)
        for layer in self.rest:
            A = layer.forward(A)
        return A

    def backward(self, dZ):
        for k in range(len(self.rest) - 1, -1, -1):
            dZ = self.rest[k].backward(dZ)
        return self.first.backward(dZ)

    def parameters(self):
        found = []
        for layer in [self.first, *self.rest]:
            if getattr(layer, "W", None) is not None:
                found += [layer.W, layer.b]
        return found

    def gradients(self):
        found = []
        for layer in [self.first, *self.rest]:
            if "dW" in dir(layer):
                found.extend((layer.dW, layer.db))
        return found
