"""All lessons of the course as pages; of the explorers' runs only lesson 01's, as each takes a minute."""

import shutil
from pathlib import Path

import nbformat
import pytest
from site_text import solution_lines, squeezed, words_of

from mlcourse.authoring import Course
from mlcourse.authoring.course import START
from mlcourse.site import reading, recorded

pytestmark = [pytest.mark.site, pytest.mark.browser]

REPOSITORY = Path(__file__).resolve().parents[2]
RUN = "01-chain-rule"


@pytest.fixture(scope="module")
def whole_course(tmp_path_factory):
    root = tmp_path_factory.mktemp("whole")
    for name in ("lessons", "solutions"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    return Course(root)


@pytest.fixture(scope="module")
def whole_site(whole_course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("host") / "below" / "course"
    real = recorded.recorded

    def stored(lesson, notebook, done):
        if lesson.name in (RUN, START):
            return real(lesson, notebook, done)
        place = lesson.root / "none" / lesson.name
        place.mkdir(parents=True)
        return recorded.Recorded(nbformat.read(lesson.instructor, as_version=4), place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "recorded", stored)
        reading.build(whole_course, folder)
    return folder


def lessons(course):
    return [lesson for lesson in course.lessons() if lesson.name != START]


def test_no_line_of_any_solution_is_anywhere_in_the_site(whole_course, whole_site):
    forbidden = {
        lesson.name: [squeezed(line) for line in solution_lines(lesson)] for lesson in lessons(whole_course)
    }
    assert all(len(lines) > 5 for lines in forbidden.values())
    said = words_of(whole_site)
    pages = [name for name in said if name.endswith(".html")]
    assert len(pages) == len(forbidden) + 2
    # A line may stand in another lesson's text, which comes after it: in its own it may not.
    for lesson, lines in forbidden.items():
        own = [name for name in said if name.startswith(lesson) or "/" not in name]
        assert [(name, line) for name in own for line in lines if line in said[name]] == []


def test_every_formula_of_every_lesson_is_set_and_nothing_is_wider_than_a_phone(
    whole_course, whole_site, serve, reader
):
    served = serve(whole_site)
    counted = {}
    for name in ["index.html", *(f"{lesson.name}/{lesson.name}.html" for lesson in lessons(whole_course))]:
        one = reader(served, 390).open(name)
        formulas, typeset, wrong = (
            one.page.locator(what).count() for what in (".math", ".math > mjx-container", "mjx-merror")
        )
        width = one.page.evaluate("document.documentElement.scrollWidth")
        assert (typeset, wrong, width, one.elsewhere, one.errors) == (formulas, 0, 390, [], []), name
        one.page.evaluate("document.querySelectorAll('pre, code').forEach(code => code.remove())")
        assert "$" not in one.page.locator("article").inner_text(), f"{name}: a formula was not read as one"
        counted[name] = formulas
        one.close()
    assert served.missing == []
    assert min(counted.values()) > 20
