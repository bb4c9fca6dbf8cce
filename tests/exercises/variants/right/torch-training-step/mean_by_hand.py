import torch.nn.functional as F


def training_step(model, optimizer, X, Y):
    optimizer.zero_grad()
    each = F.cross_entropy(model(X), Y, reduction="none")
    loss = each.sum() / X.shape[0]
    loss.backward()
    optimizer.step()
    return loss.detach().item()
