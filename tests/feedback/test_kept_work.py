"""A learner's work in one file: taken out of the notebooks, put back into others, nothing lost."""

import errno
import json
import shutil
from pathlib import Path

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
