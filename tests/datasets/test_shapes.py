import numpy as np
import pytest

from mlcourse.datasets import circles, moons, spirals, xor


def rng():
    return np.random.default_rng(0)


def test_xor_is_the_truth_table():
    X, Y = xor()
    assert X.shape == (2, 4)
    assert Y.shape == (1, 4)
    np.testing.assert_array_equal(Y[0], np.logical_xor(*X))


@pytest.mark.parametrize("make", [moons, circles, spirals])
def test_shapes_and_balance(make):
    X, Y = make(101, 0.1, rng())
    assert X.shape == (2, 101)
    assert Y.shape == (1, 101)
    assert X.dtype == Y.dtype == np.float64
    assert sorted(np.bincount(Y[0].astype(int))) == [50, 51]


@pytest.mark.parametrize("make", [moons, circles, spirals])
def test_the_generator_decides_everything(make):
    one, same, other = make(50, 0.1, rng()), make(50, 0.1, rng()), make(50, 0.1, np.random.default_rng(1))
    np.testing.assert_array_equal(one[0], same[0])
    np.testing.assert_array_equal(one[1], same[1])
    assert not np.array_equal(one[0], other[0])


def test_classes_are_in_random_order():
    for make in (moons, circles, spirals):
        _, Y = make(100, 0, rng())
        assert 20 < np.count_nonzero(np.diff(Y)) < 80


def test_circles_without_noise_lie_on_their_radii():
    X, Y = circles(60, 0, rng())
    np.testing.assert_allclose(np.hypot(*X), np.where(Y[0] == 1, 0.5, 1))


def test_moons_without_noise_are_half_circles():
    X, Y = moons(60, 0, rng())
    upper, lower = X[:, Y[0] == 0], X[:, Y[0] == 1]
    np.testing.assert_allclose(np.hypot(*upper), 1)
    np.testing.assert_allclose(np.hypot(lower[0] - 1, lower[1] - 0.5), 1)
    assert (upper[1] >= 0).all()
    assert (lower[1] <= 0.5).all()


@pytest.mark.parametrize("classes", [3, 5])
def test_more_than_two_arms_have_one_hot_labels(classes):
    X, Y = spirals(100, 0, rng(), classes)
    assert Y.shape == (classes, 100)
    np.testing.assert_array_equal(Y.sum(axis=0), 1)
    radius, angle = np.hypot(*X), np.arctan2(X[1], X[0])
    arm = Y.argmax(axis=0)
    turned = angle - 3 * np.pi * radius - 2 * np.pi * arm / classes
    np.testing.assert_allclose(np.cos(turned), 1)


def test_noise_has_the_standard_deviation_asked_for():
    quiet, noisy = circles(4000, 0, rng())[0], circles(4000, 0.2, rng())[0]
    assert np.std(noisy - quiet) == pytest.approx(0.2, rel=0.05)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: moons(1, 0.1, rng()), "m: expected at least one point for each of 2 classes, found 1"),
        (lambda: circles(10, -0.1, rng()), "noise: expected a standard deviation of 0 or more, found -0.1"),
        (lambda: spirals(10, 0.1, rng(), classes=1), "classes: expected at least 2, found 1"),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
