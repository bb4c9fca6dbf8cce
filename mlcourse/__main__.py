"""``python -m mlcourse`` is the command ``mlcourse``."""

import sys


def main() -> None:
    """Run the command, or say in one line which package is not installed."""
    try:
        from mlcourse.cli import main as command

        command(prog_name="mlcourse")
    except KeyboardInterrupt:  # while the command was still being read
        sys.exit("Aborted!")
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        if package == "mlcourse" or package in sys.stdlib_module_names:
            raise
        extra = "site" if "site" in sys.argv[1:2] else "lab"
        sys.exit(
            f"Error: the package {package} is not installed, and this command needs it; "
            f"run: pip install 'mlcourse[{extra}]'"
        )


if __name__ == "__main__":
    main()
