"""How the benchmarks measure: contestants in turn, on one thread, in seconds of processor time.

So other work on the machine, which stretches the time by the clock, hardly touches the comparison.

Figures are printed, not judged: run ``pytest -m benchmark -n 0 -s tests/benchmarks`` and read.
"""

import statistics
import time

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture
def race(capsys):
    """Return ``race(title, contestants, calls, repetitions)``, which measures and prints a table.

    `contestants` maps names to functions without arguments; the first is the one the others are compared
    with, repetition by repetition. A repetition is so many calls of each, in turn.
    """

    def run(title, contestants, calls=100, repetitions=15):
        seconds = {name: [] for name in contestants}
        with threadpool_limits(1):
            for function in contestants.values():
                function()
            for _ in range(repetitions):
                for name, function in contestants.items():
                    start = time.process_time()
                    for _ in range(calls):
                        function()
                    seconds[name].append((time.process_time() - start) / calls)
        report(title, seconds)

    def report(title, seconds):
        first = next(iter(seconds.values()))
        with capsys.disabled():
            print(f"\n{title} (1 thread, processor time, {len(first)} repetitions)")
            print(f"  {'':32}{'median':>12}{'min':>12}{'max':>12}{'times the first':>18}")
            for name, times in seconds.items():
                ratio = statistics.median(t / f for t, f in zip(times, first, strict=True))
                columns = "".join(
                    f"{1e6 * t:9.1f} µs" for t in (statistics.median(times), min(times), max(times))
                )
                print(f"  {name:32}{columns}{ratio:18.2f}")

    return run
