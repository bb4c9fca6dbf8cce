"""Stubs in a rebuilt submission: which are put back, cut out or left, and what counts as work."""

import json
from copy import deepcopy

import pytest

from mlcourse.grading.rebuild import rebuild
from mlcourse.grading.released import Release

ANSWER = "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))"


def sources(rebuilt):
    return [cell.source for cell in rebuilt.cells]


def test_a_cell_full_of_data_costs_nobody_his_answers(cells, parsed_release):
    notebook, named = cells
    data = {"cell_type": "code", "metadata": {}, "outputs": [], "source": f"data = '{'x' * 400_000}'"}
    typed = {"cell_type": "code", "metadata": {}, "outputs": [], "source": ANSWER}
    place = notebook["cells"].index(named["sigmoid-solution"])
    notebook["cells"][place : place + 1] = [data, typed]
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert ANSWER in sources(rebuilt)
    assert not any("raise NotImplementedError" in text and "sigmoid" in text for text in sources(rebuilt))


@pytest.mark.parametrize("above", [True, False])
def test_an_answer_in_another_cell_takes_the_stub_out_and_is_told(cells, parsed_release, above):
    notebook, named = cells
    named["sigmoid-solution"]["source"] = parsed_release.cells[1].source
    typed = {"cell_type": "code", "metadata": {}, "source": ANSWER, "outputs": []}
    place = notebook["cells"].index(named["sigmoid-solution"])
    notebook["cells"].insert(place if above else place + 1, typed)
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    stub, mine = rebuilt.cells[2 if above else 1], rebuilt.cells[1 if above else 2]
    assert (stub.grade_id, mine.source) == ("sigmoid-solution", ANSWER)
    assert "NotImplementedError" not in stub.source
    assert rebuilt.flags == ["answered in another cell: sigmoid-solution"]
    assert stub.answered and rebuilt.answered > 0


def test_only_stubs_that_are_gone_from_the_file_are_put_back(cells, parsed_release):
    notebook, named = cells
    named["sigmoid-solution"]["source"] = parsed_release.cells[1].source
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] == "sigmoid-solution"]
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    back = [cell.grade_id for cell in rebuilt.cells if cell.put_back]
    written = [cell.grade_id for cell in parsed_release.cells if cell.code and cell.solution]
    assert back == [name for name in written if name != "sigmoid-solution"]


def test_a_stub_that_the_learner_left_below_the_answer_or_copied_stays_where_it_is(cells, parsed_release):
    notebook, named = cells
    usual = rebuild(json.dumps(notebook).encode(), parsed_release).answered
    stub = parsed_release.cells[1].source
    copied = "\n\n\n".join(("import this", "import that", "import other", stub))
    notebook["cells"].insert(0, {"cell_type": "code", "metadata": {}, "source": copied, "outputs": []})
    rebuilt = rebuild(json.dumps(notebook).encode(), parsed_release)
    assert (sources(rebuilt)[0], rebuilt.flags, rebuilt.answered) == (copied, [], usual)
    both = named["sigmoid-solution"]["source"] = f"{ANSWER}\n\n\n{stub}"
    assert both in sources(rebuild(json.dumps(notebook).encode(), parsed_release))


def test_what_is_given_is_no_work_of_the_learner(small_release):
    helper = {
        "cell_type": "code",
        "metadata": {},
        "id": "h",
        "source": "def later(n):\n    raise NotImplementedError",
    }
    *others, last, check = deepcopy(small_release["cells"])
    last["source"] = "steps = 3\n\n\n" + last["source"]
    release = Release.read(json.dumps(small_release | {"cells": [helper, *others, last, check]}))
    rebuilt = rebuild(json.dumps(small_release | {"cells": [helper, *others, check]}).encode(), release)
    assert rebuilt.answered == 0
    assert rebuilt.defines == [set()] * len(rebuilt.cells)


def test_another_name_for_something_of_the_course_defines_nothing(cells, parsed_release):
    notebook, _ = cells
    source = "from mlcourse import nn\nseen = nn.sigmoid\nmine = np.zeros(1)"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": source, "outputs": []})
    assert rebuild(json.dumps(notebook).encode(), parsed_release).defines[-1] == {"mine"}
