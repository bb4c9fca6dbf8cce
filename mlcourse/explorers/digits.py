"""Explorer: one digit on its way through a trained network, and what the loss asks of each pixel."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mlcourse.datasets import digits
from mlcourse.explorers.base import Explorer
from mlcourse.explorers.digit_images import centred, checked, pick, shifted
from mlcourse.explorers.settings import Number, Setting, Whole
from mlcourse.nn import Momentum, Network, softmax, softmax_cross_entropy, train
from mlcourse.plots import palette

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from mlcourse.explorers.drawing_pad import DrawingPad

SIZES = (784, 128, 64, 10)
EPOCHS = 12
EXAMPLES = 40
_trained: list[Network] = []


def trained_network() -> Generator[float, bool | None, Network]:
    """Train the network of lesson 07 on the training digits, once a session; yields the fraction done."""
    if not _trained:
        part = digits().split("train")
        X, Y = part.images.astype(np.float32), part.one_hot.astype(np.float32)
        rng = np.random.default_rng(7)
        network = Network.dense(SIZES, rng=rng, dtype=np.float32)
        optimizer = Momentum(0.3, 0.9)
        for epoch in range(EPOCHS):
            train(network, X, Y, softmax_cross_entropy, optimizer, 1, batch_size=64, rng=rng)
            if (yield (epoch + 1) / EPOCHS):
                return network  # stopped half-way: good for a look, not to keep
        _trained.append(network)
    return _trained[0]


@dataclass(frozen=True, eq=False)
class Look:
    """A digit and what the network makes of it.

    Attributes
    ----------
    image : ndarray of shape (28, 28)
        What the network sees.
    hidden : tuple of ndarray of shape (128,) and (64,)
        Activations of the two hidden layers.
    probabilities : ndarray of shape (10,)
        The network's answer.
    slope : ndarray of shape (28, 28)
        Derivative of the loss with respect to each pixel, for the true label.
    label, example : int
        What the digit is, and which one.
    """

    image: NDArray[np.float64]
    hidden: tuple[NDArray[np.float64], NDArray[np.float64]]
    probabilities: NDArray[np.float64]
    slope: NDArray[np.float64]
    label: int | None
    example: int


class DigitsExplorer(Explorer):
    """Draw a digit, or pick one that the network has not been trained on, and see its answer.

    Both can be shifted and given noise. A drawing stays until it is cleared or another digit is picked.
    """

    _drawn: NDArray[np.float64] = np.zeros((28, 28))
    """The drawing; without ink the picked digit counts."""
    _pad: "DrawingPad | None" = None

    title = "Digits: from pixels to an answer, and back to the pixels"
    height = 400
    long = True
    settings: Mapping[str, Setting] = {
        "digit": Whole("Digit", 3, 0, 9),
        "example": Whole("Which one", 1, 1, EXAMPLES),
        "right": Whole("Shift right (pixels)", 0, -8, 8),
        "down": Whole("Shift down (pixels)", 0, -8, 8),
        "noise": Number("Noise (standard deviation)", 0, 0, 1, 0.05),
    }

    def draw(self, image: Any) -> "DigitsExplorer":
        """Put a drawing in the place of the picked digit.

        Like the digits of MNIST, it is moved by whole pixels until its centre of mass is the middle of the
        image, as far as no ink falls off the edge.

        Parameters
        ----------
        image : array_like of shape (28, 28)
            Ink from 0 to 1; without any, the picked digit comes back.

        Returns
        -------
        DigitsExplorer
            The explorer itself.

        Raises
        ------
        ValueError
            If the shape is another, or a value is not from 0 to 1.
        """
        with self._lock:
            self._keep(checked(image))
            self._show()
        return self

    def quick(self, **values: Any) -> bool:
        """Whether the network has been trained."""
        return bool(_trained)

    def compute(self, digit: int, example: int, right: int, down: int, noise: float) -> Any:
        """Forward and backward for one digit; the first time, train the network before."""
        drawn = self._drawn.any()
        image = centred(self._drawn) if drawn else pick(digit, example)
        image = shifted(image, right, down) + noise * np.random.default_rng(0).standard_normal((28, 28))
        image = np.clip(image, 0, 1)
        label = None if drawn else digit
        if _trained:
            return _look(_trained[0], image, label, example)
        return self._after_training(image, label, example)

    def _after_training(
        self, image: NDArray[np.float64], label: int | None, example: int
    ) -> Generator[float, bool | None, Look]:
        network = yield from trained_network()
        return _look(network, image, label, example)

    def beside(self) -> Any:
        """Return the pad to draw on."""
        if self._pad is None:
            from mlcourse.explorers.drawing_pad import DrawingPad  # anywidget is loaded by those who look

            self._pad = pad = DrawingPad()
            pad.show(self._drawn)
            pad.observe(lambda _: self._pen_moved(pad), "ink")
        return self._pad

    def buttons(self) -> list[Any]:
        """Clear the drawing."""
        from ipywidgets import Button

        clear = Button(description="Clear drawing", tooltip="Empty the pad and go back to the picked digit")
        clear.on_click(lambda _: self.draw(np.zeros((28, 28))))
        return [clear]

    def _pen_moved(self, pad: "DrawingPad") -> None:
        with self._lock:
            image = pad.image()
            if np.array_equal(image, self._drawn):  # our own words
                return
            self._replace(image)
            if self._live is not None:
                self._live.compute()

    def _replace(self, image: NDArray[np.float64]) -> None:
        self._drop_work()
        self._drawn, self._state = image, None
        self._variant = f"drawing {hash(image.tobytes())}" if image.any() else ""

    def _keep(self, image: NDArray[np.float64]) -> None:
        self._replace(image)
        if self._pad is not None:
            self._pad.show(self._drawn)

    def _change(self, values: Mapping[str, Any]) -> None:
        if not values.keys().isdisjoint(("digit", "example")):
            self._keep(np.zeros((28, 28)))
        super()._change(values)

    def describe(self, state: Look) -> str:
        """Say what the network answers, how sure it is, and where the loss asks for a change."""
        answer = int(state.probabilities.argmax())
        sure = state.probabilities[answer]
        # Coarse on purpose: the last digits of a trained network differ from one processor to another.
        how = "is sure" if sure > 0.95 else "is fairly sure" if sure > 0.7 else "hesitates"
        if state.label is None:
            return (
                f"Your drawing, its centre of mass moved to the middle: the network answers {answer} "
                f"and {how}. The slope is that of the loss for {answer}."
            )
        verdict = "which is right" if answer == state.label else f"but it is a {state.label}"
        return (
            f"Digit {state.label}, number {state.example} of {EXAMPLES}: the network answers {answer}, "
            f"{verdict}, and {how}."
        )

    def build(self, figure: "Figure") -> "Sequence[Artist]":
        """Five pictures in the order of the computation, and the slopes that come back to the pixels."""
        from mlcourse.explorers.shade import Shade
        from mlcourse.explorers.stamp import stamp

        grid = figure.add_gridspec(2, 4, width_ratios=(1, 0.72, 0.5, 1.25), wspace=0.36, hspace=0.3)
        figure.subplots_adjust(left=0.045, right=0.985, bottom=0.11, top=0.92)
        pixels, slopes = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[1, 0])
        layers = [figure.add_subplot(grid[:, 1]), figure.add_subplot(grid[:, 2])]
        answer = figure.add_subplot(grid[:, 3])
        pixels.set_title("Input")
        slopes.set_title("Slope of the loss")
        for axes, title in zip(layers, ("128 hidden", "64 hidden"), strict=True):
            axes.set_title(title)
        frames: list[Any] = []
        for axes in (pixels, slopes, *layers):
            axes.set(xticks=[], yticks=[])
            for spine in axes.spines.values():
                spine.set_visible(True)
                frames.append(spine)
        for axes in (pixels, slopes):
            axes.set(xlim=(-0.5, 27.5), ylim=(27.5, -0.5), aspect="equal")
        # Dark ink on paper, as a digit is written; the data have it the other way round.
        self._pixels, self._slope = Shade(pixels, "gray_r"), Shade(slopes, "PuOr_r")
        self._layers = [Shade(axes, "Blues") for axes in layers]
        (self._brighter,) = slopes.plot([], [], "k+", markersize=8, markeredgewidth=1.8)
        (self._darker,) = slopes.plot([], [], "kx", markersize=7, markeredgewidth=1.8)
        slopes.set_xlabel("more ink: + helps, × hurts most", fontsize=9)
        # Texts of their own: an axis label would be drawn with the still background too.
        self._on = [
            stamp(axes, 0.5, -0.02, transform=axes.transAxes, ha="center", va="top", size=9)
            for axes in layers
        ]
        below: dict[str, Any] = {"transform": slopes.transAxes, "ha": "center", "va": "top", "size": 9}
        self._scale = stamp(slopes, 0.5, -0.15, **below)
        answer.set_title("Answer: probabilities")
        answer.set(xlim=(0, 1.75), ylim=(9.6, -0.6), xticks=[0, 0.5, 1], yticks=range(10))
        answer.grid(True, axis="x")
        answer.set_axisbelow(True)
        self._bars = answer.barh(range(10), np.zeros(10), height=0.7, color=palette.SKY)
        self._numbers = [stamp(answer, 0, digit, va="center", size=9) for digit in range(10)]
        return [
            self._pixels,
            self._slope,
            self._brighter,
            self._darker,
            *self._layers,
            *frames,
            self._scale,
            *self._on,
            *self._bars,
            *self._numbers,
        ]

    def move(self, state: Look) -> None:
        """Put image, activations, answer and slopes into their pictures."""
        self._pixels.set_values(state.image[::-1])
        largest = np.abs(state.slope).max() or 1.0
        self._slope.set_values(0.5 + 0.5 * state.slope[::-1] / largest)
        self._scale.set_text(f"orange +{largest:.1g}, purple −{largest:.1g}".replace("e-0", "e−"))
        for mark, pixel in ((self._brighter, state.slope.argmin()), (self._darker, state.slope.argmax())):
            row, column = divmod(int(pixel), 28)
            mark.set_data([column], [row])
        for picture, on, values in zip(self._layers, self._on, state.hidden, strict=True):
            picture.set_values((values / (values.max() or 1.0)).reshape(16, -1)[::-1])
            on.set_text(f"{np.count_nonzero(values > 0)} are on")
        answer = state.probabilities.argmax()
        for digit, probability in enumerate(state.probabilities):
            self._bars[digit].set_width(probability)
            self._bars[digit].set_facecolor(palette.BLUE if digit == answer else palette.SKY)
            number = f"{probability:.2f} " if probability >= 0.005 else ""
            self._numbers[digit].set_text(number + ("(true)" if digit == state.label else ""))
            self._numbers[digit].set_x(probability + 0.02)


def _look(network: Network, image: NDArray[np.float64], label: int | None, example: int) -> Look:
    A: Any = image.reshape(784, 1).astype(np.float32)
    activations = []
    for layer in network.layers:
        A = layer.forward(A)
        activations.append(A)
    Y = np.zeros((10, 1), dtype=np.float32)
    Y[A.argmax() if label is None else label] = 1
    _, dZ = softmax_cross_entropy(A, Y)
    slope = network.backward(dZ).reshape(28, 28).astype(float)
    hidden = tuple(activations[i].ravel().astype(float) for i in (1, 3))
    return Look(image, (hidden[0], hidden[1]), softmax(A).ravel().astype(float), slope, label, example)
