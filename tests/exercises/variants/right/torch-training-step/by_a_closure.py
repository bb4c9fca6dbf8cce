from torch.nn.functional import cross_entropy


def training_step(model, optimizer, X, Y):
    def again():
        optimizer.zero_grad()
        loss = cross_entropy(model(X), Y)
        loss.backward()
        return loss

    return optimizer.step(again).item()
