"""The smallest explorer, and what takes the place of the page that shows it."""

import asyncio
import io

import numpy as np
from PIL import Image

from mlcourse.explorers import ahead
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.live import Live
from mlcourse.explorers.settings import Number, Switch, Whole


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
        self.stills, self.behind = dict(self.card.stills), {self.card.key: self.card.still}
        self.card.send = self.receive
        self.seen = None

    def receive(self, message, buffers=()):
        self.sent.append(message)
        self.seen = message.get("number", self.seen)
        names = *message.get("frames", ()), *message.get("stills", ())
        for frame, png in zip(names, buffers, strict=True):
            if isinstance(frame, str):
                self.stills[frame] = png
                continue
            self.frames[frame["key"]] = frame["words"], png
            self.behind[frame["key"]] = frame["still"]
        if message.get("ahead") and self.answers:
            asyncio.get_running_loop().call_soon(self.says, "have")

    def pixels(self, key):
        """A picture as it is seen, shape (height, width, 3)."""
        return laid_over(self.stills[self.behind[key]], self.frames[key][1])

    def says(self, kind, **more):
        self.explorer._live._hear(None, {"kind": kind, **more}, [])

    def reports(self, name, value, seen=None):
        """Say where a control stands, having seen that `now`, or else all."""
        seen = self.seen if seen is None else seen
        self.explorer.controls[name].set_state({"value": value, "seen": seen})

    def comes(self):
        self.says("hello")
        self.says("sight", visible=True, ratio=1.0)

    def ahead(self):
        """Sentences of the pictures that were sent ahead, in their order."""
        return [f["words"] for m in self.sent if m.get("ahead") for f in m["frames"]]


def laid_over(still, png):
    """Two PNGs, the second over the first, as the page shows them; shape (height, width, 3)."""
    layers = [Image.open(io.BytesIO(layer)).convert("RGBA") for layer in (still, png)]
    return np.asarray(Image.alpha_composite(*layers).convert("RGB")).astype(int)


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
