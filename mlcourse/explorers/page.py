"""An explorer as HTML that needs no kernel: every control can be moved, the others at their start."""

import hashlib
import html
import json
from base64 import b64encode
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.picture import PIXEL_RATIO
from mlcourse.explorers.settings import Choice, Setting, Switch
from mlcourse.explorers.work import finish

if TYPE_CHECKING:
    from mlcourse.explorers.base import Explorer

POSITIONS = 41
"""Of a control, at most: of a longer one as many, evenly chosen."""
EMBEDDED, APART = 1.0, PIXEL_RATIO
"""Pixels for each pixel of the page: of pictures in the HTML, and of those in files, which come if wanted."""

NOTE = "Drawn beforehand: where one control is moved, the others go back to their start."
SIDEWAYS = "The picture goes on to the right: move it sideways."
"""Said where the screen is narrow."""


def page(explorer: "Explorer", folder: Path | str | None = None, address: str = "") -> str:
    """Make the HTML; see `Explorer.page`."""
    pictures = _Pictures(None if folder is None else Path(folder), address)
    ratio = explorer._picture.ratio
    explorer._picture.set_pixel_ratio(EMBEDDED if folder is None else APART)
    start = {name: setting.start for name, setting in explorer.settings.items()} | dict(explorer.stored)
    frames: list[dict[str, str]] = []
    numbers: dict[str, int] = {}

    def frame(values: Mapping[str, Any]) -> int:
        with explorer._as_if(values):
            key = explorer._key()
            if key not in numbers:
                state = finish(explorer.compute(**values))
                drawn = explorer._draw(state).smallest()
                frames.append({"src": pictures.put(*drawn), "words": explorer.describe(state)})
                numbers[key] = len(frames) - 1
            return numbers[key]

    first = frame(start)
    controls, lines = [], []
    for name, setting in explorer.settings.items():
        values = positions(setting, start[name])
        place = values.index(start[name])
        controls.append(_control(setting, values, place))
        captions = [_value(setting, value) for value in values]
        line = [frame({**start, name: value}) for value in values]
        lines.append({"start": place, "frames": line, "values": captions})
    explorer._picture.set_pixel_ratio(ratio)
    here = files("mlcourse.explorers")
    read = {name: (here / name).read_text(encoding="utf-8") for name in ("card.css", "page.css", "page.js")}
    data = json.dumps({"frames": frames, "lines": lines}, ensure_ascii=False).replace("</", "<\\/")
    width, height = explorer._page_size()
    shown = frames[first]
    title = html.escape(explorer.title)
    return (
        f'<section class="mlc-explorer mlc-static" role="group" aria-label="{title}">\n'
        f"<style>{read['card.css']}{read['page.css']}</style>\n"
        f'<p class="mlc-title">{title}</p>\n'
        f'<div class="mlc-controls">\n{"".join(controls)}</div>\n'
        '<div class="mlc-view" tabindex="0" role="group" aria-label="Picture">'  # scrolls on a phone
        f'<img class="mlc-picture" width="{width}" height="{height}" '
        f'src="{html.escape(shown["src"])}" alt="{html.escape(shown["words"])}"></div>\n'
        f'<p class="mlc-note mlc-sideways">{SIDEWAYS}</p>\n'
        f'<p class="mlc-summary" role="status" aria-live="polite">{html.escape(shown["words"])}</p>\n'
        f'<p class="mlc-note">{NOTE}</p>\n'
        f'<script type="application/json">{data}</script>\n<script>{read["page.js"]}</script>\n</section>\n'
    )


def positions(setting: Setting, start: Any) -> list[Any]:
    """Values of a setting in their order, the start among them."""
    count = setting.last + 1
    if isinstance(setting, Choice | Switch) or count <= POSITIONS:
        notches = list(range(count))
    else:
        notches = sorted({round(i * setting.last / (POSITIONS - 1)) for i in range(POSITIONS)})
    place = setting.place(start)
    nearest = min(notches, key=lambda notch: abs(notch - place))
    return [start if notch == nearest else setting.at(notch) for notch in notches]


class _Pictures:
    """Where the pictures go: into the HTML, or into files whose names follow from what is in them."""

    def __init__(self, folder: Path | None, address: str) -> None:
        self._folder, self._address = folder, address
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def put(self, picture: bytes, kind: str) -> str:
        if self._folder is None:
            return f"data:image/{kind};base64,{b64encode(picture).decode()}"
        name = f"{hashlib.sha256(picture).hexdigest()[:16]}.{kind}"
        (self._folder / name).write_bytes(picture)
        return f"{self._address}{name}"


def _control(setting: Setting, values: list[Any], place: int) -> str:
    label = f"<span>{html.escape(setting.label)}</span>"
    if isinstance(setting, Switch):
        checked = " checked" if place else ""
        return f'<label class="mlc-switch"><input type="checkbox"{checked}> {label}</label>\n'
    if isinstance(setting, Choice) and not setting.slider:
        options = "".join(
            f"<option{' selected' if i == place else ''}>{html.escape(str(value))}</option>"
            for i, value in enumerate(values)
        )
        return f"<label>{label}<select>{options}</select></label>\n"
    now = html.escape(_value(setting, values[place]))
    return (
        f'<label>{label}<span class="mlc-value" aria-hidden="true">{now}</span>'
        f'<input type="range" min="0" max="{len(values) - 1}" value="{place}" aria-valuetext="{now}">'
        "</label>\n"
    )


def _value(setting: Setting, value: Any) -> str:
    return f"{value:.3g}".replace("-", "−") if isinstance(value, float) else str(value).replace("-", "−")
