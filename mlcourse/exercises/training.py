"""Lesson 03: initial weights, the training loop, predictions.

The network is that of lesson 02: ReLU hidden layer, one sigmoid output, binary cross-entropy averaged over
the m examples. Columns are examples; no function changes its inputs.

initialize-parameters
    ``initialize_parameters(n_x, n_h, n_y, rng)`` returns a dict of W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h)
    and b2 (n_y, 1). Weights are drawn from rng, W1 first, from a normal distribution with mean 0 and He's
    standard deviation, the square root of 2 / (number of inputs of the layer): sqrt(2 / n_x) for W1, sqrt(2 /
    n_h) for W2. Biases are zero. Any way of drawing normal numbers from rng will do, such as
    ``rng.standard_normal(shape)``; the same rng must give the same parameters.

train-network
    ``train_network(X, Y, n_hidden, learning_rate, epochs, rng)``, with X (n_x, m) and Y (1, m), returns
    ``parameters, losses``. It starts from the parameters of initialize-parameters (W1 drawn before W2, zero
    biases) and makes `epochs` steps of gradient descent, each with the gradients of the mean loss over all m
    examples. losses has `epochs` numbers: losses[k] is the loss before step k, so that losses[0] is that of
    the initial parameters. parameters is the dict of W1, b1, W2, b2 after the last step. With epochs = 0 it
    returns the initial parameters and no losses.

predict
    ``predict(X, parameters)`` returns an array of shape (1, m): 1 where the network's output A2 is above 0.5,
    0 elsewhere. Booleans will do too.
"""

from mlcourse.exercises.base import Exercise
from mlcourse.exercises.initial_parameters import INITIALIZE_PARAMETERS
from mlcourse.exercises.predictions import PREDICT
from mlcourse.exercises.training_loops import TRAIN_NETWORK

EXERCISES: tuple[Exercise, ...] = (INITIALIZE_PARAMETERS, TRAIN_NETWORK, PREDICT)
