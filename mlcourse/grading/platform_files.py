"""A platform's own table of grades, filled in: every other cell of it stays as the platform wrote it."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click


@dataclass
class Table:
    """A table of grades, as it was downloaded.

    Attributes
    ----------
    rows : list of list of str
        Its lines, the header first.
    delimiter : str
        What is between two cells.
    mark : str
        The byte order mark, where there was one: without it a spreadsheet takes names for Latin-1.
    """

    rows: list[list[str]]
    delimiter: str = ","
    mark: str = ""

    @classmethod
    def read(cls, path: Path) -> "Table":
        """Read a table.

        Raises
        ------
        click.ClickException
            If it is none; the message says what was expected.
        """
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise click.ClickException(f"{path} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{path} is not UTF-8; download it anew as CSV") from error
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix(mark)
        head = text.partition("\n")[0]
        delimiter = max(",;\t", key=head.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if not rows or len(rows[0]) < 2:
            raise click.ClickException(f"{path} has no header of several columns; download it anew as CSV")
        return cls(rows, delimiter, mark)

    def write(self, path: str) -> None:
        """Write it, in the form in which it came."""
        with open(path, "w", newline="", encoding="utf-8") as file:
            file.write(self.mark)
            csv.writer(file, delimiter=self.delimiter).writerows(self.rows)

    def column(self, name: str, add: bool = False) -> int:
        """Index of a column by its name; Canvas writes its own number of the assignment behind it.

        Raises
        ------
        click.ClickException
            If there is none, and none is to be added.
        """
        for index, head in enumerate(self.rows[0]):
            if re.fullmatch(rf"{re.escape(name)}( \(\d+\))?", head.strip()):
                return index
        if not add:
            shown = ", ".join(self.rows[0])[:200]
            raise click.ClickException(f"the platform's file has no column {name!r}; it has: {shown}")
        for row in self.rows:
            row.extend([""] * (len(self.rows[0]) - len(row)))
        for number, row in enumerate(self.rows):
            row.append("" if number else name)
        return len(self.rows[0]) - 1

    def fill(
        self, names: Callable[[list[str]], list[str]], columns: Mapping[int, Mapping[str, str]]
    ) -> set[str]:
        """Write values into the rows of those who have one.

        Parameters
        ----------
        names : callable
            What a row says of whose it is; the first that is known counts.
        columns : mapping of int to mapping of str to str
            Values by name, by column.

        Returns
        -------
        set of str
            Names of those whose row was found.
        """
        found = set()
        for row in self.rows[1:]:
            said = [name.strip() for name in names(row)]
            for column, values in columns.items():
                name = next((name for name in said if name in values), None)
                if name is not None:
                    row.extend([""] * (column + 1 - len(row)))
                    row[column] = values[name]
                    found.add(name)
        return found
