"""From the text source of a lesson to its two notebooks, the instructor's and the learner's."""

from mlcourse.authoring.build import build, out_of_date
from mlcourse.authoring.course import Course, Lesson
from mlcourse.errors import CourseError

__all__ = ["Course", "CourseError", "Lesson", "build", "out_of_date"]
