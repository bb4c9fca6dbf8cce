"""Sentences of lesson 10 that need no PyTorch, each computed here."""

import numpy as np
import pytest

NAME = "10-pytorch"


def test_how_the_gradients_of_a_default_start_fall_from_layer_to_layer(says):
    says(NAME, "$dW$ is level. Behind them the random biases keep $A$ up, and $dW$ goes with $dZ$")
    says(NAME, "from the last layer back it falls by a factor of about 2.4 a layer")
    says(NAME, "So with three layers the first gradient is about as large as the last")

    def norms(seed, depth):
        """As in the lesson: of dW in each layer of 64 units, for 100 examples."""
        rng = np.random.default_rng(seed)
        A, layers = rng.standard_normal((64, 100)), []
        for _ in range(depth):
            W, b = rng.uniform(-1 / 8, 1 / 8, (64, 64)), rng.uniform(-1 / 8, 1 / 8, (64, 1))
            layers.append((W, A, W @ A + b))
            A = np.maximum(W @ A + b, 0)
        dA, found = rng.standard_normal(A.shape), []
        for W, A_before, Z in reversed(layers):
            found.append(np.linalg.norm(dA * (Z > 0) @ A_before.T))
            dA = W.T @ (dA * (Z > 0))
        return np.array(found[::-1])

    for seed in range(4):
        found = norms(seed, 20)
        assert found[2] < 2 * found[0]  # at 2.4 a layer it would be six times
        assert (found[19] / found[5]) ** (1 / 14) == pytest.approx(2.4, abs=0.15)
        three = norms(seed, 3)
        assert three[0] / three[2] == pytest.approx(1, abs=0.3)


def test_a_hint_for_swish_leads_to_the_number_of_the_example(says):
    says(NAME, "so the slope of $A$ along $\\beta$ is $Z \\cdot S\\,(1 - S) \\cdot Z$")
    says(NAME, "With $dA$ = `[[1.0]]`, $dZ = 0.9277$ and $d\\beta = 0.7864$")
    Z, S = 2.0, 1 / (1 + np.exp(-1.0))
    dbeta = Z * S * (1 - S) * Z
    assert dbeta == pytest.approx(0.7864, abs=5e-5)
