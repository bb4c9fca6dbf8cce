"""What ``import mlcourse`` costs a lesson that computes with NumPy anyway."""

import statistics
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.benchmark


def seconds(statement):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def test_import_mlcourse_beside_import_numpy(capsys):
    statements = ("import numpy", "import numpy, mlcourse", "import mlcourse", "import mlcourse.nn")
    times = {statement: [] for statement in statements}
    for _ in range(11):
        for statement in statements:
            times[statement].append(seconds(statement))
    with capsys.disabled():
        print("\nNew interpreter and import, 11 repetitions: median (min to max), times import numpy")
        for statement, measured in times.items():
            pairs = zip(measured, times["import numpy"], strict=True)
            ratio = statistics.median(mine / numpy for mine, numpy in pairs)
            print(f"  {statement:24}{1000 * statistics.median(measured):7.0f} ms "
                  f"({1000 * min(measured):.0f} to {1000 * max(measured):.0f}) {ratio:6.2f}")  # fmt: skip
