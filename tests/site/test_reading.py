"""The reading edition: what is in it and what is not, and what an author sees who cannot have it."""

import json
import re

import pytest
from site_text import solution_lines, words_of

from mlcourse.errors import CourseError
from mlcourse.site import reading, recorded

pytestmark = pytest.mark.site

LESSON = "01-doubling/01-doubling.html"


@pytest.fixture(scope="module")
def page(small_site):
    return (small_site / LESSON).read_text(encoding="utf-8")


def test_stubs_stand_where_solutions_are(page):
    assert "NotImplementedError" in page


def test_no_solution_no_verdict_and_no_output_of_a_solution_is_anywhere_in_the_site(small_site, course):
    (lesson,) = course.lessons(("01-doubling",))
    lines = solution_lines(lesson)
    assert lines == ["distinctive = x + x", "return distinctive"]
    forbidden = [line.replace(" ", "") for line in lines] + ["distinctive", "'VERDICT'", "OFTHESOLUTION"]
    said = words_of(small_site)
    assert "NotImplementedError" in said[LESSON] and "doubling" in said["searchindex.js"].lower()
    assert [(name, line) for name, words in said.items() for line in forbidden if line in words] == []


def test_an_explorer_is_there_with_its_pictures_as_files(page, small_site):
    told = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page, re.S)[1])
    pictures = {frame["src"] for frame in told["frames"]}
    assert len(pictures) > 40
    assert all((small_site / "01-doubling" / name).is_file() for name in pictures)


def test_a_question_has_its_answer_behind_reveal(page):
    assert re.search(r"<details><summary>Reveal</summary>\s*<p><strong>0.5.</strong>", page)


def test_code_that_is_folded_in_the_lesson_is_folded_here_and_its_output_is_not(page):
    folded = re.findall(r"<details.*?</details>", page, re.S)
    (code,) = [words for words in folded if "wider than any phone" in words]
    assert "Show the code" in code and "0 1 2 3" not in code and "0 1 2 3" in page
    assert not [words for words in folded if "NotImplementedError" in words]


def test_each_lesson_has_its_two_ways_to_run_code_and_the_start_page_has_none(page, small_site):
    path = "01-doubling/01-doubling.ipynb"
    ways = re.search(r'<p class="mlc-ways">(.*?)</p>', page)[1]
    assert re.findall(r'href="([^"]*)"', ways) == [
        f"../browser/lab/index.html?path=lessons/{path}",
        f"https://binder.example/v2/gh/OWNER/NAME/HEAD?urlpath=lab/tree/lessons/{path}",
    ]
    assert "mlc-ways" not in (small_site / "index.html").read_text()


def test_pages_lead_to_each_other(page, small_site):
    assert 'href="../index.html"' in page
    start = (small_site / "index.html").read_text()
    assert re.search(rf'class="[^"]*next[^"]*"\s+href="{LESSON}"', start)
    assert ".ipynb" not in re.sub(r'href="(https:|../browser)[^"]*"', "", page + start)


def test_a_lesson_that_has_not_changed_is_not_run_again(course, small_site, tmp_path, monkeypatch):
    monkeypatch.setattr(recorded, "execute", lambda *arguments: pytest.fail("it ran"))
    reading.build(course, tmp_path / "again")
    again = (tmp_path / "again" / LESSON).read_text()
    assert "mlc-explorer" in again and "mlc-ways" not in again


def test_what_is_run_depends_on_the_lesson_and_on_what_it_uses(course, monkeypatch):
    from mlcourse.authoring.source import read

    (lesson,) = course.lessons(("01-doubling",))
    notebook = read(lesson)
    before = recorded._key(lesson, notebook)
    notebook.cells[0].source += "Other words."
    assert recorded._key(lesson, notebook) == before
    notebook.cells[1].source += "\npass"
    changed = recorded._key(lesson, notebook)
    monkeypatch.setattr(recorded, "version", lambda name: "another")
    assert len({before, changed, recorded._key(lesson, notebook)}) == 3


def refused(course, folder):
    """The one line that says why, once it is seen that nothing was written."""
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(CourseError) as error:
        reading.build(course, folder)
    assert sorted(folder.parent.rglob("*")) == before
    assert len(error.value.message.splitlines()) == 1
    return error.value.message


def test_a_folder_with_something_in_it_is_refused_and_left(course, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine")
    assert "site is there and not empty; name a new folder" in refused(course, tmp_path / "site")
    assert "mine.txt is there and not empty" in refused(course, tmp_path / "site" / "mine.txt")


def test_a_lesson_that_is_out_of_date_with_its_text_is_refused(course, tmp_path):
    source = course.root / "solutions" / "01-doubling" / "01-doubling.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("Twice $x$", "Two times $x$"), encoding="utf-8")
    try:
        said = refused(course, tmp_path / "site")
    finally:
        source.write_text(text, encoding="utf-8")
    assert said.endswith("(cell 1 differs from the source); run: mlcourse build 01-doubling")


def test_without_the_extra_it_says_how_to_get_it(course, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    assert refused(course, tmp_path / "site").endswith("run: pip install 'mlcourse[site]'")


def test_what_cannot_be_shown_as_it_was_meant_is_refused(course, tmp_path, monkeypatch):
    real = reading.page

    def with_a_dead_link(*arguments):
        made = real(*arguments)
        made.cells[0].source += "\n\n[nowhere](../09-none/09-none.ipynb)"
        return made

    monkeypatch.setattr(reading, "page", with_a_dead_link)
    assert "'../09-none/09-none.ipynb'" in refused(course, tmp_path / "site")
