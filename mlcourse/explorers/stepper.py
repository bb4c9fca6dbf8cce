"""What the steppers share: their setting `step`, the buttons that change it, and what Next asks before."""

from typing import TYPE_CHECKING, Any

from mlcourse.explorers.base import Explorer
from mlcourse.explorers.player import Player

if TYPE_CHECKING:
    from mlcourse.explorers.question import Asked, Question

SECONDS = 1.5
"""Time for a step while it plays."""


class Stepper(Explorer):
    """An explorer that is gone through step by step: its setting `step` is a whole number from 0.

    A subclass says what comes with a step (`asked`) and how it is asked for (`question`), if anything is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.last: int = self.settings["step"].last
        self._question: Question[Any] | None = None
        self._player = Player(self, "step", self.last, step=1, seconds=SECONDS)

    def question(self) -> "Question[Any] | None":
        """Make the question that stands beside the controls; None where nothing is asked."""
        return None

    def asked(self, state: Any) -> "Asked | None":
        """What can be asked for before a step, of which this is the state, is shown."""
        return None

    def asked_before(self, step: int) -> "Asked | None":
        """What can be asked for before that step is shown, wherever the other controls now stand."""
        return self.asked(self.compute(**{**self.values, "step": step}))

    def beside(self) -> Any:
        """Return the question."""
        if self._question is None:
            self._question = self.question()
        return self._question and self._question.box

    def buttons(self) -> list[Any]:
        """Previous, Next and Play."""
        from ipywidgets import Button

        previous, following = Button(description="◀ Previous"), Button(description="Next ▶")
        previous.on_click(lambda _: self._go(-1))
        following.on_click(lambda _: self._go(+1))
        return [previous, following, self._player.button]

    def _go(self, by: int) -> None:
        self._player.pause()
        step = self.values["step"]
        following = min(max(step + by, 0), self.last)
        if self._question is not None:
            if following > step and self._question.before(following):
                return
            self._question.rest()
        self.set(step=following)
