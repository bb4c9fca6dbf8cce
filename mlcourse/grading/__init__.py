"""The instructor's side: grade a class, every submission of which is hostile until proven otherwise.

`mlcourse grade LESSON` starts in `command`; `grader` grades one notebook; `README.md` has the threat model.
"""
