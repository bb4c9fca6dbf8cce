"""The files of a submission: what is taken, what is left out, and that no odd file stops anything."""

import io
import json
import os
import zipfile

import pytest

from mlcourse.grading.bare_notebook import without_outputs
from mlcourse.grading.handed_in import HandedIn

NAME = "02-two-layer-network"


def notebook(*outputs):
    cells = [{"cell_type": "code", "source": "x = '\"outputs\": ['", "outputs": list(outputs), "id": "a"}]
    return {"nbformat": 4, "metadata": {"outputs": ["kept"]}, "cells": cells}


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [{"data": {"text/plain": '"]}, "outputs": [{"'}}],
        [{"data": {"application/json": {"outputs": [[["deep"]], {"outputs": []}]}}}, {"text": ["\\", '"']}],
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_outputs_are_cut_out_and_nothing_else(outputs, encoding):
    content = json.dumps(notebook(*outputs), ensure_ascii=False).encode(encoding)
    bare = without_outputs(content)
    assert json.loads(bare.decode(json.detect_encoding(bare)).lstrip("\ufeff")) == notebook()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'"', b'"\\', b'{"cells": [{"outputs": [', b"\xff\xfe\x00", b"]" * 9, b'"outputs"[' * 9],
)
def test_what_is_no_notebook_is_left_as_it_is(content):
    assert without_outputs(content) in (content, content.replace(b"[", b"[]", 1)), content


def test_links_and_hidden_files_are_not_followed(tmp_path):
    folder, secret = tmp_path / "submitted", tmp_path / "secret"
    folder.mkdir()
    secret.mkdir()
    (secret / "key.py").write_text("key = 1")
    (secret / f"{NAME}.ipynb").write_text("{}")
    (folder / "link.py").symlink_to(secret / "key.py")
    (folder / "linked").symlink_to(secret)
    (folder / f"{NAME}.ipynb").symlink_to(secret / f"{NAME}.ipynb")
    (folder / ".hidden.py").write_text("")
    os.mkfifo(folder / "pipe.py")
    files = HandedIn.read(folder, NAME)
    assert (files.notebooks, files.others) == ((), ())
    assert files.flags == ("not a plain file",)


def test_odd_names_and_many_files_stop_nothing(tmp_path):
    for name in (b"caf\xe9.py", b"new\nline.py", b"..py", b"a" * 200 + b".py"):
        (tmp_path / os.fsdecode(name)).write_text("x = 1")
    for number in range(150):
        (tmp_path / f"data{number}.csv").write_text("1")
    deep = tmp_path
    for _ in range(8):
        deep /= "deep"
        deep.mkdir()
    (deep / f"{NAME}.ipynb").write_text("{}")
    files = HandedIn.read(tmp_path, NAME)
    assert len(files.others) <= 100
    assert files.notebooks == ()
    assert len(files.digest) == 64


def test_files_beyond_the_limit_are_left_out_and_said(tmp_path):
    (tmp_path / "big.npy").write_bytes(b"\0" * 17_000_000)
    (tmp_path / "small.py").write_text("x = 1")
    files = HandedIn.read(tmp_path, NAME)
    assert dict(files.others) == {"small.py": b"x = 1"}
    assert files.flags == ("too large: big.npy was left out",)


@pytest.mark.parametrize("ending", [".ipynb", ".txt"])
def test_of_many_notebooks_some_are_read_whatever_their_ending(ending, tmp_path):
    for number in range(30):
        (tmp_path / f"copy-{number:02}{ending}").write_text('{"cells": []}')
    files = HandedIn.read(tmp_path, NAME)
    assert len(files.notebooks) == 8
    assert files.flags[0] == f"too many notebooks: copy-08{ending} was not looked at"


def test_versions_of_a_merge_count_and_the_one_of_the_right_name_comes_first(tmp_path):
    merge = '{"cells":\n<<<<<<< a\n[1]\n=======\n[2]\n>>>>>>> b\n}'
    for ending, text in (("", '{"cells": []}'), (".ipynb", merge)):
        for number in range(9):
            (tmp_path / f"0{number}{ending}").write_text(text)
        (tmp_path / f"{NAME}{ending}").write_text(text)
        found = HandedIn.read(tmp_path, NAME).notebooks
        assert (len(found), found[0][0]) == (8, f"{NAME}{ending}")


def test_a_notebook_of_the_assignment_is_not_taken_for_another(tmp_path):
    (tmp_path / "part-b.ipynb").write_text("{}")
    assert HandedIn.read(tmp_path, "part-a", ("part-a", "part-b")).notebooks == ()
    assert len(HandedIn.read(tmp_path, "part-b", ("part-a", "part-b")).notebooks) == 1


def test_every_file_counts_for_the_journal(tmp_path):
    digests = {HandedIn.read(tmp_path, NAME).digest}
    for name in (f"{NAME}.ipynb", "helper.py", "other.ipynb"):
        (tmp_path / name).write_text("{}")
        digests.add(HandedIn.read(tmp_path, NAME).digest)
    (tmp_path / "helper.py").write_text("[]")
    digests.add(HandedIn.read(tmp_path, NAME).digest)
    assert len(digests) == 5


def zipped(*files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, data in files:
            archive.writestr(place, data)
    return content.getvalue()


def test_an_archive_is_unpacked_where_there_is_no_notebook_and_no_bomb_goes_off(tmp_path, monkeypatch):
    monkeypatch.setattr("mlcourse.grading.zipped._MOST_BYTES", 1000)
    good = [(f"my/{NAME}.ipynb", "{}"), ("my/own.py", "x = 1"), ("__MACOSX/._own.py", "?"), ("../up.py", "x")]
    (tmp_path / "work.zip").write_bytes(zipped(*good, ("large.ipynb", "0" * 1001), ("in.zip", zipped())))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    files = HandedIn.read(tmp_path, NAME)
    assert files.notebooks == ((f"my/{NAME}.ipynb", b"{}"),)
    assert [place for place, _ in files.others] == ["broken.zip", "work.zip", "my/own.py", "in.zip"]
    assert files.flags[0].startswith("cannot be unpacked: broken.zip: BadZipFile")
    assert files.flags[1] == "unpacked: work.zip"
    (tmp_path / f"{NAME}.ipynb").write_text("[]")
    assert HandedIn.read(tmp_path, NAME).notebooks == ((f"{NAME}.ipynb", b"[]"),), "then nothing is unpacked"
