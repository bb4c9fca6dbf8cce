"""Lesson 04: numerical gradients, how to compare them, where they fail, and five broken networks.

No function changes its inputs.

numerical-gradient
    ``numerical_gradient(f, theta, epsilon=1e-5)``: f takes an array of the shape of theta and returns a
    number; theta is a float array of any shape. Returns an array of the shape of theta: for every entry the
    central difference (f(theta with the entry + epsilon) - f(theta with the entry - epsilon)) / (2 epsilon).
    theta is left exactly as it was: work on a copy, or put the saved number back (adding and subtracting
    epsilon leaves rounding errors).

relative-difference
    ``relative_difference(a, b)``: two arrays of the same shape, of any number of dimensions. Returns the
    number ||a - b|| / (||a|| + ||b||), where ||a|| is the square root of the sum of the squares of all
    entries; 0.0 where both arrays are zero. However small the arrays are, nothing is added to the
    denominator.

kinks
    ``crosses_kink(Z_minus, Z_plus)``: the inputs of ReLU at theta - epsilon and at theta + epsilon, two
    arrays of the same shape. Returns a boolean array of that shape: True where one of the two numbers is
    negative and the other positive, so that the central difference reaches over the kink. A number that is
    exactly 0 lies on the kink but not beyond it: where either is 0, the answer is False.

bug-clinic
    ``fixed_1(Y, cache, W1, b1, W2, b2)`` to ``fixed_5(...)``: the five functions ``broken_1`` to ``broken_5``
    of `mlcourse.exercises.clinic`, each repaired. All are backward passes of the network of lesson 02 (ReLU,
    sigmoid, mean binary cross-entropy; the cache has X, Z1, A1, Z2, A2) and each has one bug. Each returns a
    dict of dW1, db1, dW2, db2, each of the shape of its parameter.
"""

from mlcourse.exercises.base import Exercise
from mlcourse.exercises.gradient_comparison import KINKS, RELATIVE_DIFFERENCE
from mlcourse.exercises.lesson_04 import bug_clinic
from mlcourse.exercises.numerical_gradients import NUMERICAL_GRADIENT

EXERCISES: tuple[Exercise, ...] = (NUMERICAL_GRADIENT, RELATIVE_DIFFERENCE, KINKS, bug_clinic.EXERCISE)
