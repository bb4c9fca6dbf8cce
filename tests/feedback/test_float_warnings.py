"""Where the machine has no flags for overflow, NumPy's functions say so themselves."""

import warnings

import numpy as np
import pytest

from mlcourse import check
from mlcourse.feedback import float_warnings, run
from mlcourse.feedback.float_warnings import Watchful


@pytest.fixture
def without_flags(monkeypatch):
    """A machine on which NumPy does not see that an exponential overflows."""

    def silent(x, *arguments, **options):
        with np.errstate(all="ignore"):
            return original(x, *arguments, **options)

    original = np.exp
    monkeypatch.setitem(run._ERROR_STATE, "invalid", "ignore")  # nor that infinity over infinity is none
    monkeypatch.setattr(float_warnings, "_machine_has_flags", lambda: False)
    monkeypatch.setattr(np, "exp", silent)


def overflowing(Z):
    return 1 / (1 + np.exp(-Z))


def overflowing_twice(Z):
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))


def careful(Z):
    small = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1, small) / (1 + small)


def test_an_overflow_that_the_machine_does_not_report_costs_points_and_is_named(without_flags, capsys):
    assert float(check("sigmoid", overflowing)) == 0
    assert "np.exp(-Z) overflows" in capsys.readouterr().out
    assert float(check("sigmoid", overflowing_twice)) == 0
    assert "np.where computes both of its branches" in capsys.readouterr().out
    assert check("sigmoid", careful) > 0


def test_numpy_is_as_it_was_afterwards(without_flags):
    before = np.exp
    check("sigmoid", overflowing)
    assert np.exp is before


def test_errstate_decides_what_happens_at_an_overflow():
    exp = Watchful(lambda x: np.full(np.shape(x), np.inf), "exp")
    with np.errstate(over="ignore"), warnings.catch_warnings():
        warnings.simplefilter("error")
        exp(np.array([1000.0]))
    with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow encountered in exp"):
        exp(np.array([1000.0]))
    with np.errstate(over="warn"), pytest.warns(RuntimeWarning, match="overflow encountered in exp"):
        exp(np.array([1000.0]))
    exp(np.array([np.inf]))  # infinity of infinity is none


def test_methods_of_the_function_are_there():
    assert Watchful(np.exp, "exp").nin == np.exp.nin
