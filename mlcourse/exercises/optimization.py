"""Lesson 06: mini-batches, momentum, Adam.

No function changes its inputs: return new arrays.

minibatches
    ``minibatches(X, Y, batch_size, rng)``: X (n, m), Y (1, m) or (classes, m). Shuffles the m examples with
    rng and returns a list of pairs (X_batch, Y_batch) of batch_size examples each, the last of which may have
    fewer. Every example is in exactly one batch, X and Y of an example stay together, and columns are
    examples in the batches too. Any way of shuffling with rng will do, such as ``rng.permutation(m)``; the
    same rng must give the same batches.

momentum
    ``momentum_step(W, dW, v, learning_rate, beta)``: arrays of the same shape. Returns the new ``W, v``, with
    v = beta v + (1 - beta) dW and then W = W - learning_rate v.

adam
    ``adam_step(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon)``: arrays of the same shape; t is 1 in
    the first step. Returns the new ``W, m, v``, with m = beta1 m + (1 - beta1) dW and v = beta2 v + (1 -
    beta2) dW², element by element. The step is learning_rate m_hat / (sqrt(v_hat) + epsilon) with m_hat = m /
    (1 - beta1^t) and v_hat = v / (1 - beta2^t), which are not returned.
"""

from mlcourse.exercises.adam import ADAM
from mlcourse.exercises.base import Exercise
from mlcourse.exercises.batches import MINIBATCHES
from mlcourse.exercises.lesson_06 import momentum

EXERCISES: tuple[Exercise, ...] = (MINIBATCHES, momentum.EXERCISE, ADAM)
