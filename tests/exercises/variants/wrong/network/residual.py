class Network:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, X):
        for layer in self.layers:
            Z = layer.forward(X)
            X = X + Z if X.shape == Z.shape else Z
        return X

    def backward(self, dZ):
        for layer in reversed(self.layers):
            dZ = layer.backward(dZ)
        return dZ

    def parameters(self):
        return [p for layer in self.layers if hasattr(layer, "W") for p in (layer.W, layer.b)]

    def gradients(self):
        return [p for layer in self.layers if hasattr(layer, "W") for p in (layer.dW, layer.db)]
