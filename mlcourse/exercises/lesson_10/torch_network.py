"""A network as a class of PyTorch's."""

from itertools import pairwise
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import draw_sizes, draw_until, mixed
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.pytorch import deferred, nn, torch

__all__ = ["EXERCISE", "torch"]


@deferred("Network")
def _network() -> type:
    class Network(nn.Module):
        """Reference of torch-network."""

        def __init__(self, sizes: list[int]) -> None:
            super().__init__()
            self.layers = nn.ModuleList()
            for n_in, n_out in pairwise(sizes):
                layer = nn.Linear(n_in, n_out)
                nn.init.kaiming_normal_(layer.weight)
                nn.init.zeros_(layer.bias)
                self.layers.append(layer)

        def forward(self, X: Any) -> Any:
            """Scores (m, n_L) for examples (m, n_0) in rows."""
            A = X
            for layer in self.layers[:-1]:
                Z = layer(A)
                A = torch.relu(Z)
            return self.layers[-1](A)

    return Network


MISTAKES = known(
    _network,
    """
    default-initialization
        Your weights start as nn.Linear makes them, uniform between -1/sqrt(n_in) and 1/sqrt(n_in). He's have
        the standard deviation sqrt(2 / n_in): nn.init.kaiming_normal_(layer.weight).
        - nn.init.kaiming_normal_(layer.weight)
    xavier
        Your weights have Xavier's spread, which is made for tanh. With ReLU take He's:
        nn.init.kaiming_normal_(layer.weight).
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.xavier_normal_(layer.weight)
        or
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.xavier_uniform_(layer.weight)
        or
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.normal_(layer.weight, std=n_in**-0.5)
    standard-normal
        Your weights start with the standard deviation 1. He's is sqrt(2 / n_in).
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.normal_(layer.weight)
    fan-out
        The spread of your weights follows from n_out. He's follows from the number of inputs, n_in.
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.kaiming_normal_(layer.weight, mode="fan_out")
    biases-as-they-are
        Your biases start as nn.Linear makes them, at random. Here they start at zero:
        nn.init.zeros_(layer.bias).
        - nn.init.zeros_(layer.bias)
    nothing-initialized
        Your weights and biases start as nn.Linear makes them. Here the weights are He's,
        nn.init.kaiming_normal_(layer.weight), and the biases zero, nn.init.zeros_(layer.bias).
        - nn.init.kaiming_normal_(layer.weight)
        - nn.init.zeros_(layer.bias)
    super-forgotten
        Your __init__ begins without super().__init__(). nn.Module must be set up before the first layer is
        assigned, to note it down.
        - super().__init__()
    input-transposed
        You transposed X. An example is a row here, as nn.Linear expects it: take X as it comes.
        - A = X
        + A = X.T
    list-of-layers
        parameters() is empty, and an optimizer would have nothing to train: your layers stand where nn.Module
        does not look, as in a list of Python's. Use nn.ModuleList or nn.Sequential.
        - nn.ModuleList()
        + []
    no-bias
        Your layers have no biases. nn.Linear makes them, unless it is told bias=False.
        - nn.Linear(n_in, n_out)
        + nn.Linear(n_in, n_out, bias=False)
        - nn.init.zeros_(layer.bias)
    sizes-exchanged
        You exchanged n_in and n_out: nn.Linear(n_in, n_out) takes the inputs first.
        - nn.Linear(n_in, n_out)
        + nn.Linear(n_out, n_in)
    no-relu
        Your network has no ReLU between its layers, so all of it is one linear layer.
        - torch.relu(Z)
        + Z
    tanh-hidden
        You used tanh in the hidden layers. Here it is ReLU.
        - torch.relu(Z)
        + torch.tanh(Z)
    sigmoid-hidden
        You used the sigmoid in the hidden layers. Here it is ReLU.
        - torch.relu(Z)
        + torch.sigmoid(Z)
    relu-at-the-end
        You put a ReLU behind the last layer. Scores may be negative: return what the last layer gives.
        - self.layers[-1](A)
        + torch.relu(self.layers[-1](A))
    softmax-at-the-end
        You put a softmax behind the last layer. The network returns scores; the loss takes the softmax
        itself.
        - self.layers[-1](A)
        + torch.softmax(self.layers[-1](A), dim=1)
        or
        - self.layers[-1](A)
        + torch.log_softmax(self.layers[-1](A), dim=1)
        or
        - self.layers[-1](A)
        + torch.softmax(self.layers[-1](A), dim=0)
    scores-in-columns
        Your scores stand in columns. In PyTorch each example is a row, of the input and of the scores.
        - self.layers[-1](A)
        + self.layers[-1](A).T
    graph-cut
        No gradient reaches your parameters. .detach(), .data, torch.no_grad() and requires_grad=False keep it
        away: leave them out.
        - self.layers[-1](A)
        + self.layers[-1](A).detach()
    graph-cut-in-the-middle
        Only your last layer gets a gradient: a .detach() or .data before it cuts the graph, or the others are
        frozen.
        - torch.relu(Z)
        + torch.relu(Z).detach()
    """,
)


def _inputs(rng: np.random.Generator) -> Case:
    """Sizes of three layers, weights and biases, a batch in rows, and a slope along the scores."""
    n_0, n_1, n_2, _, m = draw_sizes(rng, 3)
    n_3 = int(rng.integers(2, 6))

    def draw() -> Case:
        sizes = [n_0, n_1, n_2, n_3]
        pairs = list(pairwise(sizes))
        return {
            "sizes": sizes,
            "seed": int(rng.integers(2**31)),
            "weights": [rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in) for n_in, n_out in pairs],
            "biases": [rng.standard_normal(n_out) * 0.3 for _, n_out in pairs],
            "X": rng.standard_normal((m, n_0)),
            "dZ": rng.standard_normal((m, n_3)),
        }

    return draw_until(draw, _well_mixed)


def _well_mixed(case: Case) -> bool:
    A, found = case["X"], []
    for W, b in zip(case["weights"][:-1], case["biases"][:-1], strict=True):
        Z = A @ W.T + b
        A = np.maximum(Z, 0)
        found.append(mixed(Z))
    return all(found)


def _edges() -> list[Case]:
    """One layer alone, which has no ReLU; one example."""
    rng = np.random.default_rng(10)
    single = {
        "sizes": [4, 3],
        "seed": 1,
        "weights": [rng.standard_normal((3, 4))],
        "biases": [rng.standard_normal(3)],
        "X": rng.standard_normal((5, 4)),
        "dZ": rng.standard_normal((5, 3)),
    }
    one = _inputs(rng)
    return [single, one | {"X": one["X"][:1], "dZ": one["dZ"][:1]}]


EXERCISE = Exercise(
    id="torch-network",
    lesson="10-pytorch",
    points=3,
    title="A network as an nn.Module",
    requires="torch",
    parts=(
        Part(
            function="Network",
            inputs=_inputs,
            reference=_network,
            returns={
                "shapes": "shapes of parameters()",
                "initial": "initial spread",
                "Z": "Z",
                "gradients": "gradients",
            },
            order=("shapes of parameters()", "initial spread", "Z", "gradients"),
            shapes={"X": "(m, n0)", "Z": "(m, nL)", "dZ": "(m, nL)"},
            formulas={
                "shapes of parameters()": "layer = nn.Linear(n_in, n_out) for each pair of sizes, all of "
                "them in an nn.ModuleList or nn.Sequential",
                "initial spread": "nn.init.kaiming_normal_(layer.weight); nn.init.zeros_(layer.bias)",
                "Z": "A = torch.relu(layer(A)) for all layers but the last; Z = layer(A) for the last",
            },
            section="A network as an nn.Module",
            edges=_edges,
            drive="torch_network",
            mistakes=MISTAKES,
            seconds=20,
        ),
    ),
)
