"""When something was handed in, as far as that can be read for certain: a penalty hangs on it."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d):?(\d\d)?", re.IGNORECASE)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s*(.*)")
# Of the names that say an offset, those that say the same one everywhere; EST, IST or BST do not.
_CERTAIN = {"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}


def moment(text: str, zone: str = "UTC") -> datetime | None:
    """Read a time stamp.

    Parameters
    ----------
    text : str
        Such as ``2026-11-03 10:00:00 UTC``, which is what nbgrader notes, or another form of ISO 8601.
    zone : str
        The zone of nbgrader's exchange: it notes times in it, by names such as ``EST``.

    Returns
    -------
    datetime or None
        In UTC, without a zone, as nbgrader keeps it; None if it cannot be read for certain. What says no zone
        is taken for UTC, as nbgrader takes it.
    """
    found = _TIME.fullmatch(text.strip("\ufeff \t\r\n"))
    if found is None:
        return None
    try:
        local = datetime.fromisoformat(found[1].replace(",", "."))
        offset = _zone(found[2].strip(), local, zone)
        return None if offset is None else local.replace(tzinfo=offset).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _zone(name: str, local: datetime, course: str) -> tzinfo | None:
    if not name:
        return UTC
    if name.upper() in _CERTAIN:
        return timezone(timedelta(hours=_CERTAIN[name.upper()]))
    if found := _OFFSET.fullmatch(name):
        size = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(size if found[1] == "+" else -size)
    for candidate in (course, name if "/" in name else ""):
        known = _named(candidate)
        if known is not None and name in (candidate, local.replace(tzinfo=known).tzname()):
            # In an hour that the clocks skip or have twice, a zone's name says two times.
            twice = local.replace(tzinfo=known).utcoffset() != local.replace(tzinfo=known, fold=1).utcoffset()
            return None if twice and name == candidate else known
    return None


def _named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # an odd name is looked for as a file
        return None


def duration(seconds: float) -> str:
    """Say how long something is, in the largest unit that fits: ``"25 h"``, ``"3 d"``."""
    for size, unit in ((172_800, "d"), (7200, "h"), (120, "min")):
        if seconds >= size:
            return f"{seconds / {'d': 86_400, 'h': 3600, 'min': 60}[unit]:.0f} {unit}"
    return f"{seconds:.0f} s"
