"""The Play button: a setting goes forward by itself, until its end or until it is paused."""

from typing import TYPE_CHECKING, Any

from mlcourse.explorers.work import Ticker

if TYPE_CHECKING:
    from mlcourse.explorers.base import Explorer


class Player:
    """Plays one setting of an explorer.

    Parameters
    ----------
    explorer : Explorer
        Whose setting it is.
    setting : str
        A whole number, from 0 to `last`.
    last : int
        Where it ends; pressed there, it begins at 0 again.
    step : int
        How far it goes each time.
    seconds : float
        Between two steps.
    """

    def __init__(self, explorer: "Explorer", setting: str, last: int, step: int, seconds: float) -> None:
        self._explorer, self._setting, self._last, self._step = explorer, setting, last, step
        self._ticker = Ticker(seconds, self._tick)
        self._button: Any = None

    @property
    def button(self) -> Any:
        """The widget."""
        if self._button is None:
            from ipywidgets import Button

            self._button = Button(description="Play", tooltip="Go on by itself, until the end")
            self._button.on_click(lambda _: self.pause() if self._ticker.running else self.play())
        return self._button

    def play(self) -> None:
        """Start."""
        if self._place() == self._last:
            self._explorer.set(**{self._setting: 0})
        self.button.description = "Pause"
        self._ticker.start()

    def pause(self) -> None:
        """Stop where it is."""
        self._ticker.stop()
        self.button.description = "Play"

    def _place(self) -> int:
        return self._explorer.values[self._setting]

    def _tick(self) -> bool:
        self._explorer._go_to({self._setting: min(self._place() + self._step, self._last)})
        if self._place() < self._last:
            return True
        self.pause()
        return False
