from torch import nn

loss_of = nn.CrossEntropyLoss()


def training_step(model, optimizer, X, Y):
    model.train()
    J = loss_of(model(X), Y)
    model.zero_grad()
    J.backward()
    optimizer.step()
    return float(J)
