"""What a card on a page is told: what it asked for, what code did, what another page missed."""

import io
import time

import pytest
from PIL import Image
from pretended_page import run

from mlcourse.explorers.live import EVERY

pytestmark = pytest.mark.usefixtures("slow_machine")


def test_from_code_the_page_is_told_to_hold_and_where_to_go(page):
    def move():
        page.sent.clear()
        page.explorer.set(x=1, y=0.9)
        assert [message["kind"] for message in page.sent] == ["hold", "frames", "now"]
        assert page.sent[-1]["key"] == page.explorer._key() == page.sent[1]["frames"][0]["key"]
        page.sent.clear()
        time.sleep(EVERY)
        page.explorer.set(x=1, y=0.9)
        assert [message["kind"] for message in page.sent] == ["hold", "now"]

    run(page, move)


def test_a_loop_over_settings_shows_where_it_is_now_and_then_and_where_it_ends(page):
    def loop():
        page.sent.clear()
        for i in range(200):
            page.explorer.set(y=i % 11 / 10)
        page.explorer.set(y=0.3)

    run(page, loop)
    told = [message["key"] for message in page.sent if message["kind"] == "now"]
    assert told[-1] == page.explorer._key()
    assert 1 <= len(told) < 40
    held = [message["kind"] for message in page.sent if message["kind"] in ("hold", "now")]
    assert held == ["hold", "now"] * len(told)


def test_a_page_that_misses_a_picture_gets_it_and_its_controls_count(page):
    def ask():
        page.sent.clear()
        page.says("want", key="|8000,3000,1000", values=[8, 0.3, True])
        assert page.frames["|8000,3000,1000"][0] == "The dot is at (8, 0.3)."
        assert page.explorer.values == {"x": 8, "y": 0.3, "big": True}

    run(page, ask)


def test_a_second_page_has_nothing_yet(page):
    def second():
        page.sent.clear()
        page.says("hello")
        assert [message["kind"] for message in page.sent] == ["frames", "now"], "it is told where we are"
        page.explorer.controls["x"].value = 6
        assert [message["kind"] for message in page.sent] == ["frames", "now", "frames"]

    run(page, second)


def test_a_page_that_is_loaded_again_is_told_the_present_state(page):
    def move():
        page.explorer.controls["x"].value = 6
        state = page.card.get_state()
        assert state["words"] == "The dot is at (6, 0.5)." and state["key"] == page.explorer._key()

    run(page, move)


def test_a_screen_with_fewer_pixels_is_sent_fewer(page):
    run(page)
    for _, png in list(page.frames.values())[1:]:
        assert Image.open(io.BytesIO(png)).size == page.explorer.size()


def test_nobody_who_has_the_figure_sees_it_move_by_itself(page):
    page.explorer.figure  # noqa: B018
    run(page)
    assert page.ahead() == []


def test_what_is_no_setting_is_told_with_the_next_movement(page):
    def change():
        page.explorer.set()  # the page knows all there is
        page.explorer._variant = "other"
        page.explorer._live.compute()
        page.sent.clear()
        page.explorer._variant = ""  # as a control does that takes a drawing away
        page.explorer.controls["x"].value = 4
        assert [message["kind"] for message in page.sent] == ["now"]
        assert page.sent[0]["key"] == page.explorer._key()

    run(page, change)
