import torch.nn.functional as F


def training_step(model, optimizer, X, Y):
    scores = model(X)
    targets = F.one_hot(Y, num_classes=scores.size(1)).to(scores)
    model.zero_grad()
    loss = F.cross_entropy(scores, targets)
    loss.backward()
    optimizer.step()
    return loss.item()
