"""What one submission can cost the class: the worst of each kind that we know, outside of its cells.

Cells have limits of their own. Here is everything else: reading, rebuilding, cleaning, parsing, comparing,
explaining, hashing for similarity. Each stays below twice the limit of one cell.
"""

import io
import json
import time
import zipfile

import pytest

from mlcourse.grading.fork_server import ForkServer
from mlcourse.grading.grader import grade_notebook
from mlcourse.grading.handed_in import HandedIn
from mlcourse.grading.limits import SandboxLimits
from mlcourse.grading.similarity import similar

pytestmark = [pytest.mark.benchmark, pytest.mark.sandbox, pytest.mark.timeout(3600)]

SIGMOID = "import numpy as np\n\n\ndef sigmoid(Z):\n    {}"
SHOW = "from IPython.display import HTML\nHTML({})"

ANSWERS = {
    "nothing odd": "return np.tanh(Z)",
    "a million numbers": "return [[0.5] * 1000] * 190",
    "a million small arrays": "return [np.float32(0.5)] * 190_000",
    "arrays of 30 MB": "return np.zeros(3_900_000)",
    "a dict of long keys": "return {chr(1000 + n) * 200: n for n in range(25_000)}",
    "a text of 30 MB": "return 'x' * 30_000_000",
    "lists in lists": "x = []\n    for _ in range(10):\n        x = [x, x, x]\n    return x",
    "a message of 30 MB": "raise ValueError('x' * 30_000_000)",
    "variables of many values": "for n in range(300):\n        a = np.full(2000, 1.5 * n)\n    return a[0]",
    "a value of nearly the right size": "return np.random.default_rng(1).normal(size=np.shape(Z))",
    "4 seconds for each case": "import time\n    time.sleep(4)\n    return Z",
}
CELLS = {
    "26,000 nested lists as HTML": SHOW.format("'<ul><li>' * 26_000"),
    "HTML of one tag with many attributes": SHOW.format(
        "'<p ' + ' '.join(f'a{n}=1' for n in range(25_000)) + '>'"
    ),
    "HTML that opens tags again": SHOW.format("'<p>' + '<b><i><font>' * 1600 + '<p>' * 100"),
    "8 MB of colours and control characters": "for n in range(8):\n    print('\\x1b[31m\\x01' * 150_000)",
    "errors of a deep recursion": "def f(): f()\nf()",
}
PROGRAMS = {
    "three programs of 99,000 letters": ["x = " + "[" * 90 + "1" + "]" * 90 + "\n" + "a = b + c\n" * 9_800]
    * 3,
    "names given to names": ["\n".join(f"a{n} = a{n + 1}" for n in range(6_000))] * 3,
    "2,000 cells": ["def sigmoid(Z):\n    return Z"] * 1900,
    "an expression nested deeply": ["x = " + "-" * 90_000 + "1", "x = " + "(" * 90_000, "1" + "+1" * 45_000],
}
TEXTS = {
    "texts of pictures that are none": "![" * 249_000,
    "texts of tags that do not end": "<img src=" * 55_000,
    "texts of addresses": "![a](data:image/png;base64,AAAA" * 16_000,
    "texts of brackets": "](" * 249_000,
    "texts of letters in a row": "A" * 499_000,
}


@pytest.fixture(scope="module")
def ordinary():
    """A fork server with the limits that hold by default."""
    process = ForkServer(SandboxLimits())
    yield process
    process.close()


@pytest.fixture
def cost(ordinary, parsed_release):
    """``cost(files)``: seconds that a submission takes."""

    def measure(files):
        begun = time.monotonic()
        grade_notebook(files, parsed_release, b"worst" * 6, ordinary)
        return time.monotonic() - begun

    return measure


@pytest.fixture
def worst(answered, small_release):
    """Submissions by group and kind, as the files of a folder."""

    def text(source, count):
        cells = [{"cell_type": "markdown", "metadata": {}, "source": source} for _ in range(count)]
        return json.dumps(small_release | {"cells": [*small_release["cells"], *cells]}).encode()

    output = {"output_type": "stream", "name": "stdout", "text": ["x\n"] * 400_000}
    outputs = json.dumps({"cells": [{"cell_type": "code", "source": "", "outputs": [output] * 20}]}).encode()
    lines = b"<<<<<<< a\n=======\n>>>>>>> b\n" * 2_000_000
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"{number}.ipynb", bytes(39_000_000))
    brackets = text("](" * 249_000, 55)
    return {
        "answers": {kind: answered({"sigmoid": SIGMOID.format(body)}) for kind, body in ANSWERS.items()},
        "cells": {kind: answered({}, [source]) for kind, source in CELLS.items()},
        "programs": {kind: answered({}, sources) for kind, sources in PROGRAMS.items()},
        "texts": {kind: text(source, 55) for kind, source in TEXTS.items()},
        "files": {
            "8 notebooks of 27 MB": {f"{n}.ipynb": brackets for n in range(8)},
            "60 MB of outputs": {"notebook.ipynb": outputs},
            "two million conflicts": {"notebook.ipynb": lines + answered({})},
            "2,000 files": {f"{n}.py": b"x = 1\n" * 1000 for n in range(2000)},
            "3 archives of 780 MB": {f"{n}.zip": zeros.getvalue() for n in range(3)},
        },
    }


@pytest.mark.parametrize("group", ["answers", "cells", "programs", "texts", "files"])
def test_no_submission_costs_more_than_twice_the_limit_of_a_cell(group, worst, cost, tmp_path, show):
    seconds = {}
    for number, (kind, files) in enumerate(worst[group].items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        for place, content in (files if isinstance(files, dict) else {"notebook.ipynb": files}).items():
            (folder / place).write_bytes(content)
        begun = time.monotonic()
        handed_in = HandedIn.read(folder, "notebook")
        read = time.monotonic() - begun
        seconds[kind] = read + cost(handed_in)
    rows = [("submission", "seconds"), *sorted(seconds.items(), key=lambda pair: -pair[1])]
    show(f"Seconds of one submission ({group}), of which a kernel's start is about one", rows)
    assert max(seconds.values()) < 2 * SandboxLimits().cell


def test_a_class_of_300_that_is_alike_in_rings_takes_seconds(show):
    programs = {
        f"student-{n:03}": {f"statement-{(n // 30) * 2000 + k}": 20 for k in range(2000)} for n in range(300)
    }
    begun = time.monotonic()
    pairs = similar(programs)
    seconds = time.monotonic() - begun
    show(
        "Similarity", [("programs", "statements each", "pairs", "seconds"), (300, 2000, len(pairs), seconds)]
    )
    assert seconds < SandboxLimits().cell
