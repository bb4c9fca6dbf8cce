import torch
from torch import nn


def fixed_1(model, X, labels, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"diagnosis": "gradients add up", "losses": losses}


def fixed_2(model, X, labels, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        scores = model(X)
        loss = nn.functional.cross_entropy(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {
        "diagnosis": "softmax taken twice",
        "losses": losses,
        "probabilities": torch.softmax(scores, dim=1),
    }


def fixed_3(model, X, labels, steps):
    X = X.T
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        scores = model(X)
        loss = nn.functional.cross_entropy(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"diagnosis": "examples in columns", "losses": losses, "scores": scores.detach()}


def fixed_4(model, X, labels, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    total = 0.0
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(X), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return {"diagnosis": "graphs are kept", "mean_loss": total / steps}


def fixed_5(hidden, output, X, labels, steps):
    model = nn.Sequential(hidden, nn.ReLU(), output)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(steps):
        A = torch.relu(hidden(X))
        loss = nn.functional.cross_entropy(output(A), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"diagnosis": "parameters outside the optimizer", "losses": losses, "A": A.detach()}


def fixed_6(width, depth, classes):
    layers = []
    for _ in range(depth):
        layers += [nn.Linear(width, width), nn.ReLU()]
    for layer in layers[::2]:
        nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
    model = nn.Sequential(*layers, nn.Linear(width, classes))
    return {"diagnosis": "weights too small for the depth", "model": model}
