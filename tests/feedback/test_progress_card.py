"""The card of the course: what it shows, and its two buttons."""

import base64
import html
import re

import pytest

from mlcourse import ask, progress
from mlcourse.exercises import LESSONS, get, of_lesson, questions_of_lesson
from mlcourse.feedback import progress_card, progress_store


@pytest.fixture
def path():
    file = progress_store.file()
    file.parent.mkdir()
    return file


def test_the_card_shows_points_won_of_points_possible():
    progress_store.record("two-paths", 2.0)
    progress_store.record("power-chain", 1.0)
    progress_store.record("an-exercise-of-another-course", 100.0)
    possible = sum(exercise.points for exercise in of_lesson("01-chain-rule"))
    words = repr(progress()).splitlines()[0].replace(",", "").split()
    assert words[:5] == ["01-chain-rule", "3", "of", str(possible), "points"]
    assert f"3 of {possible} points" in progress()._repr_html_()


def test_without_pytorch_its_exercises_are_outside_the_total(monkeypatch):
    def possible():
        return next(row[2] for row in progress().rows() if row[0] == "10-pytorch")

    monkeypatch.setattr(progress_card, "find_spec", lambda name: None)
    assert possible() == 0
    progress_store.record("torch-dataset", 2.0)
    assert possible() == 2
    monkeypatch.setattr(progress_card, "find_spec", lambda name: name)
    assert possible() == sum(exercise.points for exercise in of_lesson("10-pytorch"))


def test_the_card_counts_the_questions_that_were_answered():
    lesson, asked = next((name, q) for name in LESSONS if len(q := questions_of_lesson(name)) > 1)
    ask(asked[0].id).answer(asked[0].options[0] if asked[0].options else "17")
    ask(asked[0].id).answer(asked[0].right)
    words = f"1 of {len(asked)} questions"
    assert next(line for line in repr(progress()).splitlines() if lesson in line).endswith(words)
    assert words in progress()._repr_html_()


def read(words):
    """HTML as it is read."""
    return html.unescape(re.sub(r"<[^>]+>", " ", words)).split()


def test_the_card_is_a_table_of_the_lessons_with_the_whole_above_and_nothing_else():
    progress_store.record("two-paths", 2.0)
    card = progress()
    card.points["power-chain"] = 0.5
    rows = card.rows()
    expected = ["Your", "progress:", "2.5", "of", str(sum(row[2] for row in rows)), "points"]
    for lesson, won, possible in rows:
        expected += [lesson, f"{won:g}", "of", str(possible), "points", *card.answered(lesson).split()]
    page = card._repr_html_()
    assert read(page) == [*expected, "Download", "my", "work"]
    assert page.count("<th scope='row'") == page.count("<progress ") == len(rows) == len(LESSONS)
    assert f"<progress value='2.5' max='{rows[0][2]}' aria-hidden='true'>" in page
    assert "<div role='region' aria-label='Progress'" in page and "download='my-work.json'" in page
    assert "role='status'" not in page
    assert "<p role='status'>Mended.</p>" in progress_card.Progress("Mended.")._repr_html_()


def test_more_points_than_there_are_count_as_all():
    progress_store.record("two-paths", 100.0)
    assert progress().rows()[0][1] == get("two-paths").points


def test_in_a_notebook_the_card_has_a_button_that_takes_one_file_and_without_a_kernel_it_is_a_page(
    monkeypatch,
):
    card = progress()
    bundle = card._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert (bundle["text/plain"], bundle["text/html"]) == (repr(card), card._repr_html_())
    upload = card._widget().children[1].children[1]
    assert (upload.accept, upload.multiple, upload.layout.width) == (".json", False, "auto")
    assert upload.description == "Bring my work back"
    monkeypatch.setattr(progress_card.Progress, "_widget", lambda self: 1 / 0)
    assert progress()._repr_mimebundle_() == {"text/plain": repr(card), "text/html": card._repr_html_()}


def exported():
    found = re.search(r"href='data:application/json;base64,([^']+)'", progress()._repr_html_())
    return base64.b64decode(found[1])


def upload(card, name, content):
    """Do what the browser does when a file is chosen, and return what the card shows then."""
    box = card._widget()
    table, buttons = box.children
    assert [type(button).__name__ for button in buttons.children] == ["HTML", "FileUpload"]
    file = {
        "name": name,
        "type": "",
        "size": len(content),
        "content": memoryview(content),
        "last_modified": None,
    }
    buttons.children[1].notify_change(
        {"name": "value", "type": "change", "owner": buttons.children[1], "old": (), "new": (file,)}
    )
    return table.value


def test_what_was_exported_is_brought_back_by_the_other_button(path):
    progress_store.record("two-paths", 2.0)
    data = exported()
    path.unlink()
    progress_store.record("power-chain", 1.0)
    shown = upload(progress(), "mine.json", data)
    assert "mine.json is here: 1 result is better than before;" in shown
    assert progress_store.load()[0] == {"power-chain": 1.0, "two-paths": 2.0}


def test_a_wrong_file_is_not_imported_and_the_message_says_what_was_expected(path):
    progress_store.record("two-paths", 2.0)
    shown = upload(progress(), "<b>photo.png", b"\x89PNG")
    assert "&lt;b&gt;photo.png was not brought back: not JSON; expected JSON such as" in shown
    assert "Choose a file that Download my work has made." in shown
    assert progress_store.load()[0] == {"two-paths": 2.0}
