"""Times of handing in: read for certain, or not at all."""

from datetime import datetime

import pytest

from mlcourse.grading.timestamps import duration, moment

LESSON = "02-two-layer-network"
TEN = datetime(2026, 11, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03 10:00:00 UTC",
        "2026-11-03 10:00:00.000000 UTC",
        "\ufeff2026-11-03 10:00:00 UTC\r\n",
        "2026-11-03T10:00:00Z",
        "2026-11-03 10:00",
        "2026-11-03 12:00:00 CEST",
        "2026-11-03 12:00:00 +0200",
        "2026-11-03 12:00:00+02:00",
        "2026-11-03 05:30:00 UTC-04:30",
        "2026-11-03 11:00:00 Europe/Berlin",
        "2026-11-03 11:00:00.000000 CET",
        "2026-11-03 10:00:00,000 utc",
        "  2026-11-03 10:00:00.000 GMT\n\n",
        "2026-11-03 11:00:00.0 GMT+01:00",
    ],
)
def test_what_says_its_zone_is_read_in_utc(text):
    assert moment(text) == TEN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/11/2026 10:00",
        "03.11.2026 10:00",
        "1793000000",
        "yesterday",
        "10:00",
        "2026-11-03",
        "2026-13-03 10:00:00 UTC",
        "2026-11-03 10:00:00 EST",
        "2026-11-03 10:00:00 Mars/Base",
        "2026-11-03 10:00:00 ../../etc/passwd",
        "2026-11-03 10:00:00 +99:99",
        "0001-01-01 00:00:00 +14:00",
        "2026-11-03 10:00:00 UTC and more",
        "2026-11-03 10:00:00 PM",
        "2026-11-03 10:00:00 IST",
        "2026-11-03 10:00:00 BST",
        "Tue Nov  3 10:00:00 UTC 2026",
        "3 November 2026, 10:00",
        "11/03/2026 10:00:00 UTC",
        "20261103T100000Z",
        "2026-10-25 02:30:00 Europe/Berlin",
        "2026-03-29 02:30:00 Europe/Berlin",
        "2026-11-03 10:00:00 UTC".encode("utf-16").decode(errors="replace"),
        "٢٠٢٦-11-03 10:00:00 \x00",
    ],
)
def test_what_could_mean_two_things_or_nothing_is_not_read(text):
    assert moment(text) is None


def test_a_zones_short_name_is_read_where_the_course_says_which_zone_it_is_in():
    assert moment("2026-11-03 05:00:00 EST", "America/New_York") == TEN
    assert moment("2026-11-03 05:00:00 EDT", "America/New_York") is None, "there is no daylight saving then"
    assert moment("2026-11-03 10:00:00 EST", "Europe/Berlin") is None


def test_a_duration_is_said_in_the_unit_that_fits():
    assert [duration(size) for size in (5, 600, 90_000, 260_000)] == ["5 s", "10 min", "25 h", "3 d"]


def test_the_exchange_notes_microseconds():
    assert moment("2026-11-03 11:12:13.123456 UTC") == datetime(2026, 11, 3, 11, 12, 13, 123456)
    assert moment("2026-11-03 11:12:13.123456 Europe/Berlin") == datetime(2026, 11, 3, 10, 12, 13, 123456)


@pytest.mark.parametrize("spoil", ["empty", "folder", "link"])
def test_a_time_that_is_there_and_cannot_be_read_is_flagged(spoil, make_course, tmp_path, right):
    course = make_course(tmp_path / "course", {"ada": right, "ben": right})
    stamp = course.root / "submitted" / "ada" / LESSON / "timestamp.txt"
    {
        "empty": lambda: stamp.write_text("\n"),
        "folder": stamp.mkdir,
        "link": lambda: stamp.symlink_to("/etc/hostname"),
    }[spoil]()
    ada, ben = course.submissions(LESSON)
    assert (ada.handed_in, ada.flags) == (None, ("no penalty: timestamp.txt holds no time",))
    assert (ben.handed_in, ben.flags) == (None, ())
