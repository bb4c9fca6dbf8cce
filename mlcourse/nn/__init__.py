"""Neural networks in NumPy: small enough to read, fast enough to train on digits.

Columns are examples: X is (n_in, m), a layer's W (n_out, n_in) and b (n_out, 1).
"""

from mlcourse.nn.activations import (
    ACTIVATIONS,
    Activation,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)
from mlcourse.nn.gradient_check import GradientCheck, gradient_check, numerical_gradients, relative_difference
from mlcourse.nn.initializers import INITIALIZERS, he, scaled_normal, xavier
from mlcourse.nn.layers import Dense, LeakyReLU, ReLU, Sigmoid, Tanh
from mlcourse.nn.losses import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    mean_squared_error,
    softmax,
    softmax_cross_entropy,
)
from mlcourse.nn.network import Network
from mlcourse.nn.optimizers import Adam, GradientDescent, Momentum, RMSProp
from mlcourse.nn.training import History, train

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "Activation",
    "Adam",
    "Dense",
    "GradientCheck",
    "GradientDescent",
    "History",
    "LeakyReLU",
    "Momentum",
    "Network",
    "RMSProp",
    "ReLU",
    "Sigmoid",
    "Tanh",
    "binary_cross_entropy",
    "binary_cross_entropy_from_logits",
    "gradient_check",
    "he",
    "leaky_relu",
    "leaky_relu_derivative",
    "mean_squared_error",
    "numerical_gradients",
    "relative_difference",
    "relu",
    "relu_derivative",
    "scaled_normal",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "softmax_cross_entropy",
    "tanh",
    "tanh_derivative",
    "train",
    "xavier",
]
