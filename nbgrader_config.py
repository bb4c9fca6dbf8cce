"""nbgrader's view of this course; every `nbgrader` command run in this folder reads it."""

import os
import sys
from pathlib import Path

# nbgrader starts `alembic` by its bare name, which a virtual environment that is not activated does not have.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

c = get_config()  # noqa: F821 - traitlets puts get_config into this file's namespace

c.CourseDirectory.course_id = "backpropagation"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "lessons"
# The text sources and the start page's folder-mates are not for learners; the first four are nbgrader's own.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.md", ".*"]

# An unfilled exercise must run as Python and be recognised by `check` as "not attempted yet".
c.ClearSolutions.code_stub = {
    "python": "raise NotImplementedError  # write your code here, then delete this line"
}
c.ClearSolutions.text_stub = "*Write your answer here: double-click, and replace this line.*"

# Submissions run in sandboxes and are scored from outside, also by plain `nbgrader autograde` and formgrader.
from mlcourse.grading.configuration import configure  # noqa: E402

configure(c)
