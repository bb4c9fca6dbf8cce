"""Hand in a picture."""


def build(release):
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100
