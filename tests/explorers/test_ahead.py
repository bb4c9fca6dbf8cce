"""Pictures ahead while nobody waits: all there are in the end, none twice, the likely ones first."""

import asyncio

import numpy as np
import pytest
from pretended_page import Dot, Page, quiet, run

from mlcourse.explorers import ahead
from mlcourse.explorers.settings import Choice, Number, Whole

pytestmark = pytest.mark.usefixtures("slow_machine")


def _keys(message):
    return [frame["key"] for frame in message.get("frames", ()) if message.get("ahead")]


def test_nothing_is_drawn_ahead_before_a_page_has_been_heard(page):
    async def main():
        page.explorer.set(x=4)
        page.explorer.controls["x"].value = 5
        await quiet()

    asyncio.run(main())
    assert page.sent == [] and len(page.explorer.computed) == 3
    # It goes into the traits, and so into a saved notebook.
    assert page.card.words == "The dot is at (5, 0.5)."
    assert page.card.key == page.explorer._key()


def test_every_single_step_of_every_control_is_ahead_in_the_end(page):
    run(page)
    for name, setting in page.explorer.settings.items():
        for notch in range(setting.last + 1):
            if setting.at(notch) == setting.start:
                continue  # it is there from the start
            explorer = Dot().set(**{name: setting.at(notch)})
            explorer._picture.set_pixel_ratio(1)
            assert page.frames[explorer._key()][0] == explorer.summary
            sent = page.pixels(explorer._key())
            # The colours are chosen from the first picture, which was another one here.
            assert (np.abs(sent - explorer._draw().pixels()).max(axis=2) > 60).sum() == 0


def test_a_picture_that_is_ahead_is_neither_drawn_nor_sent_again(page):
    def move():
        page.drawn, page.told = len(page.explorer.computed), len(page.sent)
        page.explorer.controls["x"].value = 7
        assert page.explorer.values["x"] == 7
        assert (len(page.explorer.computed), len(page.sent)) == (page.drawn, page.told)

    run(page, move)


def test_after_a_movement_the_next_steps_in_its_direction_come_first(page):
    def move():
        page.sent.clear()
        page.explorer.set(y=0.2)  # so that nothing is ahead
        page.explorer.controls["x"].value = 5
        page.sent.clear()

    run(page, move)
    assert page.ahead()[:3] == [f"The dot is at ({x}, 0.2)." for x in (6, 7, 4)]


def test_what_is_asked_for_comes_at_once_and_ends_what_is_being_drawn_ahead(page):
    async def main():
        page.comes()
        while not page.ahead():
            await asyncio.sleep(0.001)
        page.explorer.set(y=1.0)
        page.explorer.controls["x"].value = 9
        assert page.frames[page.explorer._key()][0] == "The dot is at (9, 1.0)."

    asyncio.run(main())


def test_a_page_that_does_not_answer_is_sent_no_more_than_is_on_its_way():
    page = Page(Dot(), answers=False)
    run(page)
    assert sum(m.get("ahead", False) for m in page.sent) == ahead.WINDOW


def test_out_of_sight_nothing_is_drawn(page):
    async def main():
        page.says("hello")
        page.says("sight", visible=False, ratio=1.0)
        await quiet()
        assert len(page.explorer.computed) == 1
        page.says("sight", visible=True, ratio=1.0)
        while not page.ahead():
            await asyncio.sleep(0.001)
        page.says("sight", visible=False, ratio=1.0)
        assert not ahead.IDLE._jobs

    asyncio.run(main())


def test_some_time_after_the_last_sign_of_life_all_is_still(page, monkeypatch):
    monkeypatch.setattr(ahead, "SECONDS", 0.05)
    run(page)
    drawn = len(page.explorer.computed)
    assert drawn < 22
    asyncio.run(quiet())
    assert len(page.explorer.computed) == drawn


def test_the_pictures_on_the_page_take_no_more_than_their_share_the_oldest_go_first(page, monkeypatch):
    monkeypatch.setattr(ahead, "STORE", 20_000)
    run(page)
    sizes = {key: len(png) for key, (_, png) in page.frames.items()}
    kept = {}
    for message in page.sent:
        if message["kind"] == "forget":
            kept.clear()
        for frame in message.get("frames", ()):
            kept.pop(frame["key"], None)  # one that is sent again is a new one
            kept[frame["key"]] = sizes[frame["key"]]
        for key in message.get("drop", ()):
            assert key == next(iter(kept))
            del kept[key]
        assert sum(kept.values()) <= 20_000
    assert sum(sizes.values()) > 20_000


def test_what_takes_long_is_not_drawn_ahead_the_other_controls_are(monkeypatch):
    class Trains(Dot):
        def quick(self, x, y, big):
            return x == 3

    page = Page(Trains())
    run(page)
    assert {words[:15] for words in page.ahead()} == {"The dot is at ("}
    assert all(words.startswith("The dot is at (3,") for words in page.ahead())
    assert len(page.ahead()) > 5


def test_a_control_whose_steps_take_long_to_compute_is_found_out(monkeypatch):
    monkeypatch.setattr(ahead, "LONG", 0.005)

    class Slow(Dot):
        def compute(self, x, y, big):
            if x != 3:
                np.linalg.svd(np.ones((300, 300)))
            return super().compute(x, y, big)

    page = Page(Slow())
    run(page)
    assert sum(x != 3 for x, _, _ in page.explorer.computed) == 1


def test_a_control_whose_pictures_take_long_to_draw_is_drawn_ahead_all_the_same(monkeypatch):
    monkeypatch.setattr(ahead, "LONG", 0.005)

    class Heavy(Dot):
        def move(self, state):
            np.linalg.svd(np.ones((300, 300)))
            super().move(state)

    page = Page(Heavy())
    run(page)
    assert len(page.ahead()) == 9 + 10 + 1


def test_no_picture_is_sent_ahead_twice_however_the_controls_are_moved(page):
    async def main():
        page.comes()
        for x in (4, 5, 6, 5, 4):
            await asyncio.sleep(0.05)
            page.explorer.controls["x"].value = x
        await quiet()

    asyncio.run(main())
    assert len(page.ahead()) == len(set(told for m in page.sent for told in _keys(m)))


def test_the_nearest_values_come_first_and_every_other_one_once():
    letters = Choice("", tuple("abcdef"), "c", slider=True)
    assert "".join(ahead.neighbours(letters, "c", 1)) == "debfa"
    assert "".join(ahead.neighbours(letters, "c", -1)) == "badef"
    between = Number("", 0.25, 0, 0.5, 0.1)
    assert [round(v, 6) for v in ahead.neighbours(between, 0.27, 1)] == [0.4, 0.5, 0.3, 0.2, 0.1, 0.0]
    assert list(ahead.neighbours(Whole("", 9, 0, 9), 9, 1)) == list(range(8, -1, -1))
