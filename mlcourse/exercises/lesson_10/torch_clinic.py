"""The clinic: six programs to name the fault of, and to repair."""

from collections.abc import Callable
from itertools import pairwise
from textwrap import indent
from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Finding, Mistake, Part
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.torch_clinic import BROKEN
from mlcourse.exercises.torch_clinic_diagnoses import CAUSE, DIAGNOSES

CURES = {
    1: """
- loss.backward()
+ optimizer.zero_grad()
+ loss.backward()
""",
    2: """
- probabilities = torch.softmax(model(X), dim=1)
- loss = nn.functional.cross_entropy(probabilities, labels)
+ scores = model(X)
+ probabilities = torch.softmax(scores, dim=1)
+ loss = nn.functional.cross_entropy(scores, labels)
""",
    3: """
- model(X)
+ model(X.T)
""",
    4: """
- total += loss
+ total += loss.item()
""",
    5: """
- hidden.parameters()
+ [*hidden.parameters(), *output.parameters()]
""",
    6: """
- layers += [layer, nn.ReLU()]
+ nn.init.kaiming_normal_(layer.weight)
+ layers += [layer, nn.ReLU()]
""",
}
"""What heals each patient: here the edit makes it right."""

GIVES_BACK = {
    1: {"losses": "losses"},
    2: {"losses": "losses", "probabilities": "probabilities"},
    3: {"losses": "losses", "scores": "scores"},
    4: {"mean_loss": "mean_loss"},
    5: {"losses": "losses", "A": "A"},
    6: {"spreads": "spread of the weights", "last": "weights of the output layer", "scores": "scores"},
}
"""What each patient gives back besides the diagnosis; of the sixth one's network, what is measured."""

AFTER = {"parameters": "parameters after training", "kept": "graphs kept"}
"""What is measured when a program that trains has ended."""

STILL_BROKEN = {
    1: "The first patient is not cured: each step uses the sum of all gradients so far. Write "
    "optimizer.zero_grad() before loss.backward(), in every step.",
    2: "The second patient is not cured: cross_entropy takes the softmax itself. Give it the scores, "
    "model(X).",
    3: "The third patient is not cured: model(X) takes the rows of X for examples. Give it X.T.",
    4: "The fourth patient is not cured: something in it refers to the graph of every step as long as the "
    "program runs. Keep numbers: loss.item().",
    5: "The fifth patient is not cured: the parameters of output stay as they were. Give the optimizer those "
    "of both layers.",
    6: "The sixth patient is not cured: its weights have nn.Linear's own spread. Give each hidden layer "
    "He's: nn.init.kaiming_normal_(layer.weight).",
}

NEARBY = {
    1: """
    parameters-stay
        Your parameters stay as they were: optimizer.step() is missing, or it finds no gradients, as where
        they are reset after loss.backward().
        - optimizer.zero_grad()
        - loss.backward()
        + loss.backward()
        + optimizer.zero_grad()
    """,
    2: """
    probabilities-along-the-batch
        Your probabilities add up to 1 along the batch. Softmax goes along the classes: dim=1.
        - torch.softmax(scores, dim=1)
        + torch.softmax(scores, dim=0)
    nll-of-probabilities
        nll_loss wants logarithms of probabilities. Give the scores to cross_entropy.
        - nn.functional.cross_entropy(scores, labels)
        + nn.functional.nll_loss(probabilities, labels)
    scores-for-probabilities
        Your probabilities are scores. They are the softmax of the scores; only the loss wants scores.
        - torch.softmax(scores, dim=1)
        + scores
    """,
    3: """
    scores-transposed
        You transposed the scores. It is X whose examples are columns: model(X.T).
        - model(X.T)
        + model(X).T
    scores-in-columns
        You gave back the scores in columns. In PyTorch the scores of an example are a row, like the example.
        - scores.detach()
        + scores.detach().T
    """,
    4: """
    only-the-last
        Your total is the last loss alone. Add up: total += loss.item().
        - total += loss.item()
        + total = loss.item()
    sum-for-mean
        Your mean_loss is the sum. Leave the division by steps as it was.
        - total / steps
        + total
    """,
    5: """
    output-alone
        Now the parameters of hidden stay as they were. The optimizer needs those of both layers.
        - [*hidden.parameters(), *output.parameters()]
        + output.parameters()
    weights-without-biases
        The biases stay as they were. Give the optimizer all parameters of both layers.
        - [*hidden.parameters(), *output.parameters()]
        + [hidden.weight, output.weight]
    bias-of-output-forgotten
        The bias of output stays as it was. Give the optimizer all parameters of both layers.
        - [*hidden.parameters(), *output.parameters()]
        + [*hidden.parameters(), output.weight]
    """,
    6: """
    xavier
        Xavier's spread is made for tanh: with ReLU each layer still halves the square of the signal. Take
        He's, nn.init.kaiming_normal_.
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.xavier_normal_(layer.weight)
        or
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.xavier_uniform_(layer.weight)
    standard-normal
        Weights with the standard deviation 1 are too large: the signal grows from layer to layer. He's is
        sqrt(2 / width).
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.normal_(layer.weight)
    no-spread
        The spread of your hidden weights is 0, or close to it. Take He's, nn.init.kaiming_normal_.
        - nn.init.kaiming_normal_(layer.weight)
        + nn.init.zeros_(layer.weight)
    """,
}
"""For each case, what one is likely to do wrong in curing it."""


def cured(n: int) -> Callable[..., Any]:
    """A patient's own program, repaired, its fault named."""
    change = f'{CURES[n].strip()}\n- ""\n+ "{CAUSE[n].name}"'
    (cure,) = known(BROKEN[n], f"cured\n    Healthy.\n{indent(change, '    ')}")
    return cure.function


def mistakes(n: int, reference: Callable[..., Any]) -> tuple[Mistake, ...]:
    """The fault named and left as it is; and what is nearby."""
    named = f'named\n    Named.\n    - ""\n    + "{CAUSE[n].name}"'
    (left,) = known(BROKEN[n], named)
    nearby = NEARBY[n] + KEPT * (n not in (4, 6)) + OTHER_RATE * (n != 6)
    return (Mistake("still-broken", STILL_BROKEN[n], left.function), *known(reference, nearby))


KEPT = """
    loss-kept
        Your program refers to the graphs of all its steps, as one does that keeps each loss as a tensor. Keep
        the number: loss.item().
        - losses.append(loss.item())
        + losses.append(loss)
    """
OTHER_RATE = """
    other-rate
        Your steps are as long as with another learning rate. That is not the fault: leave it at lr=0.2.
""" + "        or\n".join(
    f"        - 0.2\n        + {rate}\n" for rate in (0.01, 0.02, 0.05, 0.1, 0.3, 0.5, 1.0)
)
TABLE = 'under "diagnosis" stands one of the names in the table, letter for letter.'
LAST_ZERO = "The weights of your output layer are all zero. That layer has no fault: leave it as it was."
OTHER_LAYERS = (
    "Your model has other layers than that of broken_6: {depth} of {width} units each, and one for the "
    "{classes} classes."
)

FORMULAS = {
    1: {"losses": "optimizer.zero_grad(); loss.backward(); optimizer.step()"},
    2: {"losses": "loss = nn.functional.cross_entropy(scores, labels)"},
    3: {"losses": "scores = model(X) for an X whose rows are examples"},
    4: {"graphs kept": "a number refers to no graph: loss.item()"},
    5: {"losses": "optimizer = torch.optim.SGD(all parameters of both layers, lr=0.2)"},
    6: {"spread of the weights": "sqrt(2 / width), which is 1.4 in units of 1 / sqrt(width)"},
}
"""For later hints."""


def compare(n: int) -> Callable[[Case, Any], Any]:
    """No repair without its diagnosis; and what a repair gives back is what its patient does."""
    after = AFTER if n < 6 else {}
    expected = {"diagnosis", *GIVES_BACK[n], *after}
    own = " and ".join(f'"{key}"' for key in ("diagnosis", *(GIVES_BACK[n] if n < 6 else ("model",))))

    def judge(case: Case, answer: Any) -> Any:
        given = GIVES_BACK[n] if n < 6 else ("spreads",)
        if set(answer) != expected or any(answer[name] is None for name in given):
            words = f"fixed_{n} is not broken_{n} repaired: that gives back {own}, and nothing else."
            return Finding(f"fixed_{n}", words, "another-program")
        said = answer["diagnosis"]
        if said == CAUSE[n].name:
            if n == 6 and not answer["spreads"]:
                return Finding("fixed_6", OTHER_LAYERS.format(**case), "other-layers")
            if n == 6 and not answer["last"]:
                return Finding("fixed_6", LAST_ZERO, "output-layer-zero")
            return NotImplemented
        guess = next((one for one in DIAGNOSES if one.name == said), None)
        if guess:
            words = f"Patient {n} does not have {guess.name}: then {guess.signs}. Examine it again."
            return Finding("diagnosis", words, "wrong-diagnosis")
        words = f"Patient {n} has no diagnosis yet"
        if type(said) is str and said.strip():
            words = f'"{said[:60]}" is not the name of a diagnosis'
        return Finding("diagnosis", f"{words}: {TABLE}", "no-diagnosis")

    return judge


def draw(n: int) -> Callable[[np.random.Generator], Case]:
    """Weights of two layers, examples and labels; for the third patient in columns, as many as features."""

    def inputs(rng: np.random.Generator) -> Case:
        n_in, n_hidden, m = (int(size) for size in rng.permutation(np.arange(5, 12))[:3])
        classes = int(rng.integers(3, 5))
        m = n_in if n == 3 else m
        sizes = (n_in, n_hidden, classes)
        return {
            "weights": [rng.standard_normal((b, a)) * np.sqrt(2 / a) for a, b in pairwise(sizes)],
            "biases": [rng.standard_normal(b) * 0.3 for b in sizes[1:]],
            "apart": n == 5,
            "X": rng.standard_normal((n_in, m) if n == 3 else (m, n_in)),
            "labels": rng.integers(0, classes, m),
            "steps": 8,
            "gives_back": list(GIVES_BACK[n]),
        }

    return inputs


def draw_deep(rng: np.random.Generator) -> Case:
    """A network so wide that the spread of its weights is certain."""
    return {
        "width": int(rng.integers(180, 220)),
        "depth": int(rng.integers(2, 5)),
        "classes": int(rng.integers(3, 6)),
        "seed": int(rng.integers(2**31)),
    }


def part(n: int) -> Part:
    """One patient."""
    reference = cured(n)
    after = AFTER if n < 6 else {}
    leaves = {"diagnosis": "diagnosis", **GIVES_BACK[n], **after}
    return Part(
        function=f"fixed_{n}",
        inputs=draw(n) if n < 6 else draw_deep,
        reference=reference,
        returns=leaves,
        order=tuple(leaves.values()),
        formulas=FORMULAS[n],
        section="The clinic",
        drive="torch_program" if n < 6 else "torch_deep_network",
        mistakes=mistakes(n, reference),
        compare=compare(n),
        seconds=20,
    )


EXERCISE = Exercise(
    id="torch-clinic",
    lesson="10-pytorch",
    points=6,
    title="The clinic for PyTorch",
    requires="torch",
    parts=tuple(part(n) for n in CURES),
)
