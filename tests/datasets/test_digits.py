import hashlib
from importlib.resources import files

import numpy as np
import pytest

from mlcourse.datasets import digits

DATA = files("mlcourse.datasets") / "data"


def test_the_bundled_file_is_the_attributed_one():
    recorded = (DATA / "README.md").read_text()
    assert hashlib.sha256((DATA / "mnist_5k.npz").read_bytes()).hexdigest() in recorded
    for word in ("MNIST", "LeCun", "CC BY-SA 3.0"):
        assert word in recorded


def test_images_are_columns_of_pixels_from_0_to_1():
    data = digits()
    assert data.images.shape == (784, 5000)
    assert data.images.dtype == np.float64
    assert (data.images.min(), data.images.max()) == (0, 1)
    np.testing.assert_array_equal(np.bincount(data.labels), [500] * 10)


def test_an_image_is_28_rows_of_28_pixels():
    stored = np.load(DATA / "mnist_5k.npz")["images"]
    np.testing.assert_array_equal(digits().images[:, 7].reshape(28, 28) * 255, stored[7])


def test_one_hot_has_a_single_1_at_the_label():
    part = digits().split("validation")
    assert part.one_hot.shape == (10, 500)
    np.testing.assert_array_equal(part.one_hot.argmax(axis=0), part.labels)
    np.testing.assert_array_equal(part.one_hot.sum(axis=0), 1)


def test_the_split_is_fixed_and_its_parts_share_no_image():
    parts = {name: digits().split(name) for name in ("train", "validation", "test")}
    assert {name: len(part) for name, part in parts.items()} == {
        "train": 3500,
        "validation": 500,
        "test": 1000,
    }
    every = np.concatenate([part.images for part in parts.values()], axis=1)
    np.testing.assert_array_equal(every, digits().images)
    assert len(np.unique(digits().images, axis=1).T) == 5000
    for part in parts.values():
        assert np.bincount(part.labels, minlength=10).min() > 0.07 * len(part)


def test_digits_cannot_be_changed_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        digits().images[0, 0] = 1


def test_unknown_parts_are_named():
    with pytest.raises(ValueError, match="part: expected one of train, validation, test, found 'dev'"):
        digits().split("dev")
    with pytest.raises(ValueError, match="expected all 5,000 digits, found 1000"):
        digits().split("test").split("train")
