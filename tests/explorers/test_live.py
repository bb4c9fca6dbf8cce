"""What a card on a page is told: what it asked for, what code did, what another page missed."""

import io
import threading
import time

import pytest
from PIL import Image
from pretended_page import Dot, run

from mlcourse.explorers import live
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


def test_a_late_report_of_a_place_between_two_notches_does_not_undo_what_code_did_next(page):
    def report():
        page.explorer.set(y=0.33)  # the slider stands at 0.3 then, and says so
        page.explorer.set(y=0.8)
        y = page.explorer.controls["y"]
        y.set_state({"value": 0.3})
        assert page.explorer.values["y"] == y.value == 0.8
        y.set_state({"value": 0.7})
        assert page.explorer.values["y"] == 0.7
        page.explorer.set(y=0.33)
        page.explorer.set(y=0.8)
        time.sleep(2 * EVERY)
        page.explorer._live._show_late()
        for _ in range(page.explorer._live._answers):
            page.says("there")
        time.sleep(live.GRACE)
        y.set_state({"value": 0.3})  # now somebody has moved it
        assert page.explorer.values["y"] == 0.3

    run(page, report)


def test_a_reset_that_overtakes_a_movement_in_another_thread_holds():
    explorer = Dot()
    x = explorer.controls["x"]
    movement = threading.Thread(target=lambda: setattr(x, "value", 7))
    with explorer._lock:
        movement.start()
        while x.value != 7:
            time.sleep(0.001)
        explorer.reset()
    movement.join()
    assert explorer.values["x"] == x.value == 3


def test_a_reset_that_overtakes_a_movement_altogether_holds(page, monkeypatch):
    def at(second, session="page"):
        monkeypatch.setattr(live, "message", lambda: (session, second))

    def overtake():
        x = page.explorer.controls["x"]
        at(2)
        page.explorer.reset()
        at(1)
        x.value = 7
        assert page.explorer.values["x"] == x.value == 3
        for second, session in (3, "page"), (1, "another page, whose clock may be another"):
            at(second, session)
            x.value = 7
            assert page.explorer.values["x"] == 7
            at(2)
            page.explorer.reset()

    run(page, overtake)
