"""A lesson of an instructor's own, to begin with: it runs, and has one exercise."""

import re
from pathlib import Path

from mlcourse.authoring.course import Course, Lesson
from mlcourse.errors import CourseError
from mlcourse.exercises.own import FILE
from mlcourse.whole_files import write_whole

_NAME = re.compile(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*")
_TEMPLATES = Path(__file__).parent / "templates"


def new_lesson(course: Course, name: str) -> Lesson:
    """Write the text and the ``exercises.py`` of a new lesson.

    Parameters
    ----------
    course : Course
        Where.
    name : str
        Such as ``"11-own"``: two digits and words of small letters.

    Raises
    ------
    CourseError
        If the name is of another kind, or there is such a lesson.
    """
    if not _NAME.fullmatch(name):
        raise CourseError(f"{name!r} is no name for a lesson: expected two digits and words, such as 11-own")
    lesson = Lesson(name, course.root)
    if lesson.folder.exists():
        raise CourseError(f"{lesson.shown(lesson.folder)} is there already; choose another name")
    title = name[3:].replace("-", " ").capitalize()
    files = {lesson.source: "lesson.md", lesson.folder / FILE: "exercises.py.txt"}
    texts = {path: (_TEMPLATES / template).read_text(encoding="utf-8") for path, template in files.items()}
    try:
        lesson.folder.mkdir(parents=True)
        write_whole(
            {p: t.replace("{{name}}", name).replace("{{title}}", title).encode() for p, t in texts.items()}
        )
    except OSError as error:
        raise CourseError(f"cannot write {error.filename}: {error.strerror}") from error
    return lesson
