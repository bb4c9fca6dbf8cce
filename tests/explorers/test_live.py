"""What a card on a page is told: what it asked for, what code did, what another page missed."""

import asyncio
import io
import threading
import time

import pytest
from PIL import Image
from pretended_page import Dot, Page, run

from mlcourse.explorers import live
from mlcourse.explorers.live import AT_ONCE
from mlcourse.explorers.player import Player

pytestmark = pytest.mark.usefixtures("slow_machine")


def test_from_code_the_page_is_told_to_hold_and_where_to_go(page):
    def move():
        page.sent.clear()
        page.explorer.set(x=1, y=0.9)
        assert [message["kind"] for message in page.sent] == ["hold", "frames", "now"]
        assert page.sent[-1]["key"] == page.explorer._key() == page.sent[1]["frames"][0]["key"]
        page.sent.clear()
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


def test_of_a_few_states_each_is_shown_while_the_cell_runs_and_work_under_way_goes_on_after_more(monkeypatch):
    seconds = 0.0  # by our own clock: this machine may take its time
    monkeypatch.setattr(live, "perf_counter", lambda: seconds)

    class Trains(Dot):
        def compute(self, x, y, big):
            return self.trained(x, y, big) if big else (x, y, big)

        def trained(self, *state):
            for _ in range(2000):
                time.sleep(0.001)
                if (yield 0.5):
                    break
            return state

    page = Page(Trains())

    async def cell():
        nonlocal seconds
        page.comes()
        page.sent.clear()
        for x in range(1, 4):
            page.explorer.set(x=x)
        assert [m["key"] for m in page.sent if m["kind"] == "now"] == [f"|{x}000,5000,0" for x in (1, 2, 3)]
        for i in range(2 * AT_ONCE):
            page.explorer.set(x=i % 9)
        page.reports("big", True)  # long work begins before the last state is shown
        await asyncio.sleep(0.2)
        assert page.explorer._live._work is not None
        page.explorer.stop()
        while page.explorer._live._work is not None:
            await asyncio.sleep(0.001)
        assert page.sent[-1] == {"kind": "now", "key": page.explorer._key(), "number": page.seen}
        assert page.explorer._state == (3, 0.5, True)
        seconds = 10.0
        page.explorer.set(big=False)
        for turn in (1, 2):  # also after work that has been dropped
            for i in range(2 * AT_ONCE + turn):
                page.explorer.set(x=i % 9)
            page.reports("big", True)
            await asyncio.sleep(0.2)
            assert page.explorer._live._work is not None and page.sent[-1]["kind"] == "hold"
            page.reports("big", False)
            assert page.sent[-1] == {"kind": "now", "key": page.explorer._key(), "number": page.seen}
        told = len(page.sent)
        page.explorer._live._show_late()  # whose time came when all had been told
        assert len(page.sent) == told

    asyncio.run(cell())


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
        y, before = page.explorer.controls["y"], page.seen
        page.explorer.set(y=0.33)  # the slider stands at 0.3 then, and says so
        page.explorer.set(y=0.8)
        page.reports("y", 0.3, seen=before)
        assert page.explorer.values["y"] == y.value == 0.8
        page.reports("x", 5, seen=before)  # where code has not put it
        assert page.explorer.values == {"x": 5, "y": 0.8, "big": False}
        page.reports("y", 0.3)  # now somebody has moved it
        assert page.explorer.values["y"] == 0.3

    run(page, report)


def test_somebodys_movement_counts_also_to_where_the_control_has_just_been(page):
    def move():
        y = page.explorer.controls["y"]
        page.reports("y", 0.8)
        page.says("want", key="|3000,5000,0", values=[3, 0.5, False])  # of another page
        page.reports("y", 0.8)
        assert page.explorer.values["y"] == 0.8
        page.explorer.reset()
        page.reports("y", 0.8)
        assert page.explorer.values["y"] == 0.8
        page.explorer.reset()
        y.value = 0.8  # by code
        assert page.explorer.values["y"] == 0.8

    run(page, move)


def test_a_control_may_be_moved_against_its_playing_on_a_slow_network_too(page):
    def move():
        player, before = Player(page.explorer, "x", 9, step=1, seconds=1), page.seen
        player._tick()
        page.reports("x", 8, seen=before)
        player._tick()
        assert page.explorer.values["x"] == 9

    run(page, move)


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


def test_a_reset_that_overtakes_a_movement_altogether_holds_and_the_page_is_told_once_more(page):
    def overtake():
        x, before, told = page.explorer.controls["x"], page.seen, []
        page.explorer.reset()
        page.sent.clear()
        x._send = lambda message, buffers=None: told.append(message["state"])
        page.reports("x", 7, seen=before)
        assert page.explorer.values["x"] == x.value == 3
        assert told == [{"value": 3}]
        assert page.sent == [{"kind": "now", "key": page.explorer._key(), "number": page.seen}]
        page.reports("x", 7)
        assert page.explorer.values["x"] == 7

    run(page, overtake)
