"""Names that come from file systems and archives: any bytes, made into text that everything else can hold."""

import re


def plain_text(text: str) -> str:
    r"""Write a text so that a terminal, a database and a JSON file can hold it.

    Parameters
    ----------
    text : str
        Such as a file's name, in which Python keeps bytes that are not UTF-8 as lone surrogates.

    Returns
    -------
    str
        The same, with such bytes and all characters that do not print (line breaks, colours of a terminal) as
        ``\x0a``.
    """
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in text)


def student_id(folder: str) -> str:
    """Return the id of the student whose folder this is: its name, where nothing forbids that.

    Parameters
    ----------
    folder : str
        Its name. A first dot is escaped as well: nbgrader looks into no hidden folder.
    """
    return re.sub(r"^\.", r"\\x2e", plain_text(folder))


def _escaped(letter: str) -> str:
    number = ord(letter)
    if 0xDC80 <= number <= 0xDCFF:  # one byte
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
