"""The bug clinic: what the signs of each diagnosis say is what the symptoms show."""

import numpy as np
import pytest

from mlcourse.exercises.clinic import BROKEN, DIAGNOSES, diagnose, healthy, symptoms
from mlcourse.exercises.drawing import draw_network

FOUND = {n: symptoms(n) for n in BROKEN}
ALL = {"dW1", "db1", "dW2", "db2"}


def wrong(n):
    return {name for name, difference in FOUND[n].gradient_check.items() if not difference < 1e-7}


def test_without_the_mean_every_relative_difference_is_that_of_a_factor_m():
    m = FOUND[1].sizes[2]
    assert wrong(1) == ALL
    for difference in FOUND[1].gradient_check.values():
        assert difference == pytest.approx((m - 1) / (m + 1), abs=1e-6)


def test_a_wrong_derivative_spoils_the_first_layer_only_for_any_m():
    assert wrong(2) == {"dW1", "db1"}
    rng = np.random.default_rng(0)
    for m in (3, 8, 20):
        Y, cache, parameters = draw_network(rng, 2, sizes=(4, 8, 1, m))
        assert BROKEN[2](Y, cache, *parameters.values()).keys() >= ALL


def test_a_wrong_transpose_spoils_one_gradient_and_not_its_norm():
    assert wrong(3) == {"dW1"}
    assert FOUND[3].gradient_norms["dW1"][0] == pytest.approx(FOUND[3].healthy_norms["dW1"][0])


def test_a_matrix_product_runs_only_where_m_is_the_number_of_hidden_units():
    assert wrong(4) == {"dW1", "db1"}
    _, n1, m = FOUND[4].sizes
    assert n1 == m
    Y, cache, parameters = draw_network(np.random.default_rng(0), 2, sizes=(4, 8, 1, 7))
    with pytest.raises(ValueError, match="matmul"):
        BROKEN[4](Y, cache, *parameters.values())


def test_a_lost_dimension_shows_in_the_shapes_and_ends_training():
    assert wrong(5) == {"db1"}
    assert {name for name, (found, right) in FOUND[5].shapes.items() if found != right} == {"db1"}
    assert len(FOUND[5].losses) == 1
    assert "broadcast" in FOUND[5].error


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_the_others_train_to_the_end_and_worse_than_the_healthy_network(n):
    assert not FOUND[n].error
    assert len(FOUND[n].losses) == len(FOUND[n].healthy_losses) == 200
    assert np.isfinite(FOUND[n].losses).all()
    assert FOUND[n].losses[-1] > 2 * FOUND[n].healthy_losses[-1]


def test_only_one_diagnosis_is_right_for_each_patient_and_each_is_right_once():
    right = {n: [d.name for d in DIAGNOSES if diagnose(n, d.name).startswith("Yes")] for n in BROKEN}
    assert sorted(name for names in right.values() for name in names) == sorted(d.name for d in DIAGNOSES)
    assert all(len(names) == 1 for names in right.values())


@pytest.mark.parametrize("words", ["", "nonsense", None, 3, "No Mean Over The Batch "])
def test_any_guess_is_answered(words):
    assert diagnose(1, words)
    assert "1 to 5" in diagnose(7, words)


def test_the_healthy_pass_checks_out():
    rng = np.random.default_rng(1)
    Y, cache, parameters = draw_network(rng, 2)
    broken = BROKEN[1](Y, cache, *parameters.values())
    for name, gradient in healthy(Y, cache, *parameters.values()).items():
        np.testing.assert_allclose(gradient * Y.shape[1], broken[name])


def test_one_function_is_no_cure_for_all_five_because_each_patient_hands_back_steps_of_its_own():
    Y, cache, parameters = draw_network(np.random.default_rng(2), 2, sizes=(4, 6, 1, 6))
    handed_back = [frozenset(broken(Y, cache, *parameters.values())) for broken in BROKEN.values()]
    assert len(set(handed_back)) == len(BROKEN)
    assert all(names > ALL for names in handed_back)
