"""Wrong answers to log-softmax, none of them a known mistake."""

import numpy as np


def _L(Z):
    s = Z - Z.max(axis=0)
    return s - np.log(np.exp(s).sum(axis=0))


def log10(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log10(np.exp(s).sum(axis=0))
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def minus_the_logarithms(Z):
    L = -_L(Z)
    return L, lambda dL: dL - np.exp(-L) * dL.sum(axis=0)


def shift_added_again(Z):
    top = Z.max(axis=0)
    L = Z - np.log(np.exp(Z - top).sum(axis=0))
    return L, lambda dL: dL - np.exp(_L(Z)) * dL.sum(axis=0)


def shift_by_the_smallest(Z):
    s = Z - Z.min(axis=0)
    L = s - np.log(np.exp(np.minimum(s, 700)).sum(axis=0))
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def log_sigmoid(Z):
    L = -np.logaddexp(0, -Z)
    return L, lambda dL: dL * (1 - np.exp(L))


def mean_of_the_exponentials(Z):
    s = Z - Z.max(axis=0)
    L = s - np.log(np.exp(s).mean(axis=0))
    return L, lambda dL: dL - np.exp(_L(Z)) * dL.sum(axis=0)


def temperature_two(Z):
    L = _L(Z / 2)
    return L, lambda dL: (dL - np.exp(L) * dL.sum(axis=0)) / 2


def standardised_first(Z):
    Z = (Z - Z.mean(axis=0)) / (Z.std(axis=0) + 1e-8)
    L = _L(Z)
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def only_the_largest_column(Z):
    L = _L(Z)
    return L[:, :1], lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def hard_maximum(Z):
    L = Z - Z.max(axis=0)
    return L, lambda dL: dL - (Z.max(axis=0) == Z) * dL.sum(axis=0)


def exp_of_minus(Z):
    L = _L(-Z)
    return L, lambda dL: -(dL - np.exp(L) * dL.sum(axis=0))


def transposed(Z):
    L = _L(Z)
    return L.T, lambda dL: (dL - np.exp(L) * dL.sum(axis=0)).T


def rounded_logarithms(Z):
    L = np.round(_L(Z), 2)
    return L, lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def as_whole_numbers(Z):
    L = _L(Z)
    return L.astype(int), lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def dL_itself(Z):
    return _L(Z), lambda dL: dL


def zeros_back(Z):
    return _L(Z), lambda dL: np.zeros_like(dL)


def nothing_back(Z):
    L = _L(Z)

    def pullback(dL):
        dL - np.exp(L) * dL.sum(axis=0)

    return L, pullback


def doubled_back(Z):
    L = _L(Z)
    return L, lambda dL: 2 * (dL - np.exp(L) * dL.sum(axis=0))


def largest_for_the_sum(Z):
    L = _L(Z)
    return L, lambda dL: dL - np.exp(L) * dL.max(axis=0)


def first_entry_for_the_sum(Z):
    L = _L(Z)
    return L, lambda dL: dL - np.exp(L) * dL[0]


def scores_for_probabilities(Z):
    L = _L(Z)
    return L, lambda dL: dL - Z * dL.sum(axis=0)


def one_minus_P_twice(Z):
    P = np.exp(_L(Z))
    return np.log(np.maximum(P, 1e-300)), lambda dL: dL * P * (1 - P)


def absolute_sum(Z):
    L = _L(Z)
    return L, lambda dL: dL - np.exp(L) * np.abs(dL).sum(axis=0)


def squares_in_the_sum(Z):
    L = _L(Z)
    return L, lambda dL: dL - np.exp(L) ** 2 * dL.sum(axis=0)


def over_classes_but_for_the_last(Z):
    L = _L(Z)
    return L, lambda dL: dL - np.exp(L) * dL[:-1].sum(axis=0)


def remembers_the_first_dL(Z):
    L, seen = _L(Z), []

    def pullback(dL):
        seen.append(dL)
        return seen[0] - np.exp(L) * seen[0].sum() / seen[0].shape[1]

    return L, pullback


def changes_dL(Z):
    L = _L(Z)

    def pullback(dL):
        dL *= 1.5
        return dL - np.exp(L) * dL.sum(axis=0)

    return L, pullback


def three_things(Z):
    L = _L(Z)
    return L, np.exp(L), lambda dL: dL - np.exp(L) * dL.sum(axis=0)


def function_first(Z):
    """Named: no-function."""
    L = _L(Z)
    return (lambda dL: dL - np.exp(L) * dL.sum(axis=0)), L


def clipped_back(Z):
    L = _L(Z)
    return L, lambda dL: np.clip(dL - np.exp(L) * dL.sum(axis=0), -0.5, 0.5)


def a_dictionary(Z):
    L = _L(Z)
    return {"L": L, "pullback": lambda dL: dL - np.exp(L) * dL.sum(axis=0)}


def needs_two_arguments(Z):
    L = _L(Z)
    return L, lambda dL, P: dL - P * dL.sum(axis=0)
