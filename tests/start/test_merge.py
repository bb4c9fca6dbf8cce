"""A learner's notebook and a new edition of its lesson: what comes out, cell by cell."""

from copy import deepcopy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mlcourse.start import merged

STUB = "def f(x):\n    raise NotImplementedError"
ANSWER = "def f(x):\n    return 2 * x"


def solution(source=STUB):
    cell = new_code_cell(source, id="f-solution")
    cell.metadata.nbgrader = {"solution": True, "locked": False, "grade_id": "f-solution"}
    return cell


def test_cell(source='check("f", f)'):
    cell = new_code_cell(source, id="f")
    cell.metadata.nbgrader = {"solution": False, "locked": True, "grade_id": "f"}
    return cell


test_cell.__test__ = False  # type: ignore[attr-defined]


@pytest.fixture
def old():
    return new_notebook(
        cells=[
            new_markdown_cell("# Lesson", id="a"),
            new_markdown_cell("Nudge x.", id="b"),
            solution(),
            test_cell(),
            new_code_cell("plot(f)", id="c"),
        ]
    )


@pytest.fixture
def mine(old):
    mine = deepcopy(old)
    mine.cells[2].source = ANSWER
    mine.cells[2].execution_count = 7
    mine.cells[4].outputs = [new_output("stream", text="drawn")]
    mine.cells.insert(2, new_code_cell("my = 3", id="own"))
    return mine


@pytest.fixture
def new(old):
    new = deepcopy(old)
    new.cells[1] = new_markdown_cell("Nudge x by 0.1.", id="b2")
    new.cells[2].source = "def f(x):\n    # twice x\n    raise NotImplementedError"
    new.cells.insert(1, new_markdown_cell("What is new.", id="n"))
    return new


def sources(notebook):
    nbformat.validate(notebook)
    return [cell.source for cell in notebook.cells]


def test_text_is_the_new_one_and_answers_and_own_cells_are_the_learners(old, mine, new):
    found = sources(merged(old, mine, new))
    assert found.count(ANSWER) == found.count("my = 3") == 1 and not any("NotImplemented" in s for s in found)
    assert [s for s in found if s not in (ANSWER, "my = 3")] == [
        "# Lesson", "What is new.", "Nudge x by 0.1.", 'check("f", f)', "plot(f)",
    ]  # fmt: skip
    assert found.index("# Lesson") < found.index("my = 3") < found.index(ANSWER)


def test_outputs_stay_where_the_code_is_the_same(old, mine, new):
    assert merged(old, mine, new).cells[-1].outputs[0].text == "drawn"
    new.cells[-1].source = "plot(f, wide=True)"
    last = merged(old, mine, new).cells[-1]
    assert last.source == "plot(f, wide=True)" and not last.outputs


def test_the_same_edition_changes_nothing_and_an_untouched_notebook_becomes_the_new_one(old, mine, new):
    assert sources(merged(old, mine, old)) == sources(mine)
    assert sources(merged(old, deepcopy(old), new)) == sources(new)


def test_twice_is_as_once(old, mine, new):
    once = merged(old, mine, new)
    assert sources(merged(new, once, new)) == sources(once)
    assert sources(merged(old, once, new)) == sources(once)  # stopped before the new edition was remembered


def test_a_text_that_the_learner_changed_stays_although_the_new_edition_lacks_it(old, mine, new):
    mine.cells[1].source = "Nudge x. My note: by a little."
    found = sources(merged(old, mine, new))
    assert "Nudge x. My note: by a little." in found and "Nudge x by 0.1." in found


def test_a_locked_cell_is_the_new_editions(old, mine, new):
    mine.cells[4].source = "4.0"
    new.cells[4].source = 'check("f", f)  # 2 points'
    assert mine.cells[4].id == "f"
    found = sources(merged(old, mine, new))
    assert 'check("f", f)  # 2 points' in found and "4.0" not in found


def test_an_answer_that_was_typed_into_a_locked_cell_stands_above_it(old, mine, new):
    mine.cells[4].source = "def g(x):\n    return x\n\n\n" + mine.cells[4].source
    assert mine.cells[4].id == "f"
    found = merged(old, mine, new)
    place = sources(found).index("def g(x):\n    return x")
    assert found.cells[place + 1].id == "f" and found.cells[place].metadata == {}
    assert found.cells[place + 1].source == new.cells[4].source


def test_a_solution_deleted_and_typed_anew_does_not_meet_its_stub_again(old, mine, new):
    mine.cells[3] = new_code_cell(ANSWER, id="typed")
    assert mine.cells[4].id == "f"
    found = sources(merged(old, mine, new))
    assert found.count(ANSWER) == 1 and not any("NotImplemented" in source for source in found)


def test_an_editor_that_gives_new_ids_loses_nothing(old, mine, new):
    for number, cell in enumerate(mine.cells):
        cell.id = f"other-{number}"
    found = sources(merged(old, mine, new))
    assert found.count(ANSWER) == found.count("my = 3") == found.count("plot(f)") == 1
    assert not any("NotImplemented" in source for source in found) and "What is new." in found


def test_an_editor_that_writes_no_ids_loses_nothing(old, mine, new):
    for cell in mine.cells:
        del cell["id"]
    mine.nbformat_minor = 4
    found = sources(merged(old, mine, new))
    assert found.count(ANSWER) == found.count("my = 3") == 1 and "What is new." in found


def test_two_cells_with_one_id_get_two(old, mine, new):
    mine.cells.append(new_code_cell("more = 1", id="own"))
    result = merged(old, mine, new)
    assert {"my = 3", "more = 1"} <= set(sources(result))
    assert len({cell.id for cell in result.cells}) == len(result.cells)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_moved_deleted_and_written_all_that_was_written_is_there(seed, old, new):
    import random

    rng, mine = random.Random(seed), deepcopy(old)
    written = []
    for number in range(8):
        place = rng.randrange(len(mine.cells) + 1)
        kind = rng.choice(["insert", "edit", "delete", "move"])
        if kind == "insert" or not mine.cells:
            written.append(f"own_{seed}_{number} = 1")
            mine.cells.insert(place, new_code_cell(written[-1]))
            continue
        cell = mine.cells.pop(min(place, len(mine.cells) - 1))
        if cell.source in written:
            written.remove(cell.source)
        if kind == "delete":
            continue
        if kind == "edit" and not cell.metadata.get("nbgrader", {}).get("locked"):
            cell.source = f"edited_{seed}_{number} = 1"
        if "_" in cell.source and cell.source.endswith("= 1"):
            written.append(cell.source)
        mine.cells.insert(rng.randrange(len(mine.cells) + 1), cell)
    found = sources(merged(old, mine, new))
    assert sorted(source for source in found if source.endswith("= 1")) == sorted(written)


def test_a_picture_in_an_answer_stays_also_where_the_text_is_as_it_was(old, new):
    for cells in (old.cells, new.cells):
        cells[0] = new_markdown_cell("Your derivation", id="d")
    mine = deepcopy(old)
    mine.cells[0].attachments = {"hand.png": {"image/png": "iVBORw0KGgo="}}
    assert merged(old, mine, new).cells[0].attachments == mine.cells[0].attachments
    mine.cells[0].source = "![hand](attachment:hand.png)"
    kept = merged(old, mine, new).cells[0]
    assert (kept.source, kept.attachments) == (mine.cells[0].source, mine.cells[0].attachments)
