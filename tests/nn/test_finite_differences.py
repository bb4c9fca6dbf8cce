import numpy as np
import pytest

from mlcourse.nn.finite_differences import central_differences


@pytest.mark.parametrize("shape", [(), (4,), (3, 2), (2, 1, 3)])
def test_slopes_of_a_cubic_are_found_for_any_shape_and_the_point_stays_as_it_was(shape):
    point = np.random.default_rng(0).normal(size=shape)
    before = point.copy()
    slopes = central_differences(lambda p: np.sum(p**3), point)
    assert slopes.shape == shape
    np.testing.assert_allclose(slopes, 3 * point**2, rtol=1e-8, atol=1e-8)
    np.testing.assert_array_equal(point, before)


def test_integers_are_nudged_as_real_numbers():
    np.testing.assert_allclose(central_differences(lambda p: np.sum(p**2), [1, 2]), [2, 4])
