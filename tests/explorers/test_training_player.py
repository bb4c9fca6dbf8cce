"""What the player shows of an epoch is what the network was at that epoch."""

import numpy as np
import pytest

from mlcourse.explorers import TrainingPlayer, training_player
from mlcourse.nn import GradientDescent, Network, binary_cross_entropy_from_logits, train

ASKED = {"hidden_units": 4, "activation": "relu", "learning_rate": 1.0, "seed": 0}


@pytest.fixture
def explorer():
    return TrainingPlayer()


@pytest.mark.parametrize("epoch", [0, 1, 120])
def test_an_epoch_has_the_network_of_that_many_steps(explorer, epoch):
    moment = explorer.compute("circles", epoch, **ASKED)
    X, Y = training_player.points("circles")
    network = Network.dense([2, 4, 1], "relu", rng=np.random.default_rng(0))
    train(network, X, Y, binary_cross_entropy_from_logits, GradientDescent(1.0), epoch)
    for kept, parameter in zip(moment.run.parameters[epoch], network.parameters(), strict=True):
        assert np.array_equal(kept, parameter)
    loss, dZ = binary_cross_entropy_from_logits(network.forward(X), Y)
    network.backward(dZ)
    assert moment.run.loss[epoch] == pytest.approx(loss)
    norms = [np.linalg.norm(network.gradients()[i]) for i in (0, 2)]
    assert moment.run.norms[epoch] == pytest.approx(norms)


def test_the_border_lies_where_the_network_cannot_decide(explorer):
    explorer.set(dataset="circles", epoch=300).figure  # noqa: B018
    W1, b1, W2, b2 = explorer.compute(**explorer.values).run.parameters[300]
    segments = explorer._border.get_segments()
    assert segments
    for segment in segments:
        logits = W2 @ np.maximum(W1 @ segment.T + b1, 0) + b2
        assert np.abs(logits).max() < 0.2 * np.abs(W2).max()


def test_a_network_is_trained_once_and_then_only_looked_at(explorer, monkeypatch):
    explorer.figure  # noqa: B018
    monkeypatch.setattr(training_player, "train", lambda *_, **__: pytest.fail("trained again"))
    for epoch in (0, 250, 500):
        assert f"Epoch {epoch}:" in explorer.set(epoch=epoch).summary
        explorer.figure  # noqa: B018


def test_a_loss_that_is_no_number_is_shown_as_diverged_at_its_epoch(explorer, monkeypatch):
    def broken(network, X, Y, loss, *rest, **named):
        calls = iter(range(10_000))

        def lost(Z, Y):
            value, dZ = loss(Z, Y)
            return (np.nan if next(calls) == 7 else value), dZ

        lost.accuracy = loss.accuracy
        return train(network, X, Y, lost, *rest, **named)

    monkeypatch.setattr(training_player, "train", broken)
    explorer.set(seed=13, epoch=500)
    assert explorer.summary.startswith("The loss diverged at epoch 7: it is no longer a number.")
    above = explorer.figure.axes[1]
    assert "diverged at epoch 7" in [text.get_text() for text in above.texts]
    moment = explorer.compute(**explorer.values)
    assert len(moment.run.loss) == 7 and np.isfinite(moment.logits).all()
    assert "Epoch 3: loss" in explorer.set(epoch=3).summary
    training_player.run.forget()


def test_a_network_whose_units_are_all_dead_is_said_to_be(explorer):
    explorer.set(dataset="moons", learning_rate=100, epoch=500)
    assert "no hidden unit responds" in explorer.summary
