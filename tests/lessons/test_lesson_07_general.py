"""What lesson 07 says about overfitting, baselines and error bars, over other starts than the one shown."""

from collections import deque

import numpy as np
import pytest

from mlcourse import datasets, nn
from mlcourse.explorers.digit_images import pick
from mlcourse.explorers.digits import EXAMPLES, _trained, trained_network

LESSON = "07-numpy-network"
LOSS = nn.softmax_cross_entropy

train, validation, test = (datasets.digits().split(part) for part in ("train", "validation", "test"))
WAYS = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]


def shifted(images, down, right):
    framed = np.pad(images.reshape(28, 28, -1), ((2, 2), (2, 2), (0, 0)))
    return framed[2 - down : 30 - down, 2 - right : 30 - right].reshape(images.shape)


def share_right(network, images, labels):
    return np.mean(network.predict(images.astype(np.float32)) == labels)


def trained(seed, images, one_hot, rate, epochs, look=None):
    network = nn.Network.dense([784, 128, 64, 10], rng=np.random.default_rng(seed), dtype=np.float32)
    nn.train(network, images, one_hot, LOSS, nn.Adam(rate), epochs, 64, np.random.default_rng(seed), look)
    return network


def on_validation(network):
    scores = network.forward(validation.images.astype(np.float32))
    return LOSS(scores, validation.one_hot)[0], np.mean(scores.argmax(axis=0) == validation.labels)


@pytest.fixture(scope="module", params=[1, pytest.param(5, marks=pytest.mark.seeds)])
def starts(request):
    """One in the plain run; with more seeds all that the text speaks of, each within the stated range."""
    return range(request.param)


@pytest.fixture(scope="module")
def first_networks(starts):
    """The lesson's first network from five starts, and what it did to the validation digits."""
    found = []
    for seed in starts:
        record, kept = [], []

        def look(epoch, history, record=record, kept=kept):
            record.append(on_validation(kept[0]))

        network = nn.Network.dense([784, 128, 64, 10], rng=np.random.default_rng(seed), dtype=np.float32)
        kept.append(network)
        data = train.images, train.one_hot, LOSS, nn.Adam(0.003), 40, 64, np.random.default_rng(seed)
        nn.train(network, *data, look)
        found.append((network, np.array(record)))
    return found


@pytest.fixture(scope="module")
def second_networks(starts):
    images = np.hstack([shifted(train.images, *way) for way in WAYS])
    return [trained(seed, images, np.hstack([train.one_hot] * 5), 0.001, 6) for seed in starts]


def test_the_validation_loss_turns_and_the_answers_do_not_get_worse(says, first_networks):
    says(LESSON, "the validation *loss* has risen by almost half")
    says(LESSON, "Over five starts the loss rises by 31 to 51 %, and the share of right answers changes by")
    says(LESSON, "−0.2 to +1.2 points")
    rises, changes = [], []
    for _, record in first_networks:
        lowest = record[:, 0].argmin()
        rises.append(record[-1, 0] / record[lowest, 0] - 1)
        changes.append(record[-1, 1] - record[lowest, 1])
    assert rises[0] == pytest.approx(0.44, abs=0.06)
    assert min(rises) > 0.23 and max(rises) < 0.59
    assert min(changes) > -0.008 and max(changes) < 0.018


def test_a_few_wrong_answers_make_nearly_all_of_the_loss(says, first_networks):
    says(LESSON, "sure of about nine digits in ten, and often quite sure where it is wrong")
    says(LESSON, "The wrong answers make up nearly all of the loss")
    for network, _ in first_networks:
        p = nn.softmax(network.forward(validation.images.astype(np.float32)))
        losses, wrong = -np.log(p[validation.labels, np.arange(500)]), p.argmax(axis=0) != validation.labels
        assert wrong.sum() < 30 and losses[wrong].sum() > 0.9 * losses.sum()
        assert np.mean(p.max(axis=0) > 0.99) > 0.85 and p.max(axis=0)[wrong].mean() > 0.75


def test_at_a_lower_rate_there_is_a_gap_and_no_harm(says):
    says(LESSON, "A *gap* between the two curves alone does not show that.")
    network = trained(0, train.images, train.one_hot, 0.001, 20)
    loss, right = on_validation(network)
    assert loss > 10 * LOSS(network.forward(train.images.astype(np.float32)), train.one_hot)[0]
    assert loss == pytest.approx(0.18, abs=0.02) and right > 0.94


def test_the_baselines(says, first_networks, second_networks):
    says(
        LESSON,
        "Nearest neighbour got almost 95 % of the validation digits. On the test digits it gets 93.2 %.",
    )
    says(LESSON, "Give nearest neighbour the shifted copies too, and it gets 94.9 %.")

    def nearest(images, labels, part):
        images, others = images.astype(np.float32), part.images.astype(np.float32)
        squares = np.sum(images**2, axis=0)[:, None] - 2 * images.T @ others
        return np.mean(labels[np.argmin(squares, axis=0)] == part.labels)

    plain = [nearest(train.images, train.labels, part) for part in (validation, test)]
    assert np.round(plain, 3).tolist() == [0.948, 0.932]
    copies = np.hstack([shifted(train.images, *way) for way in WAYS])
    says(LESSON, "(On the 500 validation digits the copies bring nearest neighbour nothing: 94.6 %.)")
    with_copies = [nearest(copies, np.tile(train.labels, 5), part) for part in (validation, test)]
    assert np.round(with_copies, 3).tolist() == [0.946, 0.949]
    says(
        LESSON,
        "The share of right validation digits does not show it: here it is 95.8 % now and 96.4 % before",
    )
    shares = [on_validation(network)[1] for network in (second_networks[0], first_networks[0][0])]
    assert shares == pytest.approx([0.958, 0.964], abs=0.012)
    says(LESSON, "are 105,000 examples; the forty epochs before were 140,000")
    assert (6 * len(WAYS) * len(train), 40 * len(train)) == (105_000, 140_000)
    says(LESSON, "No number of epochs on the plain digits brought the validation loss as low.")
    for (_, record), second in zip(first_networks, second_networks, strict=True):
        assert on_validation(second)[0] < record[:, 0].min()
    says(LESSON, "answering with the digit whose mean image is closest, to 85 %")
    means = np.stack([train.images[:, train.labels == k].mean(axis=1) for k in range(10)], axis=1)
    assert nearest(means, np.arange(10), validation) == pytest.approx(0.85, abs=0.01)
    says(LESSON, "One layer with softmax, trained, comes to 92 or 93 % of the validation digits")
    layer = nn.Network.dense([784, 10], rng=np.random.default_rng(0), dtype=np.float32)
    nn.train(
        layer,
        train.images.astype(np.float32),
        train.one_hot,
        LOSS,
        nn.Adam(0.001),
        20,
        64,
        np.random.default_rng(0),
    )
    assert share_right(layer, validation.images, validation.labels) == pytest.approx(0.925, abs=0.01)

    says(LESSON, "From five starts it gets between 92.8 and 93.8 %")
    says(LESSON, "are right for 94.3 to 95.8 % of the test digits, 95.3 % in the mean of five starts")
    first = [share_right(network, test.images, test.labels) for network, _ in first_networks]
    second = [share_right(network, test.images, test.labels) for network in second_networks]
    # Within 0.8 %: float32 rounds otherwise on another processor, and training magnifies it.
    assert min(first) > 0.92 and max(first) < 0.946
    assert min(second) > 0.935 and max(second) < 0.966 and np.mean(second) == pytest.approx(0.953, abs=0.008)


def test_what_shifts_do_to_the_two_networks(says, first_networks, second_networks):
    says(LESSON, "is right for 93 % unshifted, for 88 % one pixel away, for 66 % two pixels away")
    says(LESSON, "The second, which has seen shifts by one pixel, for 95, 94 and 86 %")

    def shares(network):
        means = [share_right(network, test.images, test.labels)]
        for k in (1, 2):
            moved = [shifted(test.images, k * down, k * right) for down, right in WAYS[1:]]
            means.append(np.mean([share_right(network, images, test.labels) for images in moved]))
        return means

    assert shares(first_networks[0][0]) == pytest.approx([0.93, 0.88, 0.66], abs=0.02)
    assert shares(second_networks[0]) == pytest.approx([0.95, 0.94, 0.86], abs=0.02)


def test_on_the_same_digits_two_networks_can_be_told_apart_sooner(says, first_networks, second_networks):
    says(LESSON, "On the *same* digits you can see more: count those that only one of the two gets right.")
    images = test.images.astype(np.float32)
    pairs = []
    for (first, _), second in zip(first_networks, second_networks, strict=True):
        right = np.stack([network.predict(images) == test.labels for network in (first, second)])
        of_difference = np.std(right[1].astype(float) - right[0])  # not 0 only where one of them is right
        assert of_difference < 0.9 * np.sqrt(np.sum(np.var(right, axis=1)))
        pairs.append((np.sum(right[0] & ~right[1]), np.sum(right[1] & ~right[0])))
    says(LESSON, "of the 1,000 digits 34 are right with the second network only and 14 with the first only")
    says(LESSON, "to 24 for each, give or take 3.5 (half of $\\sqrt{48}$)")
    lost, won = pairs[0]  # the lesson's own two networks; from other starts they differ less or more
    assert (lost, won) == pytest.approx((14, 34), abs=8)  # rounding, as above
    assert won - (won + lost) / 2 > 2 * np.sqrt(won + lost) / 2, "more than two such errors"
    assert np.sqrt(48) / 2 == pytest.approx(3.5, abs=0.05)


def test_which_digits_the_explorers_network_reads_wrongly(says):
    says(LESSON, "(About one in twelve is; on our computer number 4 of the twos and number 5 of the nines.)")
    deque(trained_network(), maxlen=0)  # trains, and keeps the network
    (network,) = _trained
    seen = [(digit, number) for digit in range(10) for number in range(1, EXAMPLES + 1)]
    images = np.stack([pick(*each).ravel() for each in seen], axis=1).astype(np.float32)
    wrong = [each for each, answer in zip(seen, network.predict(images), strict=True) if answer != each[0]]
    assert len(seen) / len(wrong) == pytest.approx(12, abs=3)
    assert (2, 4) in wrong and (9, 5) in wrong


def test_the_standard_error_is_the_spread_over_samples(says):
    says(LESSON, "about two in three samples lie within one of it, and about 95 in 100 within two")
    says(LESSON, "For 95 % of 1,000 digits the error is 0.7 points")
    says(LESSON, "On the 500 validation digits it is 1.0")
    rng = np.random.default_rng(0)
    for p, n, points in [(0.95, 1000, 0.7), (0.95, 500, 1.0), (0.6, 200, 3.5)]:
        shares = rng.binomial(n, p, 20_000) / n
        error = np.sqrt(p * (1 - p) / n)
        assert 100 * error == pytest.approx(points, abs=0.05)
        assert shares.std() == pytest.approx(error, rel=0.02)
        off = np.abs(shares - p) / error
        assert np.mean(off < 1) == pytest.approx(2 / 3, abs=0.06) and np.mean(off < 2) == pytest.approx(
            0.95, abs=0.02
        )
