"""A learner's work in one file: taken out of the notebooks, put back into others, nothing lost."""

import errno
import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import pytest

from mlcourse.feedback import kept_work, progress_card, progress_store
from mlcourse.feedback.progress_store import DamagedProgress

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
NAMES = ("01-chain-rule", "02-two-layer-network")


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """``fresh()``: a new folder with two lessons as they are released, which becomes the current one."""
    made = []

    def go():
        root = tmp_path / f"machine-{len(made)}"
        for name in NAMES:
            (root / "lessons" / name).mkdir(parents=True)
            shutil.copy(LESSONS / name / f"{name}.ipynb", root / "lessons" / name)
        shutil.copy(LESSONS / "start.ipynb", root / "lessons")
        monkeypatch.chdir(root / "lessons")
        monkeypatch.setenv("MLCOURSE_PROGRESS", str(root / "progress.json"))
        made.append(root)
        return root

    return go


def path(root, name=NAMES[0]):
    return root / "lessons" / name / f"{name}.ipynb"


def cells(root, name=NAMES[0]):
    return json.loads(path(root, name).read_text())["cells"]


def change(root, how, name=NAMES[0]):
    notebook = json.loads(path(root, name).read_text())
    how(notebook["cells"])
    path(root, name).write_text(json.dumps(notebook))


def answer(source):
    def how(all_cells):
        cell = next(cell for cell in all_cells if cell["metadata"].get("nbgrader", {}).get("solution"))
        cell["source"] = source

    return how


def work(all_cells):
    """An answer, a note in a text of the course, and a cell of one's own."""
    answer("def power_chain(x):\n    return 'mine'")(all_cells)
    all_cells[0]["source"] += "\n\nMy note."
    own = {"cell_type": "code", "id": "5a3c99f0", "metadata": {}, "outputs": [], "execution_count": 3}
    all_cells.insert(4, own | {"source": ["1 +", " 1"]})


def kept(root):
    return progress_store.dump({"power-chain": 1.0}, kept_work.collect()).encode()


def sources(all_cells):
    return [(cell["cell_type"], "".join(cell["source"])) for cell in all_cells]


def test_no_cell_of_a_released_lesson_is_taken_for_the_learners(tmp_path, monkeypatch):
    shutil.copytree(LESSONS, tmp_path / "lessons", ignore=shutil.ignore_patterns(".*"))
    monkeypatch.chdir(tmp_path / "lessons")
    assert kept_work.collect() == {}


@pytest.mark.parametrize("beside", [False, True], ids=["the course's folder", "lessons beside each other"])
def test_what_was_written_on_one_machine_is_on_the_other(fresh, monkeypatch, beside):
    old = fresh()
    change(old, work)
    data = kept(old)
    new = fresh()
    if beside:  # as on a hub, where each lesson is fetched into one's home
        (new / "lessons" / "start.ipynb").unlink()
        monkeypatch.chdir(path(new).parent)
    other = path(new, NAMES[1]).read_bytes()
    assert progress_store.merge(data) == (1, [NAMES[0]])
    assert sources(cells(new)) == sources(cells(old))
    assert path(new, NAMES[1]).read_bytes() == other
    assert progress_store.merge(data) == (0, []), "a second time there is nothing to do"


def test_what_came_back_is_said_with_the_lessons_that_it_is_in(fresh):
    old = fresh()
    for name in NAMES:
        change(old, answer("mine"), name)
    data = kept(old)
    fresh()
    assert progress_card._merged("my.json", data) == (
        "my.json is here: 1 result is better than before; answers came back into 01-chain-rule, "
        "02-two-layer-network. If one of them is open, choose Reload Notebook from Disk in the menu File."
    )


def test_what_was_written_since_stays_and_the_other_answer_is_below_it(fresh):
    old = fresh()
    change(old, answer("old"))
    data, new = kept(old), fresh()
    change(new, answer("new"))
    progress_store.merge(data)
    found = sources(cells(new))
    assert found.index(("raw", "old")) == found.index(("code", "new")) + 1
    assert len({cell["id"] for cell in cells(new)}) == len(cells(new))


def test_a_picture_in_an_answer_is_kept_also_where_its_text_is_as_released(fresh):
    picture = {"hand.png": {"image/png": "iVBORw0KGgo="}}

    def paste(all_cells):
        all_cells[0]["attachments"] = picture  # only the picture
        all_cells.insert(
            1, {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "![](attachment:hand.png)"}
        )
        all_cells[1]["attachments"] = picture

    old = fresh()
    change(old, paste)
    data, new = kept(old), fresh()
    assert progress_store.merge(data) == (1, [NAMES[0]])
    assert [cell.get("attachments") for cell in cells(new)[:3]] == [picture, picture, None]
    assert progress_store.merge(data) == (0, [])


def test_a_photograph_is_not_too_much_to_be_brought_back(fresh):
    photograph = {"hand.jpg": {"image/jpeg": "A" * 8_000_000}}
    old = fresh()
    change(old, lambda all_cells: all_cells[0].update(attachments=photograph))
    data, new = kept(old), fresh()
    assert progress_store.merge(data) == (1, [NAMES[0]])
    assert cells(new)[0]["attachments"] == photograph


@pytest.mark.parametrize(
    "answers",
    [
        [],
        {"01-chain-rule": [{"id": "x", "type": "raw", "source": "", "after": "", "attachments": [1]}]},
        {"01-chain-rule": [{"id": "x", "type": "raw", "source": "", "after": "", "attachments": {"a": 1}}]},
        {"01-chain-rule": {}},
        {"01-chain-rule": [{"id": "x"}]},
        {"01-chain-rule": [{"id": "x", "type": "code", "source": 1, "after": ""}]},
        {"01-chain-rule": [{"id": "x", "type": "html", "source": "", "after": ""}]},
    ],
)
def test_of_a_damaged_file_nothing_is_taken(fresh, answers):
    before = path(fresh()).read_bytes()
    data = json.dumps({"version": 1, "points": {"power-chain": 1}, "answers": answers}).encode()
    with pytest.raises(DamagedProgress, match="not a progress file; expected JSON such as"):
        progress_store.merge(data)
    assert path(Path.cwd().parent).read_bytes() == before
    assert progress_store.load() == ({}, "")


def test_a_lesson_that_is_not_here_and_a_name_that_leads_elsewhere_are_left(fresh, tmp_path):
    fresh()
    cell = {"id": "x", "type": "code", "source": "1", "after": ""}
    answers = {"99-other": [cell], "../../elsewhere": [cell]}
    assert progress_store.merge(progress_store.dump({}, answers).encode()) == (0, [])


def test_a_full_disk_changes_nothing_and_is_said_in_a_line(fresh, monkeypatch):
    old = fresh()
    for name in NAMES:
        change(old, answer("mine"), name)
    data, new = kept(old), fresh()
    before = {file: file.read_bytes() for file in new.rglob("*") if file.is_file()}
    written = []

    def full(*arguments, **options):
        written.append(1)
        if len(written) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return make(*arguments, **options)

    make = progress_card.progress_store.write_whole.__globals__["mkstemp"]
    monkeypatch.setitem(progress_card.progress_store.write_whole.__globals__, "mkstemp", full)
    said = progress_card._merged("my-work.json", data)
    assert said.startswith("my-work.json was not brought back: ") and said.count("\n") == 0
    assert "cannot be written (No space left on device)" in said
    assert {file: file.read_bytes() for file in new.rglob("*") if file.is_file()} == before


def cell(source, kind="markdown", identity="", **more):
    """A cell of a text of the course, as a build makes it."""
    made = hashlib.sha256(f"{kind}\n{source}".encode()).hexdigest()[:12]
    fields = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": identity or made, "metadata": {}, "source": source, **fields, **more}


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """``notebook(*cells)``: the one lesson here, with these cells; its path."""
    folder = tmp_path / "01-mine"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def write(*all_cells):
        content = {"cells": all_cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (folder / "01-mine.ipynb").write_text(json.dumps(content), encoding="utf-8")
        return folder / "01-mine.ipynb"

    return write


def put(*answers):
    """Cells of the one lesson with these answers in it, in the file's text."""
    ((_, text),) = kept_work.with_answers({"01-mine": list(answers)}).items()
    nbformat.validate(nbformat.reads(text, as_version=4))
    return json.loads(text)["cells"]


def kept_cell(source, identity, kind="markdown", after="", **more):
    return {"id": identity, "type": kind, "source": source, "after": after, **more}


def test_what_is_collected_is_what_differs_from_the_release_with_the_cell_before_it(notebook):
    own, first, edited = (
        cell("Top.", identity="o1"),
        cell("Read."),
        cell("Old.", "code") | {"source": ["New", "."]},
    )
    split, empty = cell("Read.") | {"id": f"{first['id']}-2"}, cell("", "code", "e1") | {"source": "  \n"}
    marked = cell("Here.", "code", "t1") | {"metadata": {"nbgrader": {"locked": True, "solution": False}}}
    marked["attachments"] = {"a.png": {"image/png": ""}}
    notebook(own, first, edited, split, empty, marked, cell("Mine.", identity="m1"))
    assert kept_work.collect() == {
        "01-mine": [
            kept_cell("Top.", "o1"),
            kept_cell("New.", edited["id"], "code", first["id"]),
            kept_cell("Mine.", "m1", "markdown", "t1"),
        ]
    }


def test_a_lesson_that_cannot_be_read_has_nothing_and_keeps_nothing_back(notebook):
    file = notebook(cell("Mine.", identity="m1"))
    file.write_text("{")
    assert kept_work.collect() == {}
    assert kept_work.with_answers({"01-mine": [kept_cell("A", "x")]}) == {}
    file.unlink()
    assert list(kept_work._lessons()) == []


def test_an_answer_takes_the_place_of_what_is_as_released_and_runs_anew(notebook):
    released = cell("x = 1", "code") | {"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}]}
    notebook(cell("Read."), released | {"execution_count": 7}, cell("Go on."))
    _, answered, last = put(kept_cell("x = 2", released["id"], "code"))
    assert answered == released | {"source": "x = 2", "outputs": [], "execution_count": None}
    assert last["source"] == "Go on."
    text = cell("A text.")
    notebook(text)
    assert put(kept_cell("Mine: é", text["id"])) == [text | {"source": "Mine: é"}]


def test_a_cell_of_ones_own_comes_below_the_cell_that_it_followed(notebook):
    first, last = cell("First."), cell("Last.")
    notebook(first, last)
    code = put(kept_cell("1 + 1", "own", "code", first["id"]))
    assert [c["source"] for c in code] == ["First.", "1 + 1", "Last."]
    assert code[1] == cell("1 + 1", "code", "own")
    below = put(kept_cell("Note.", "own", after="no longer there"))
    assert [c["source"] for c in below] == ["First.", "Last.", "Note."]
    assert below[2] == cell("Note.", identity="own")
    several = put(kept_cell("A", "a", after=first["id"]), kept_cell("B", "b", after="a"))
    assert [c["source"] for c in several] == ["First.", "A", "B", "Last."]


def test_what_was_written_since_stays_and_the_older_answer_does_not_run(notebook):
    other = cell("x = 1", "code") | {"source": "x = 3"}
    notebook(other)
    assert [(c["cell_type"], c["source"]) for c in put(kept_cell("x = 2", other["id"], "code"))] == [
        *(("code", "x = 3"), ("raw", "x = 2"))
    ]
    assert kept_work.with_answers({"01-mine": [kept_cell("x = 3", other["id"], "code")]}) == {}


def test_an_id_that_no_notebook_may_have_is_left_out(notebook):
    notebook(cell("First."))
    for identity in ("", "a b", "x" * 65, "é"):
        text = next(iter(kept_work.with_answers({"01-mine": [kept_cell("A", identity)]}).values()))
        assert "id" not in json.loads(text)["cells"][1]
    assert put(kept_cell("A", "x" * 64))[1]["id"] == "x" * 64


def test_a_notebook_is_written_as_jupyterlab_writes_it(notebook):
    first = cell("Größe")
    file = notebook(first)
    ((written, text),) = kept_work.with_answers({"01-mine": [kept_cell("A", "a")]}).items()
    assert written == file
    assert "Größe" in text and text.startswith('{\n "cells": [\n  {\n') and text.endswith("\n}\n")
