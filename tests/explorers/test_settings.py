"""What a setting takes, and what its control does with it."""

import math

import numpy as np
import pytest

from mlcourse.explorers.settings import Choice, Number, Switch, Whole

RATE = Number("Rate", 0.05, 0.001, 1, 0.05, logarithmic=True)
Z = Number("z <1>", 1, -6, 6, 0.1)


@pytest.mark.parametrize("value", [1, 0.5, np.float32(0.5), np.int64(1), 10**-3, 10 ** math.log10(1)])
def test_numbers_of_every_kind_in_range_are_taken_as_floats(value):
    assert type(RATE.check("rate", value)) is float
    assert RATE.low <= RATE.check("rate", value) <= RATE.high


@pytest.mark.parametrize(
    "value", [True, np.True_, "0.1", None, 1j, np.array([0.1]), [0.1], math.nan, math.inf, 0]
)
def test_what_is_no_number_in_range_is_refused_with_the_range(value):
    with pytest.raises(ValueError, match=r"^rate: expected a number from 0.001 to 1, got "):
        RATE.check("rate", value)


def test_the_ends_that_a_logarithmic_slider_computes_are_in_range():
    for low, high in [(0.004, 3), (1e-12, 0.1), (0.001, 3), (0.01, 100)]:
        setting = Number("", low, low, high, 0.1, logarithmic=True)
        control = setting.control()
        for end in (control.min, control.max):
            assert setting.low <= setting.check("end", 10**end) <= setting.high


@pytest.mark.parametrize(
    "setting, value", [(RATE, 0.05), (RATE, 0.3), (RATE, 0.1), (Z, 4.4), (Z, 4.45), (Z, 0.0)]
)
def test_the_notch_nearest_to_a_value_is_no_movement_and_the_next_one_is(setting, value):
    scale, back = (math.log10, lambda x: 10**x) if setting.logarithmic else (float, float)
    notch = scale(setting.low) + setting.step * round((scale(value) - scale(setting.low)) / setting.step)
    assert setting.stays(value, back(notch)) or abs(scale(value) - notch) > 0.499 * setting.step
    assert not setting.stays(value, back(notch + setting.step))
    assert not setting.stays(value, back(notch - setting.step))


def test_a_caption_has_the_value_and_no_markup_of_its_own():
    assert Z.caption(-0.25) == "z &lt;1&gt; <b>−0.25</b>"
    assert RATE.caption(0.0501187) == "Rate <b>0.0501</b>"


@pytest.mark.parametrize("value", [1.0, True, "1", None, 11, -1, np.float64(3)])
def test_a_whole_number_is_whole(value):
    with pytest.raises(ValueError, match=r"^n: expected a whole number from 0 to 10, got "):
        Whole("n", 0, 0, 10).check("n", value)
    assert Whole("n", 0, 0, 10).check("n", np.int32(3)) == 3


@pytest.mark.parametrize("value", ["c", 1, None, True, np.zeros(2), ["a"]])
def test_a_choice_is_one_of_its_options(value):
    with pytest.raises(ValueError, match=r"^name: expected one of 'a', 'b', got "):
        Choice("name", ("a", "b")).check("name", value)
    assert Choice("", (1, 2)).check("", np.int64(2)) == 2
    with pytest.raises(ValueError):
        Choice("", (1, 2)).check("", True)


@pytest.mark.parametrize("value", [1, 0, "yes", None])
def test_a_switch_is_on_or_off(value):
    with pytest.raises(ValueError, match=r"^log: expected True or False, got "):
        Switch("").check("log", value)
    assert Switch("").check("log", np.True_) is True
