"""From the course's columns to the rows of PyTorch: examples, one at a time."""

from typing import Any

import numpy as np

from mlcourse.exercises.base import Case, Exercise, Part
from mlcourse.exercises.drawing import Array
from mlcourse.exercises.known_mistakes import known
from mlcourse.exercises.pytorch import data, deferred, torch

__all__ = ["EXERCISE", "torch"]


@deferred("Examples")
def _examples() -> type:
    class Examples(data.Dataset):
        """Reference of torch-dataset."""

        def __init__(self, X: Array, Y: Array) -> None:
            self.X = torch.tensor(X.T, dtype=torch.float32)
            self.labels = torch.tensor(Y.argmax(axis=0))

        def __len__(self) -> int:
            return len(self.labels)

        def __getitem__(self, i: int) -> tuple[Any, Any]:
            return self.X[i], self.labels[i]

    return Examples


MISTAKES = known(
    _examples,
    """
    features-counted
        Your dataset has as many examples as there are features. X has shape (n, m): there are m examples,
        its columns.
        - len(self.labels)
        + self.X.shape[1]
    features-as-examples
        You gave out the rows of X, which are features. An example is a column: X[:, i], or X.T[i].
        - X.T
        + X
        or
        - X.T
        + X
        - len(self.labels)
        + len(self.X)
    classes-counted
        Your dataset has as many examples as there are classes. Y has shape (classes, m): there are m
        examples.
        - return len(self.labels)
        + return self.classes
        - self.labels = torch.tensor(Y.argmax(axis=0))
        + self.labels = torch.tensor(Y.argmax(axis=0))
        + self.classes = len(Y)
    example-as-column
        Each example keeps an axis too many. x has the shape (n,): the DataLoader puts the examples of a batch
        together as rows.
        - return self.X[i], self.labels[i]
        + return self.X[i : i + 1], self.labels[i]
        or
        - return self.X[i], self.labels[i]
        + return self.X[i][:, None], self.labels[i]
    label-in-brackets
        Each label is an array with one entry. Give the number: the DataLoader makes a row of labels of them.
        - self.labels[i]
        + self.labels[i : i + 1]
    one-hot-labels
        Your labels are one-hot columns. Here a label is the number of its class: Y.argmax(axis=0).
        - torch.tensor(Y.argmax(axis=0))
        + torch.tensor(Y.T)
        or
        - torch.tensor(Y.argmax(axis=0))
        + torch.tensor(Y.T, dtype=torch.float32)
        or
        - torch.tensor(Y.argmax(axis=0))
        + torch.tensor(Y.T, dtype=torch.int64)
    argmax-along-the-examples
        You took argmax along the examples. The classes are axis 0 of Y: Y.argmax(axis=0).
        - return len(self.labels)
        + return len(self.X)
        - Y.argmax(axis=0)
        + Y.argmax(axis=1)
    float64-inputs
        Your inputs are float64, as NumPy's are. The weights of a network are float32 unless somebody says
        otherwise: torch.tensor(X.T, dtype=torch.float32).
        - torch.tensor(X.T, dtype=torch.float32)
        + torch.tensor(X.T)
    float-labels
        Your labels are not whole numbers of 64 bits. CrossEntropyLoss wants int64 for numbers of classes.
        - torch.tensor(Y.argmax(axis=0))
        + torch.tensor(Y.argmax(axis=0), dtype=torch.float32)
        or
        - torch.tensor(Y.argmax(axis=0))
        + torch.tensor(Y.argmax(axis=0), dtype=torch.int32)
        or
        - torch.tensor(Y.argmax(axis=0))
        + torch.tensor(Y.argmax(axis=0), dtype=torch.float64)
    order-exchanged
        You gave out the label first. An item is x and then its label.
        - return self.X[i], self.labels[i]
        + return self.labels[i], self.X[i]
    label-left-out
        Your items have no label. An item is x and its label.
        - return self.X[i], self.labels[i]
        + return self.X[i]
    """,
)


def _inputs(rng: np.random.Generator, m: int = 0, batch_size: int = 0) -> Case:
    """Examples in columns, one-hot labels of every class, and a size of batch that leaves a rest."""
    classes, n, batch = (int(size) for size in rng.permutation([2, 3, 4, 5])[:3])
    m = m or 2 * batch + int(rng.integers(1, batch)) + 4
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, m)])[:m]
    return {
        "X": rng.standard_normal((n, m)),
        "Y": np.eye(classes)[:, rng.permutation(labels)],
        "batch_size": batch_size or batch,
    }


def _edges() -> list[Case]:
    """One example; all in one batch; as many features as examples."""
    rng = np.random.default_rng(14)
    square = _inputs(rng, m=6, batch_size=4)
    return [_inputs(rng, 1), _inputs(rng, 9, 20), square | {"X": rng.standard_normal((6, 6))}]


EXERCISE = Exercise(
    id="torch-dataset",
    lesson="10-pytorch",
    points=2,
    title="Examples for a DataLoader",
    requires="torch",
    parts=(
        Part(
            function="Examples",
            inputs=_inputs,
            reference=_examples,
            returns={
                "length": "len(dataset)",
                "X": "inputs of the batches",
                "labels": "labels of the batches",
                "types": "data types",
            },
            order=("len(dataset)", "inputs of the batches", "labels of the batches", "data types"),
            shapes={"X": "(n, m)", "Y": "(classes, m)"},
            formulas={
                "len(dataset)": "m, the number of columns of X",
                "inputs of the batches": "item i begins with X[:, i], as float32",
                "labels of the batches": "item i ends with its class, Y[:, i].argmax(), as int64",
                "data types": "float32 for the inputs, int64 for the labels",
            },
            section="Examples for a DataLoader",
            edges=_edges,
            drive="torch_dataset",
            mistakes=MISTAKES,
            rtol=1e-6,
            seconds=20,
        ),
    ),
)
