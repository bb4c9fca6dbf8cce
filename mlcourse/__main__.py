"""``python -m mlcourse`` is the command ``mlcourse``."""

from mlcourse.cli import main

main(prog_name="mlcourse")
