"""The learner's folder: made once, brought up to date, and nothing in it is ever lost."""

import shutil

import nbformat
import pytest
from click.testing import CliRunner

from mlcourse.cli import main
from mlcourse.errors import CourseError
from mlcourse.start import LearnersFolder, folder

LESSON = "03-training/03-training.ipynb"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """The lessons of an installation that a test may change."""
    place = tmp_path / "installed"
    shutil.copytree(folder.installed_lessons(), place, ignore=shutil.ignore_patterns(".*"))
    monkeypatch.setattr(folder, "installed_lessons", lambda: place)
    return place


@pytest.fixture
def mine(installed, tmp_path):
    return LearnersFolder.make(tmp_path / "mine")


@pytest.fixture
def opened(monkeypatch):
    """Folders that JupyterLab would be opened in."""
    places = []
    monkeypatch.setattr("mlcourse.start.command.open_lab", lambda root, *others: places.append(root))
    return places


def rewrite(path, change):
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def answer(notebook):
    cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    cell.source = "def initialize_parameters():\n    return 'mine'"


def new_sentence(notebook):
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell("A new sentence.", id="new"))


def text(path):
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def test_it_has_the_start_page_every_lesson_and_its_pictures(mine, installed):
    names = {path.relative_to(installed) for path in installed.rglob("*") if path.is_file()}
    made = mine.root / "lessons"
    assert {path.relative_to(made) for path in made.rglob("*") if path.is_file()} == names
    assert len([name for name in names if name.suffix == ".ipynb"]) > 8


def test_made_again_it_is_found_as_it_is(mine):
    (mine.root / "lessons" / LESSON).write_text("mine")
    again = LearnersFolder.make(mine.root)
    assert again == mine and (mine.root / "lessons" / LESSON).read_text() == "mine" and not again.outdated()


@pytest.mark.parametrize("there", ["folder", "file"])
def test_what_is_another_ones_is_refused_and_left_alone(there, installed, tmp_path):
    place = tmp_path / "thesis"
    if there == "folder":
        place.mkdir()
        (place / "chapter.md").write_text("text")
    else:
        place.write_text("text")
    with pytest.raises(CourseError, match=r"thesis .*; name a new folder: mlcourse start FOLDER"):
        LearnersFolder.make(place)
    assert [path.name for path in tmp_path.rglob("*.md") if "installed" not in path.parts] in (
        ["chapter.md"],
        [],
    )


def test_an_update_brings_the_new_text_and_keeps_the_answer_and_a_copy(mine, installed):
    rewrite(mine.root / "lessons" / LESSON, answer)
    before = (mine.root / "lessons" / LESSON).read_bytes()
    rewrite(installed / LESSON, new_sentence)
    assert mine.outdated() == [LESSON]
    assert [(change.name, change.what) for change in mine.update()] == [(LESSON, "new, with what you wrote")]
    found = text(mine.root / "lessons" / LESSON)
    assert "A new sentence." in found and "return 'mine'" in found
    assert [path.read_bytes() for path in (mine.root / folder.KEPT).rglob("*.ipynb")] == [before]
    assert not mine.outdated() and not mine.update()


def test_an_untouched_lesson_is_replaced(mine, installed):
    rewrite(installed / LESSON, new_sentence)
    assert [change.what for change in mine.update()] == ["new"]
    assert (mine.root / "lessons" / LESSON).read_bytes() == (installed / LESSON).read_bytes()


def test_a_lesson_that_cannot_be_read_is_kept(mine, installed):
    (mine.root / "lessons" / LESSON).write_text('{"cells": [half')
    rewrite(installed / LESSON, new_sentence)
    assert "yours could not be read" in mine.update()[0].what
    assert [path.read_text() for path in (mine.root / folder.KEPT).rglob("*.ipynb")] == ['{"cells": [half']


def test_a_new_lesson_arrives_and_a_file_of_the_learners_in_its_place_is_kept(mine, installed):
    name = "09-new/09-new.ipynb"
    for place in (installed, mine.root / "lessons"):
        (place / name).parent.mkdir()
    shutil.copy(installed / LESSON, installed / name)
    (mine.root / "lessons" / name).write_text("mine")
    mine.update()
    assert (mine.root / "lessons" / name).read_bytes() == (installed / name).read_bytes()
    assert [path.read_text() for path in (mine.root / folder.KEPT).rglob("*.ipynb")] == ["mine"]


def test_an_update_that_cannot_write_says_where_and_changes_no_lesson(mine, installed, monkeypatch):
    rewrite(mine.root / "lessons" / LESSON, answer)
    before = (mine.root / "lessons" / LESSON).read_bytes()
    rewrite(installed / LESSON, new_sentence)

    def full(files):
        raise OSError(28, "No space left on device", str(next(iter(files))))

    monkeypatch.setattr(folder, "write_whole", full)
    with pytest.raises(CourseError, match=r"cannot write .*03-training\.ipynb: No space left on device"):
        mine.update()
    assert (mine.root / "lessons" / LESSON).read_bytes() == before and mine.outdated() == [LESSON]


def test_a_fresh_copy_of_one_lesson_keeps_the_old_one(mine, installed):
    rewrite(mine.root / "lessons" / LESSON, answer)
    before = (mine.root / "lessons" / LESSON).read_bytes()
    kept = mine.fresh("03-training")
    assert kept and kept.read_bytes() == before
    assert (mine.root / "lessons" / LESSON).read_bytes() == (installed / LESSON).read_bytes()
    with pytest.raises(CourseError, match="no lesson '3'; there are: 01-chain-rule, "):
        mine.fresh("3")


def test_the_command_makes_and_opens_it_and_tells_of_a_new_edition(installed, tmp_path, opened):
    place = str(tmp_path / "mine")
    first = CliRunner().invoke(main, ["start", place])
    assert first.exit_code == 0 and first.output == f"the lessons are in {place}\n"
    rewrite(installed / LESSON, new_sentence)
    told = CliRunner().invoke(main, ["start", place]).output
    assert "1 file of another edition" in told and f"mlcourse start {place} --update" in told
    updated = CliRunner().invoke(main, ["start", place, "--update"]).output
    assert f"{LESSON}: new" in updated and "another edition" not in updated
    fresh = CliRunner().invoke(main, ["start", place, "--fresh", "03-training"]).output
    assert "03-training begins anew; your notebook is kept: " in fresh
    assert [str(root) for root in opened] == [place] * 4


def test_inside_of_the_folder_it_is_found_and_a_name_with_a_space_is_quoted(
    installed, tmp_path, opened, monkeypatch
):
    place = tmp_path / "my course"
    CliRunner().invoke(main, ["start", str(place)])
    monkeypatch.chdir(place / "lessons")
    rewrite(installed / LESSON, new_sentence)
    told = CliRunner().invoke(main, ["start"]).output
    assert f'mlcourse start "{place}" --update' in told and opened == [place] * 2


def test_a_lesson_that_there_is_not_is_said_before_a_folder_is_made(installed, tmp_path, opened):
    result = CliRunner().invoke(main, ["start", str(tmp_path / "mine"), "--fresh", "3"])
    assert result.exit_code == 1 and result.output.startswith(
        "Error: no lesson '3'; there are: 01-chain-rule"
    )
    assert result.output.count("\n") == 1 and not opened and not (tmp_path / "mine").exists()


def test_a_folder_in_use_is_one_line(installed, tmp_path, opened):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "file").write_text("")
    result = CliRunner().invoke(main, ["start", str(tmp_path / "used")])
    assert result.exit_code == 1 and result.output.count("\n") == 1 and not opened
