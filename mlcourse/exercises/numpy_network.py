"""Lesson 07: a network library of your own, and handwritten digits.

From here on the loss hands over dZ already divided by m: dZ is the derivative of the mean loss. So layers
only sum over the examples. Columns are examples; nothing changes its inputs.

dense-layer
    class ``Dense(n_in, n_out, rng)``: a fully connected layer. ``W`` (n_out, n_in) are weights drawn from rng
    as in initialize-parameters (normal, standard deviation sqrt(2 / n_in)), ``b`` (n_out, 1) are zeros.
    ``forward(A)`` with A (n_in, m) returns W A + b and remembers what `backward` needs. ``backward(dZ)`` with
    dZ (n_out, m) sets ``dW`` and ``db``, of the shapes of W and b, for the last forward pass, and returns dA
    (n_in, m). Each `backward` replaces what the one before it left. Training changes the arrays W and b in
    place, so `forward` and `backward` use the arrays that are in the attributes at the time.

softmax-cross-entropy
    ``softmax_cross_entropy(Z, Y)``: Z (classes, m), Y one-hot (classes, m). Returns ``loss, dZ``: the mean
    over the m examples of -log of the softmax probability of the right class, and its derivative with respect
    to Z (so dZ contains the 1/m). Exact and without a warning for Z up to 1000 in size: take the logarithm of
    the softmax in one step, Z - max - log(sum(exp(Z - max))), not of its result.

network
    class ``Network(layers)``: layers is a list of objects with ``forward(A)`` and ``backward(dZ)``; those
    that have parameters have attributes W, b, dW, db, and the others have no attribute W. ``forward(X)``
    sends X through all layers and returns the last output. ``backward(dZ)`` goes back through all layers,
    each gets what the one behind it returned, and returns the derivative with respect to X. ``parameters()``
    returns the list [W, b, W, b, ...] of the layers that have them, from the first layer on: the arrays
    themselves, not copies, so that an optimizer can change them in place. ``gradients()`` returns [dW, db,
    dW, db, ...] of the last backward pass in the same order.

digits
    ``train_digits(X, Y, rng)``: X (784, 3500) images with numbers from 0 to 1, Y one-hot (10, 3500). Trains a
    classifier and returns a function predict: ``predict(images)`` with images (784, m) returns the m digits
    as integers, shape (m,). It must be right for at least 90 % of digits that were not in the training data.
    All that is random comes from rng. Everything together may take a minute.
"""

from mlcourse.exercises.base import Exercise
from mlcourse.exercises.dense_layers import DENSE_LAYER
from mlcourse.exercises.digit_classifiers import DIGITS
from mlcourse.exercises.layer_stacks import NETWORK
from mlcourse.exercises.softmax_losses import SOFTMAX_CROSS_ENTROPY

EXERCISES: tuple[Exercise, ...] = (DENSE_LAYER, SOFTMAX_CROSS_ENTROPY, NETWORK, DIGITS)
