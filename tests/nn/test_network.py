import numpy as np
import pytest

from mlcourse.nn import Dense, LeakyReLU, Network, ReLU, he, scaled_normal, xavier


def test_shapes_are_those_of_the_course():
    network = Network.dense([5, 4, 3, 2], rng=np.random.default_rng(0))
    shapes = [(4, 5), (4, 1), (3, 4), (3, 1), (2, 3), (2, 1)]
    assert [array.shape for array in network.parameters()] == shapes
    network.backward(np.ones_like(network.forward(np.ones((5, 7)))))
    assert [array.shape for array in network.gradients()] == shapes
    assert len(network.layers) == 5


def test_parameters_are_the_layers_own_arrays():
    network = Network.dense([2, 3, 1], rng=np.random.default_rng(0))
    network.parameters()[0][:] = 0
    assert (network.dense_layers[0].W == 0).all()


def test_predict_answers_0_or_1_with_one_output_and_a_class_with_more():
    one, more = (Network.dense([2, n], rng=np.random.default_rng(0)) for n in (1, 3))
    X = np.random.default_rng(1).standard_normal((2, 6))
    assert one.predict(X).shape == (1, 6)
    assert set(one.predict(X).ravel()) == {0, 1}
    np.testing.assert_array_equal(more.predict(X), more.forward(X).argmax(axis=0))
    assert one.predict(np.zeros((2, 1))) == 0, "undecided: biases are zero"
    assert one.predict(X).dtype == more.predict(X).dtype == int


def test_both_data_types_start_from_the_same_weights():
    double, single = (
        Network.dense([3, 4, 1], rng=np.random.default_rng(0), dtype=dtype)
        for dtype in (np.float64, np.float32)
    )
    for a, b in zip(double.parameters(), single.parameters(), strict=True):
        np.testing.assert_array_equal(a.astype(np.float32), b)


@pytest.mark.parametrize(
    "initializer, variance",
    [(he, 2 / 400), (xavier, 2 / 700), (scaled_normal(0.3), 0.09), (scaled_normal(0), 0)],
)
def test_initial_weights_have_the_variance_they_promise(initializer, variance):
    W = initializer(300, 400, np.random.default_rng(0))
    assert W.shape == (300, 400)
    assert W.var() == pytest.approx(variance, rel=0.02)
    assert abs(W.mean()) <= 4 * (variance / W.size) ** 0.5


def test_biases_and_gradients_start_at_zero():
    layer = Dense(3, 4, np.random.default_rng(0), dtype=np.float32)
    for array, shape in ((layer.b, (4, 1)), (layer.dW, (4, 3)), (layer.db, (4, 1))):
        assert (array.shape, array.dtype, array.any()) == (shape, np.float32, False)


def test_a_leaky_layer_has_the_slope_it_is_given_forward_and_backward():
    layer, A = LeakyReLU(0.25), np.array([[-2.0, 0.0, 2.0]])
    assert layer.forward(A).tolist() == [[-0.5, 0, 2]]
    assert layer.backward(np.ones((1, 3))).tolist() == [[0.25, 0.25, 1]]


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    "make, message",
    [
        (lambda: Network([]), "^layers: expected at least one layer, found none$"),
        (
            lambda: Network.dense([3], rng=RNG),
            r"sizes: expected at least an input and an output size, found \[3\]",
        ),
        (
            lambda: Network.dense([3, 1], "swish", rng=RNG),
            "activation: expected one of sigmoid, .*found 'swish'",
        ),
        (lambda: Dense(3, 1, RNG, "magic"), "initializer: expected he, xavier or a function, found 'magic'"),
        (lambda: Dense(0, 1, RNG), "n_in, n_out: expected at least 1, found 0 and 1"),
        (lambda: Dense(2, 1, RNG).forward(np.ones(2)), r"A: expected shape \(2, m\), found \(2,\)"),
        (
            lambda: Network([Dense(2, 3, RNG), ReLU(), Dense(4, 1, RNG)]).forward(np.ones((2, 5))),
            r"\(4, m\).*\(3, 5\)",
        ),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
