"""What a card on a page is told: what it asked for, nothing twice, and pictures ahead while nobody waits."""

import asyncio
import io

import numpy as np
import pytest
from PIL import Image

from mlcourse.explorers import ahead
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.live import Live
from mlcourse.explorers.settings import Choice, Number, Switch, Whole


class Dot(Explorer):
    """The smallest explorer: one dot."""

    settings = {  # noqa: RUF012
        "x": Whole("x", 3, 0, 9),
        "y": Number("y", 0.5, 0, 1, 0.1),
        "big": Switch("Big"),
    }

    def compute(self, x, y, big):
        self.computed = [*getattr(self, "computed", []), (x, round(y, 3), big)]
        return x, y, big

    def describe(self, state):
        return f"The dot is at ({state[0]}, {state[1]:.1f})."

    def build(self, figure):
        axes = figure.add_subplot()
        axes.set(xlim=(0, 9), ylim=(0, 1))
        (self._dot,) = axes.plot([], [], "o")
        return [self._dot]

    def move(self, state):
        self._dot.set_data([state[0]], [state[1]])
        self._dot.set_markersize(20 if state[2] else 8)


class Page:
    """Takes the place of the page: keeps what it is sent, and answers as it does."""

    def __init__(self, explorer, answers=True):
        self.explorer, self.answers = explorer, answers
        explorer._live = Live(explorer, "Dot()")
        self.card = explorer._live.panel.card
        self.sent, self.frames = [], {self.card.key: (self.card.words, self.card.picture)}
        self.card.send = self.receive

    def receive(self, message, buffers=()):
        self.sent.append(message)
        for frame, png in zip(message.get("frames", ()), buffers, strict=True):
            self.frames[frame["key"]] = frame["words"], png
        if message.get("ahead") and self.answers:
            asyncio.get_running_loop().call_soon(self.says, "have")

    def says(self, kind, **more):
        self.explorer._live._hear(None, {"kind": kind, **more}, [])

    def comes(self):
        self.says("hello")
        self.says("sight", visible=True, ratio=1.0)

    def ahead(self):
        """Sentences of the pictures that were sent ahead, in their order."""
        return [f["words"] for m in self.sent if m.get("ahead") for f in m["frames"]]


@pytest.fixture
def page():
    return Page(Dot())


@pytest.fixture(autouse=True)
def slow_machine(monkeypatch):
    """Time enough, however much else the machine does."""
    monkeypatch.setattr(ahead, "SECONDS", 120.0)


async def quiet():
    """Wait until there is no more to be drawn."""
    empty = 0
    while empty < 5:
        await asyncio.sleep(0.01)
        empty = 0 if ahead.IDLE._jobs else empty + 1


def run(page, then=None):
    """Let a page come, and the kernel be idle; do something, and let it be idle again."""

    async def main():
        page.comes()
        await quiet()
        if then is not None:
            then()
            await quiet()

    asyncio.run(main())


def test_nothing_is_drawn_ahead_before_a_page_has_been_heard(page):
    async def main():
        page.explorer.set(x=4)
        page.explorer.controls["x"].value = 5
        await quiet()

    asyncio.run(main())
    assert page.sent == [] and len(page.explorer.computed) == 3
    assert (
        page.card.words == "The dot is at (5, 0.5)."
    )  # it goes into the traits, and so into a saved notebook
    assert page.card.key == page.explorer._key()


def test_every_single_step_of_every_control_is_ahead_in_the_end(page):
    run(page)
    for name, setting in page.explorer.settings.items():
        for notch in range(setting.last + 1):
            if setting.at(notch) == setting.start:
                continue  # it is there from the start
            explorer = Dot().set(**{name: setting.at(notch)})
            explorer._picture.set_pixel_ratio(1)
            words, png = page.frames[explorer._key()]
            assert words == explorer.summary
            sent = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
            # The 256 colours are chosen from the first picture, which was another one here.
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


def _keys(message):
    return [frame["key"] for frame in message.get("frames", ()) if message.get("ahead")]


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


def test_the_nearest_values_come_first_and_every_other_one_once():
    letters = Choice("", tuple("abcdef"), "c", slider=True)
    assert "".join(ahead.neighbours(letters, "c", 1)) == "debfa"
    assert "".join(ahead.neighbours(letters, "c", -1)) == "badef"
    between = Number("", 0.25, 0, 0.5, 0.1)
    assert [round(v, 6) for v in ahead.neighbours(between, 0.27, 1)] == [0.4, 0.5, 0.3, 0.2, 0.1, 0.0]
    assert list(ahead.neighbours(Whole("", 9, 0, 9), 9, 1)) == list(range(8, -1, -1))


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
