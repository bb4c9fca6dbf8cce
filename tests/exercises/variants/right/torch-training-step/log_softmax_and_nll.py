import torch.nn.functional as F


def training_step(model, optimizer, X, Y):
    logp = F.log_softmax(model(X), dim=1)
    loss = F.nll_loss(logp, Y)
    value = loss.detach().numpy().item()
    for parameter in model.parameters():
        parameter.grad = None
    loss.backward()
    optimizer.step()
    return value
