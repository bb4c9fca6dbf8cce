# the same with other means: p.grad = None, float(), transposes by permute, one optimizer with two groups
import torch
import torch.nn.functional as F


def train(model, X, labels, steps, parameters=None):
    parameters = list(parameters or model.parameters())
    sgd = torch.optim.SGD(parameters, lr=0.2)
    losses, seen = [], None
    for _ in range(steps):
        seen = model(X)
        J = F.cross_entropy(seen, labels)
        for p in parameters:
            p.grad = None
        J.backward()
        sgd.step()
        losses.append(float(J.detach()))
    return losses, seen.detach()


def fixed_1(model, X, labels, steps):
    return {"diagnosis": "gradients add up", "losses": train(model, X, labels, steps)[0]}


def fixed_2(model, X, labels, steps):
    losses, scores = train(model, X, labels, steps)
    return {"diagnosis": "softmax taken twice", "losses": losses, "probabilities": scores.softmax(1)}


def fixed_3(model, X, labels, steps):
    losses, scores = train(model, X.permute(1, 0), labels, steps)
    return {"losses": losses, "scores": scores, "diagnosis": "examples in columns"}


def fixed_4(model, X, labels, steps):
    losses, _ = train(model, X, labels, steps)
    return {"diagnosis": "graphs are kept", "mean_loss": sum(losses) / len(losses)}


def fixed_5(hidden, output, X, labels, steps):
    kept = []

    def model(X):
        kept[:] = [torch.relu(hidden(X))]
        return output(kept[0])

    both = [*hidden.parameters(), *output.parameters()]
    losses, _ = train(model, X, labels, steps, both)
    return {"diagnosis": "parameters outside the optimizer", "losses": losses, "A": kept[0].detach()}


def fixed_6(width, depth, classes):
    def layer():
        made = torch.nn.Linear(width, width)
        made.weight.data.normal_(std=(2 / width) ** 0.5)
        made.bias.data.zero_()
        return made

    parts = [part for _ in range(depth) for part in (layer(), torch.nn.ReLU())]
    model = torch.nn.Sequential(*parts)
    model.append(torch.nn.Linear(width, classes))
    return {"diagnosis": "weights too small for the depth", "model": model}
