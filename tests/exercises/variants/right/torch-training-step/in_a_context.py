import torch


def training_step(model, optimizer, X, Y):
    was, answer = model.training, None
    model.train(True)
    with torch.set_grad_enabled(True):
        Z = model(X)
        P = Z.exp() / Z.exp().sum(dim=1, keepdim=True)
        loss = -P[range(len(Y)), Y].log().mean()
        optimizer.zero_grad()
        loss.backward()
        answer = loss.data.item()
        optimizer.step()
    model.train(was)
    return answer
