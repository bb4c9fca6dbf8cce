"""Promises that all explorers keep, whatever they show."""

import io
import math
import subprocess
import sys
from typing import ClassVar

import anywidget._util as _util
import numpy as np
import pytest
from PIL import Image
from pretended_page import laid_over

from mlcourse.explorers import ActivationExplorer, GradientFlow, OptimizerRace, output
from mlcourse.explorers.settings import Number, Whole
from mlcourse.explorers.still import encode


def test_making_and_setting_all_of_them_loads_no_drawing_and_no_widgets():
    code = """
import sys
from mlcourse import explorers
for name in set(explorers.__all__) - {"Explorer"}:
    explorer = getattr(explorers, name)()
    explorer.set(**{name: setting.start for name, setting in explorer.settings.items()})
print(sorted({"matplotlib", "ipywidgets", "anywidget", "IPython"} & set(sys.modules)))
"""
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_under_a_grader_nothing_is_computed_or_drawn(explorer, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(type(explorer), "compute", lambda *_, **__: pytest.fail("computed"))
    monkeypatch.setattr(type(explorer), "build", lambda *_: pytest.fail("drawn"))
    bundle, _ = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" not in bundle
    assert type(explorer).__name__ in bundle["text/plain"]


def test_where_widgets_of_others_must_be_asked_for_they_are(monkeypatch):
    class Colab:
        enabled = False

        def enable_custom_widget_manager(self):
            Colab.enabled = True

        class _widgets:
            _installed_url = "https://widgets"

    class Shell:
        kernel = object()
        user_ns: ClassVar = {"In": [""]}

    monkeypatch.setitem(sys.modules, "google.colab.output", Colab())
    monkeypatch.setattr(output, "kernel_shell", Shell)
    _util.enable_custom_widget_manager_once.cache_clear()
    _, metadata = ActivationExplorer()._repr_mimebundle_()
    assert Colab.enabled
    told = metadata["application/vnd.jupyter.widget-view+json"]["colab"]["custom_widget_manager"]
    assert told == {"url": "https://widgets"}


def test_the_stored_output_has_an_informative_picture_and_the_same_text_every_time(make):
    first, metadata = make()._repr_mimebundle_()
    assert first["text/plain"] == repr(make()), "another one"
    assert metadata["image/png"]["alt"] == make().set(**make().stored).summary
    picture = Image.open(io.BytesIO(first["image/png"]))
    assert picture.width >= 1.4 * metadata["image/png"]["width"] >= 1000
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_every_setting_changes_the_picture_and_leaves_the_artists_in_place(
    explorer, trials, picture_of, differ
):
    # A gradient that arrives from behind is to be seen on the way back only.
    base = {"step": explorer.settings["step"].high} if "step" in explorer.settings else {}
    before = picture_of(explorer.set(**base))
    artists = explorer._picture.moving
    axes = explorer.figure.axes
    children = [len(ax.get_children()) for ax in axes]
    changed = set()
    for values in trials(explorer):
        after = picture_of(explorer.set(**values))
        if differ(before, after):
            changed |= set(values)
        assert explorer._picture.moving is artists
        assert explorer.figure.axes == axes
        assert [len(ax.get_children()) for ax in axes] == children, f"{values}: artists were added or removed"
        assert "nan" not in explorer.summary.lower().split()
        explorer.reset().set(**base)
    assert changed == set(explorer.settings)


def test_what_moves_drawn_alone_and_what_stands_still_in_pieces_are_a_full_drawing(
    explorer, trials, picture_of, differ
):
    other = explorer._current()
    ends = list(trials(explorer))[1::2]  # one of each setting: a full drawing takes its time
    for number, values in enumerate(ends):
        kept = picture_of(explorer.set(**values))
        explorer._picture.forget_backgrounds()
        full = picture_of(explorer)
        assert differ(kept, full) == 0, values
        if number % 2:
            continue
        explorer._picture.forget_backgrounds()
        for _ in explorer._picture.prepare():
            explorer.move(other)  # as somebody else may, between two pieces
            explorer.move(explorer._current())
        assert explorer._picture._background in explorer._picture._drawn
        assert differ(full, picture_of(explorer)) == 0, values


def test_the_picture_that_is_sent_looks_like_the_one_drawn(explorer, picture_of):
    drawn = picture_of(explorer)
    sent = np.asarray(Image.open(io.BytesIO(explorer._picture.png())).convert("RGB")).astype(int)
    assert np.abs(drawn.astype(int) - sent).mean() < 1.5
    white = (drawn == 255).all(axis=2)
    assert (sent[white] == 255).all()


def test_what_moves_laid_over_what_stands_still_is_the_picture(explorer, trials, differ):
    for values in list(trials(explorer))[::2]:  # the other end of each setting than above
        picture = explorer.set(**values)._draw()
        shown = laid_over(picture.still.png, encode(picture.moved()))
        assert differ(shown, np.asarray(picture.indexed().convert("RGB"))) == 0, values
        assert max(len(encode(picture.moved())), len(picture.still.png)) <= 26_000


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (OptimizerRace, {"learning_rate": 1.0, "steps": 100}),
        (GradientFlow, {"depth": 8, "activation": "tanh", "scale": 2.0, "epoch": 100}),
    ],
)
def test_curves_to_and_fro_take_few_bytes_too(kind, values):
    picture = kind().set(**values)._draw()
    assert len(encode(picture.moved())) <= 21_000


def test_a_summary_is_one_or_two_sentences_and_follows_every_setting(explorer, trials):
    seen = {explorer.summary}
    for values in trials(explorer):
        summary = explorer.set(**values).summary
        assert summary.endswith(".") and 20 < len(summary) < 300
        seen.add(summary)
    assert len(seen) > len(explorer.settings)


def test_moving_a_control_is_setting_a_value(make):
    by_control, by_code = make(), make()
    for name, setting in by_control.settings.items():
        value = getattr(setting, "high", None) or getattr(setting, "options", (None, True))[1]
        if isinstance(setting, Number) and setting.logarithmic:
            value = 10 ** math.log10(setting.high)
        by_control.controls[name].value = value
        assert by_control.values == by_code.set(**{name: value}).values
        assert by_control.summary == by_code.summary


def test_code_moves_the_controls_too(explorer, trials):
    controls = explorer.controls
    for values in trials(explorer):
        explorer.set(**values)
        for name, value in values.items():
            wanted = pytest.approx(value) if isinstance(value, float) else value
            assert controls[name].value == wanted


def test_reset_goes_back_to_the_start(explorer, trials, picture_of, differ):
    start, words = picture_of(explorer), explorer.summary
    for values in trials(explorer):
        explorer.set(**values)
    assert differ(start, picture_of(explorer.reset())) == 0
    assert explorer.summary == words


def test_what_cannot_be_set_is_named_with_its_range_and_changes_nothing(explorer):
    before = explorer.values
    for name, setting in explorer.settings.items():
        wrong = ["nonsense", None, [1], np.zeros(3), float("nan"), 10**9, -(10**9)]
        if isinstance(setting, (Number, Whole)):
            wrong += [True, setting.high * 1.01 + 1]
        for value in wrong:
            with pytest.raises(ValueError, match=f"^{name}: expected ") as caught:
                explorer.set(**{name: value})
            assert setting.range in str(caught.value)
    with pytest.raises(ValueError, match="^nothing: no such setting; there are " + ", ".join(before)):
        explorer.set(nothing=1)
    assert explorer.values == before


def test_set_changes_all_or_nothing(explorer):
    (first, setting), *_ = explorer.settings.items()
    before = explorer.values
    with pytest.raises(ValueError):
        explorer.set(**{first: getattr(setting, "high", None) or setting.options[-1], "nothing": 1})
    assert explorer.values == before


def test_every_control_is_labelled(explorer):
    labels = [control.description for control in explorer.controls.values()]
    assert all(labels) and len(set(labels)) == len(labels)


def test_the_page_is_not_told_what_it_has_just_said(explorer):
    for control in explorer.controls.values():
        name = "index" if control.has_trait("index") else "value"
        sent = []
        control._send = lambda message, buffers=None, sent=sent: sent.append(message["method"])
        old = getattr(control, name)
        control.set_state({name: (not old) if isinstance(old, bool) else old + 1 if name == "index" else old})
        assert "echo_update" not in sent


def test_the_end_of_a_slider_is_one_of_its_notches(explorer):
    """A slider goes to its end by key, a page without a kernel to its last notch: they are the same."""
    for setting in explorer.settings.values():
        if isinstance(setting, Number):
            assert f"{setting.at(setting.last):.3g}" == f"{setting.high:.3g}", setting.label
