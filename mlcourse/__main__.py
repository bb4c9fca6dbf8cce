"""``python -m mlcourse`` is the command ``mlcourse``."""

import sys


def main() -> None:
    """Run the command, or say in one line that what it is made of is not installed."""
    try:
        from mlcourse.cli import main as command
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.exit("Error: the command needs more than the lessons do; run: pip install 'mlcourse[lab]'")
    command(prog_name="mlcourse")


if __name__ == "__main__":
    main()
