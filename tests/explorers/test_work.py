"""Long work goes on in slices, stops with what there is, and is dropped when it is no longer wanted."""

import asyncio
import time

import pytest

from mlcourse.explorers import GraphStepper
from mlcourse.explorers.work import SLICE, Ticker, Work, finish


def counting(pieces, seconds=0.01):
    """Count up to `pieces`; stopped, return how far it got."""
    for done in range(pieces):
        if (yield done / pieces):
            return done
        time.sleep(seconds)
    return pieces


@pytest.fixture
def outcome():
    """Return a list of results and a list of fractions, filled by a `Work` made with their `append`."""
    return [], []


def test_without_an_event_loop_all_is_done_at_once(outcome):
    results, fractions = outcome
    Work(counting(5), fractions.append, results.append).start()
    assert results == [5]


def test_anything_but_a_generator_is_its_own_result():
    assert finish(3) == 3 and finish([1]) == [1] and finish(counting(4)) == 4


def test_short_work_is_done_before_start_returns(outcome):
    results, fractions = outcome

    async def main():
        Work(counting(2, seconds=0), fractions.append, results.append).start()
        assert results == [2]

    asyncio.run(main())
    assert fractions == []


def test_between_two_slices_other_work_gets_its_turn(outcome):
    results, fractions = outcome
    turns = []

    async def main():
        Work(counting(40), fractions.append, results.append).start()
        while not results:
            turns.append(len(fractions))
            await asyncio.sleep(0)

    asyncio.run(main())
    assert results == [40]
    assert fractions == sorted(fractions) and len(fractions) > 40 * 0.01 / SLICE / 4
    assert len(turns) > 3


def test_stopped_work_ends_with_the_result_so_far(outcome):
    results, fractions = outcome

    async def main():
        work = Work(counting(1000), fractions.append, results.append)
        work.start()
        await asyncio.sleep(0.02)
        work.stop()
        await asyncio.sleep(0.2)

    asyncio.run(main())
    assert len(results) == 1 and 0 < results[0] < 1000


def test_dropped_work_leaves_no_result(outcome):
    results, fractions = outcome

    async def main():
        work = Work(counting(6), fractions.append, results.append)
        work.start()
        await asyncio.sleep(0)  # it is in its pause now; another slice would be its last
        work.drop()
        await asyncio.sleep(0.2)

    asyncio.run(main())
    assert results == [] and fractions


def test_a_ticker_ends_when_told_and_when_there_is_no_more():
    calls = []

    async def main():
        ticker = Ticker(0.001, lambda: calls.append(1) or len(calls) < 3)
        ticker.start()
        ticker.start()  # a second press changes nothing
        await asyncio.sleep(0.3)
        assert not ticker.running and len(calls) == 3
        ticker.start()
        ticker.stop()
        await asyncio.sleep(0.05)

    asyncio.run(main())
    assert len(calls) == 3


def test_played_to_the_end_it_begins_again():
    explorer = GraphStepper("square").set(step=6)
    player = explorer._player

    async def main():
        player.play()
        assert player.button.description == "Pause"
        assert player._tick() is False and explorer.values["step"] == 7
        assert player.button.description == "Play"
        player.play()
        assert explorer.values["step"] == 0
        player.pause()

    asyncio.run(main())
