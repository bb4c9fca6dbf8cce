"""Cells of a learner's, one by one: which are theirs, and where each comes back to."""

import hashlib
import json

import nbformat
import pytest

from mlcourse.feedback import kept_work


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
