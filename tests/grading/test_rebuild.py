"""A submission is rebuilt from the release: only answers come from the file, whatever else it says."""

import base64
import json

import pytest

from mlcourse.grading.rebuild import rebuild
from mlcourse.grading.released import Release

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ANSWER = "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))"


def sources(rebuilt):
    return [cell.source for cell in rebuilt.cells]


def test_answers_are_taken_over_and_all_else_is_the_release(cells, parsed_release):
    notebook, _ = cells
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    expected = [cell.source for cell in parsed_release.cells]
    expected[1] = ANSWER
    assert (sources(rebuilt), rebuilt.flags, rebuilt.status) == (expected, [], "graded")


def test_a_missing_file_is_an_unanswered_release(parsed_release):
    rebuilt = rebuild(None, parsed_release)
    assert (sources(rebuilt), rebuilt.status) == ([cell.source for cell in parsed_release.cells], "missing")


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "the file is empty; ask for it again"),
        (b"{", "the file ends in the middle; ask for it again"),
        (b'{"cells": [{"source": "def si', "the file ends in the middle; ask for it again"),
        (b'{"cells": [],\n "a": b}', "the file is damaged (Expecting value); ask for it again"),
        (
            b'{"cells": 1' + b"0" * 5000 + b"}",
            "the file has a number too long for a notebook; ask for it again",
        ),
        (b"<html>", "the file is no notebook: it does not begin with {; ask for the .ipynb itself"),
        (b"[]", "the file has no cells as a notebook has; ask for the .ipynb itself"),
        (b'{"cells": 1}', "the file has no cells as a notebook has; ask for the .ipynb itself"),
        (b"\xff\xfe", "the file is empty; ask for it again"),
        (b"[" * 100_000, "the file is nested too deeply to be a notebook"),
    ],
)
def test_what_is_no_notebook_is_unreadable_and_says_why(content, words, parsed_release):
    rebuilt = rebuild(content, parsed_release)
    assert rebuilt.status == "unreadable"
    assert rebuilt.flags[0].startswith(f"unreadable: {words}")


def test_own_cells_run_where_they_were(cells, parsed_release):
    notebook, named = cells
    own = {"cell_type": "code", "metadata": {"tags": ["x"]}, "source": "helper = 1", "outputs": ["x"]}
    notebook["cells"].insert(notebook["cells"].index(named["sigmoid-solution"]), own)
    notebook["cells"].insert(0, dict(own, source="first = 1"))
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert sources(rebuilt)[:4] == ["first = 1", parsed_release.cells[0].source, "helper = 1", ANSWER]
    mine = {
        "cell_type": "code",
        "metadata": {},
        "source": "helper = 1",
        "outputs": [],
        "execution_count": None,
    }
    assert rebuilt.cells[2].raw == mine | {"id": "own-2"}


def test_nothing_but_the_source_of_an_answer_is_believed(cells, parsed_release):
    notebook, named = cells
    named["sigmoid-solution"]["metadata"]["nbgrader"].update(points=100, grade=True, locked=True)
    named["sigmoid-solution"]["metadata"]["tags"] = ["remove_cell"]
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert rebuilt.cells[1].raw["metadata"] == parsed_release.cells[1].raw["metadata"]


GIVEN = "import numpy as np\n\nfrom mlcourse import check"
CHECK = 'check("sigmoid", sigmoid)'


@pytest.mark.parametrize(
    "number, source, above, below",
    [
        (0, f"from math import exp\n{GIVEN}", "", "from math import exp"),
        (0, f"{GIVEN}\n\ndef helper(x):\n    return x", "", "def helper(x):\n    return x"),
        (0, f"%matplotlib inline\n{GIVEN}", "", "%matplotlib inline"),
        (0, f"{GIVEN}\n\nn = 1".replace("\n", "\r"), "", "n = 1"),
        (0, f"{GIVEN}\n\nX = 1\nn = X", "", "X = 1\nn = X"),
        (0, f"# mine\n\n{GIVEN}\n# end", "", ""),
        (0, "import numpy as np, math\nfrom mlcourse import (\n  check)", "", "import numpy as np, math"),
        (0, "import numpy as np; n = 3\nfrom mlcourse import check", "", "import numpy as np; n = 3"),
        (0, f"{GIVEN}\n(", "", f"{GIVEN}\n("),
        (0, f"n = 1\n{GIVEN}\n\n\nn += 1", "", "n = 1\n\nn += 1"),
        (2, f"{ANSWER}\n\n{CHECK}\nn = 2", ANSWER, "n = 2"),
        (2, f"{ANSWER}\n\n\ncheck('sigmoid',sigmoid)", ANSWER, ""),
        (2, f"%%time\n# mine\n{CHECK}", "", ""),
        (2, ANSWER, ANSWER, ""),
        (2, f"{CHECK}\n{ANSWER}", "", ANSWER),
    ],
)
def test_what_is_written_into_a_given_cell_runs_beside_it_and_nothing_runs_twice(
    number, source, above, below, cells, parsed_release
):
    notebook, named = cells
    named["sigmoid-solution"]["source"] = parsed_release.cells[1].source
    notebook["cells"][number]["source"] = source
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    texts = sources(rebuilt)
    place = texts.index(parsed_release.cells[number].source)
    own = {number: cell.source for number, cell in enumerate(rebuilt.cells) if "own-" in cell.raw["id"]}
    expected = {place - 1: above} if above else {}
    assert own == expected | ({place + 1: below} if below else {})
    assert bool(rebuilt.answered) == (ANSWER in source)
    assert [flag for flag in rebuilt.flags if not flag.startswith("answered")] == (
        ["edited: sigmoid"] if number else []
    )


@pytest.mark.parametrize("length, whole", [(599, False), (600, True)])
def test_given_cells_too_long_to_be_compared_run_whole(cells, parsed_release, monkeypatch, length, whole):
    monkeypatch.setattr("mlcourse.grading.rebuild._MOST_COMPARED", 1000)
    notebook, named = cells
    notebook["cells"][0]["source"] = f"{GIVEN}\n".ljust(400, "#")
    source = named["sigmoid"]["source"] = f"{CHECK}\n".ljust(length, "#")
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    own = [cell.source for cell in rebuilt.cells if "own-" in cell.raw["id"]]
    assert own == ([source] if whole else [])


def test_an_edited_check_is_put_back_and_flagged(cells, parsed_release):
    notebook, named = cells
    named["sigmoid"]["source"] = "1.0"
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert sources(rebuilt)[2:4] == ["1.0", parsed_release.cells[2].source]
    assert not rebuilt.cells[2].graded
    assert rebuilt.flags == ["edited: sigmoid"]


def test_a_split_answer_is_put_together_and_its_last_definition_counts(cells, parsed_release):
    notebook, named = cells
    later = "def sigmoid(Z):\n    return helper(Z)"
    notebook["cells"].append(dict(named["sigmoid-solution"], source=later))
    notebook["cells"].append(dict(named["sigmoid-solution"], source=parsed_release.cells[1].source))
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert rebuilt.cells[1].source == f"{ANSWER}\n\n{later}"
    assert "duplicated: sigmoid-solution" in rebuilt.flags


def test_an_answer_without_metadata_is_found_by_its_id(cells, parsed_release):
    notebook, named = cells
    named["sigmoid-solution"]["metadata"] = {}
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert rebuilt.cells[1].source == ANSWER
    assert rebuilt.flags == ["metadata lost: sigmoid-solution"]


def test_an_answer_in_a_cell_of_another_type_is_still_an_answer(cells, parsed_release):
    notebook, named = cells
    named["sigmoid-solution"]["cell_type"] = "raw"
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert rebuilt.cells[1].source == ANSWER
    assert rebuilt.cells[1].raw["cell_type"] == "code"
    assert rebuilt.flags == ["retyped: sigmoid-solution"]


def test_missing_and_moved_cells_are_flagged_and_put_back(cells, parsed_release):
    notebook, named = cells
    notebook["cells"].remove(named["backward-propagation"])
    notebook["cells"].remove(named["sigmoid"])
    notebook["cells"].insert(0, named["sigmoid"])
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert [cell.grade_id for cell in rebuilt.cells] == [cell.grade_id for cell in parsed_release.cells]
    assert rebuilt.flags == ["moved: sigmoid-solution", "missing: backward-propagation"]


def test_what_is_there_to_keep_the_class_waiting_is_not_looked_through(cells, parsed_release):
    notebook, _ = cells
    own = {"cell_type": "code", "metadata": {}, "outputs": []}
    notebook["cells"] += [dict(own, source="x = 1\n" * 15_000) for _ in range(9)]
    notebook["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": "![" * 400_000}]
    notebook["cells"] += [dict(own, source=f"x = {number}") for number in range(3000)]
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert "too many cells: 3015" in rebuilt.flags
    assert "too long to be looked through for definitions" in rebuilt.flags
    assert rebuilt.cells[1].source == ANSWER
    assert max(len(cell.source) for cell in rebuilt.cells) < 100_000


def test_texts_are_put_together_with_their_pictures_and_what_is_neither_text_nor_program_is_left_out(
    small_release,
):
    about = {
        "grade": True,
        "solution": True,
        "locked": False,
        "points": 3,
        "schema_version": 3,
        "task": False,
    }
    why = {"cell_type": "markdown", "source": "Why?", "id": "why"}
    why["metadata"] = {"nbgrader": about | {"grade_id": "why"}}
    handed_out = small_release | {"cells": [*small_release["cells"], why]}
    release = Release.read(json.dumps(handed_out))
    pictures = {"p.png": {"image/png": PIXEL}, "q.svg": {"image/svg+xml": "<svg/>"}}
    files = {"r.png": base64.b64decode(PIXEL)}
    parts = [
        why | {"source": "First ![p](attachment:p.png)", "attachments": pictures},
        why | {"source": "x " * 250_000 + "x"},
        why | {"source": "y " * 250_000},
        why | {"source": "Second ![p](attachment:p.png) ![r](r.png) ![q](attachment:q.svg)"},
    ]
    parts[-1]["attachments"] = pictures
    kinds = [("markdown", "# Notes"), ("raw", "raw"), ("code", " \n"), ("other", "x"), ("code", "mine = 1")]
    own = [{"cell_type": kind, "metadata": {"x": 1}, "source": text} for kind, text in kinds]
    content = json.dumps(handed_out | {"cells": handed_out["cells"][:-1] + parts + own}).encode()
    rebuilt = rebuild(content, release, files)
    answer, notes, mine = (cell.raw for cell in rebuilt.cells[-3:])
    assert answer["source"].split("\n\n") == [
        "First ![p](attachment:picture-1.png)",
        "(This text was too long to be kept.)",
        "y " * 250_000,
        "Second ![p](attachment:picture-2.png) ![r](attachment:picture-3.png) ",
    ]
    assert answer["attachments"] == {f"picture-{n}.png": {"image/png": PIXEL} for n in (1, 2, 3)}
    assert notes == {"cell_type": "markdown", "metadata": {}, "source": "# Notes", "id": "own-6"}
    assert mine["id"] == "own-7"
    assert rebuilt.defines == [set()] * 7 + [{"mine"}]
    assert rebuilt.flags == ["duplicated: why", "picture left out: q.svg"]
    assert (rebuilt.answered, rebuild(json.dumps(handed_out).encode(), release).answered) == (1, 0)
    assert "id" not in Release.read(json.dumps(without_ids(handed_out))).cells[0].raw
    again = rebuild(json.dumps(handed_out).encode(), Release.read(json.dumps(without_ids(handed_out))))
    assert not any("id" in cell.raw for cell in again.cells)


def without_ids(notebook):
    cells = [{key: value for key, value in cell.items() if key != "id"} for cell in notebook["cells"]]
    return notebook | {"cells": cells}


@pytest.mark.parametrize(
    "count, flags", [(500, []), (501, ["too many cells: 501"]), (502, ["too many cells: 502"])]
)
def test_of_own_cells_five_hundred_are_kept(cells, parsed_release, count, flags):
    notebook, _ = cells
    own = [{"cell_type": "code", "metadata": {}, "source": f"x = {number}"} for number in range(count)]
    rebuilt = rebuild(json.dumps(notebook | {"cells": notebook["cells"] + own}).encode(), parsed_release)
    assert rebuilt.flags == flags
    assert sources(rebuilt)[-1] == "x = 499"


def test_what_a_module_handed_in_defines_counts_and_a_picture_beside_a_note_is_kept(cells, parsed_release):
    notebook, named = cells
    named["sigmoid-solution"]["source"] = "from mine import *"
    note = {"cell_type": "markdown", "metadata": {}, "source": "![p](p.png)"}
    notebook["cells"].append(note)
    files = {"mine.py": ANSWER.encode(), "p.png": base64.b64decode(PIXEL)}
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release, files)
    assert "sigmoid" in rebuilt.defines[1]
    assert rebuilt.cells[-1].raw["attachments"] == {"picture-1.png": {"image/png": PIXEL}}
    alone = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert "sigmoid" not in alone.defines[1] and "attachments" not in alone.cells[-1].raw


@pytest.mark.parametrize(
    "error, words",
    [(MemoryError(), "MemoryError"), (ValueError("x" * 300), "x" * (200 - len("unreadable: ")))],
)
def test_a_file_that_cannot_be_read_is_unreadable_by_its_error_in_a_few_words(
    parsed_release, monkeypatch, error, words
):
    def fails(content):
        raise error

    monkeypatch.setattr("mlcourse.grading.rebuild.read_cells", fails)
    rebuilt = rebuild(b"{}", parsed_release)
    assert (rebuilt.flags, rebuilt.cells) == ([f"unreadable: {words}"], parsed_release.cells)


def test_an_answer_that_is_there_twice_is_taken_once(cells, parsed_release):
    notebook, named = cells
    notebook["cells"].append(named["sigmoid-solution"])
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert (rebuilt.cells[1].source, rebuilt.flags) == (ANSWER, ["duplicated: sigmoid-solution"])
