"""All that lesson 05 counts of ten and twenty starts: minutes, of which the steps of CI hold a part.

The rates are those of the text and one more.
"""

import pytest
from ring_networks import after, learned, plain_learns, table
from threadpoolctl import threadpool_limits

pytestmark = pytest.mark.benchmark
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


@pytest.fixture(autouse=True)
def one_thread():
    with threadpool_limits(1):
        yield


@pytest.mark.parametrize("kind", ["plain", "skip", "normalised"])
def test_the_table_of_remedies(kind):
    row = table()[kind]
    assert {rate: learned(kind, rate) for rate in row} == row


def test_the_normalised_ones_that_miss_it_get_there_within_600_epochs():
    for rate in (0.01, 0.03):
        for seed in range(10):
            shares = after("normalised", rate, seed, epochs=600)
            assert shares[399] >= 0.96 and max(shares) >= 0.99


def test_the_next_twenty():
    assert [learned(kind, 0.03, range(10, 30)) for kind in ("plain", "skip")] == [11, 20]


def test_48_layers():
    assert [learned("skip", rate, depth=48) for rate in (0.003, 0.01)] == [10, 10]
    assert max(learned("plain", rate, depth=48) for rate in (0.003, 0.01, 0.03, 0.1, 0.3)) == 7


@pytest.mark.parametrize("s, activation", [(0.01, "relu"), ("xavier", "sigmoid")])
def test_no_rate_lets_any_of_the_ten_learn(s, activation):
    assert not any(plain_learns(seed, s, rate, activation) for rate in RATES for seed in range(10))
