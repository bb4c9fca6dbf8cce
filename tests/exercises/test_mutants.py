"""No small change of a right answer passes, unless it is right as well."""

import sys
from pathlib import Path

import pytest

from mlcourse.exercises import get
from mlcourse.feedback.observe import observe
from mlcourse.feedback.run import answer

sys.path.insert(0, str(Path(__file__).parent))
from mutants import mutants

LAST_AXIS = "1  ->  -1"
AT_THE_KINK = "Z1 > 0  ->  Z1 >= 0"
"""ReLU has no slope at 0: any number between 0 and 1 will do for a gradient."""
ONLY_A_CHECK = "True  ->  False"
"""Of ``strict=True`` where both are as long, and of ``keepdims=True`` where the rows broadcast as well."""
ONE_ROW = "0  ->  -1"
"""The first row is the last one."""
ONE_OUTPUT = "W2.T @ dZ2  ->  W2.T * dZ2"
"""A column times a row: the same with * as with @."""

RIGHT_AS_WELL = {
    "power-chain": set(),
    "two-paths": set(),
    "shared-node": set(),
    "neuron-backward": set(),
    "sigmoid": {"Z >= 0  ->  Z > 0"},
    "forward-propagation": set(),
    "binary-cross-entropy": set(),
    "backward-propagation": {LAST_AXIS, AT_THE_KINK, ONE_OUTPUT},
    "update-parameters": set(),
    "initialize-parameters": set(),
    "predict": set(),
    "numerical-gradient": {"1e-05  ->  -1e-05"},  # the same two points
    "relative-difference": set(),
    "kinks": set(),
    "activation-derivatives": set(),
    "tanh-backward": {LAST_AXIS, ONE_OUTPUT},
    "three-layer-forward": set(),
    "three-layer-backward": {
        LAST_AXIS,
        AT_THE_KINK,
        "Z2 > 0  ->  Z2 >= 0",
        "W3.T @ dZ3  ->  W3.T * dZ3",
        # The steps between are not asked for.
        "gradients | {'dZ3': dZ3, 'dA2': dA2, 'dZ2': dZ2, 'dA1': dA1, 'dZ1': dZ1}  ->  gradients",
    },
    "deep-backward": {
        LAST_AXIS,
        "Z[layer] > 0  ->  Z[layer] >= 0",
        # Z of the last layer is not used.
        "L + 1  ->  L",
        "1  ->  2",
    },
    "minibatches": {LAST_AXIS},
    "momentum": set(),
    "adam": set(),
    "dense-layer": {LAST_AXIS},
    "network": set(),
    "staged-backward": set(),
    "several-outputs": set(),
    "gates": {LAST_AXIS, ONE_ROW},
    "regimes": {
        "losses = np.asarray(losses)  ->  left out",  # NumPy's functions take a list too
        "np.diff(losses) > 0.0001  ->  np.diff(losses) >= 0.0001",  # no sum of floats is exactly that
        "2  ->  -2",  # counted from the end it is the same place
    },
    "diagnosis": {  # nearly the same number twice: one of them will do
        "np.linalg.norm(a) + np.linalg.norm(b)  ->  np.linalg.norm(a)",
        "np.linalg.norm(a) + np.linalg.norm(b)  ->  np.linalg.norm(b)",
    },
    "bug-clinic": {LAST_AXIS, AT_THE_KINK, ONE_OUTPUT},
    "layer-factor": set(),
    "batch-noise": {LAST_AXIS},
    "largest-stable-rate": set(),
    "fair-comparison": {LAST_AXIS},
    "softmax-cross-entropy": {LAST_AXIS, ONLY_A_CHECK},
    "best-epoch": set(),
    "standard-error": set(),
    "confusion": {LAST_AXIS, ONLY_A_CHECK},
    "value-operations": {  # backward comes in the next exercise, and nobody asks for names
        "self.operation, self.label = (operation, label)  ->  left out",
        "order = topological_order(self)  ->  left out",
        "self.grad = 1.0  ->  left out",
        "for node in reversed(order):\n    node.propagate()  ->  left out",
        "1.0  ->  2.0",
        "1.0  ->  -1.0",
        ONLY_A_CHECK,
    },
    "topological-backward": {
        "self.operation, self.label = (operation, label)  ->  left out",
        ONLY_A_CHECK,
    },
    "train-network": {
        LAST_AXIS,
        AT_THE_KINK,
        ONE_OUTPUT,
        ONLY_A_CHECK,
        "2  ->  3",  # so few numbers do not tell a deviation from one 1.2 times as large
    },
    "initialization-study": {
        "X[:1] > 0  ->  X[:1] >= 0",
        LAST_AXIS,
        "cache[f'Z{layer - 1}'] > 0  ->  cache[f'Z{layer - 1}'] >= 0",
    },
    "labelled-graph": set(),
    "unbroadcast": set(),
    "matmul-backward": set(),
    "log-softmax": {ONLY_A_CHECK},
    "tensor-operations": {ONLY_A_CHECK},
}
"""What may pass, by exercise. Not here: digits and train-tensors, where any way to 90 % is right."""


@pytest.mark.parametrize("exercise_id", RIGHT_AS_WELL)
def test_every_other_change_of_the_reference_loses_points(exercise_id, cases_of):
    exercise = get(exercise_id)
    for part, cases in zip(exercise.parts, cases_of(exercise, 0), strict=True):
        references = [answer(part.drive, part.reference, case) for case in cases]
        passed = set()
        for words, function in mutants(part.reference):
            seen = (
                observe(part, case, answer(part.drive, function, case, 1.0), lambda right=right: right)
                for case, right in zip(cases, references, strict=True)
            )
            if all(observation.right for observation in seen):
                passed.add(words)
        assert passed <= RIGHT_AS_WELL[exercise_id]


def test_a_mutant_is_made_of_each_operator_number_and_statement():
    def f(x):
        y = x + 2
        return y

    words = [words for words, _ in mutants(f)]
    assert words == [
        "y = x + 2  ->  left out",
        "x + 2  ->  x - 2",
        "x + 2  ->  x",
        "x + 2  ->  2",
        "2  ->  3",
        "2  ->  -2",
    ]
