"""A card without a kernel: the same words and pictures, from a piece of HTML that needs nothing else."""

import io
import json
import re
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image

from mlcourse.explorers import ActivationExplorer, GraphStepper
from mlcourse.explorers.page import POSITIONS, positions
from mlcourse.explorers.settings import Number, Whole


def data(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])


@pytest.fixture(scope="module")
def square():
    return GraphStepper("square").page()


def test_every_step_of_a_graph_is_there_with_its_sentence(square):
    told = data(square)
    steps = [told["frames"][number]["words"] for number in told["lines"][0]["frames"]]
    assert steps == [GraphStepper("square").set(step=step).summary for step in range(8)]


def test_it_begins_where_all_is_to_be_seen(square):
    told = data(square)
    assert told["lines"][0]["start"] == 7
    assert GraphStepper("square").set(step=7).summary in square


def test_pictures_are_those_of_the_explorer_without_loss(square):
    explorer = GraphStepper("square")
    explorer._picture.set_pixel_ratio(1)
    told = data(square)
    for step, number in enumerate(told["lines"][0]["frames"]):
        kept = b64decode(told["frames"][number]["src"].split(",")[1])
        drawn = explorer.set(step=step)._draw().pixels().astype(int)
        shown = np.asarray(Image.open(io.BytesIO(kept)).convert("RGB")).astype(int)
        assert np.abs(shown - drawn).mean() < 1.5


def test_it_needs_nothing_else(square):
    addresses = re.findall(r'(?:src|href)="([^"]*)"', square) + re.findall(r"url\(([^)]*)\)", square)
    assert addresses and all(address.startswith("data:") for address in addresses)


def test_pictures_can_be_files_beside_it(tmp_path):
    html = ActivationExplorer().page(tmp_path / "pictures", "pictures/")
    sources = {frame["src"] for frame in data(html)["frames"]}
    assert sources == {f"pictures/{path.name}" for path in (tmp_path / "pictures").iterdir()}
    assert len(html) < 40_000


def test_making_it_changes_nothing_in_the_explorer():
    explorer = GraphStepper("square").set(step=3, x=2)
    before = explorer.values, explorer.summary, explorer._draw().png()
    explorer.page()
    assert (explorer.values, explorer.summary, explorer._draw().png()) == before


def test_a_long_control_keeps_its_ends_and_its_start():
    for setting in (Whole("", 100, 0, 500), Number("", 0.35, 0.01, 3, 0.01, logarithmic=True)):
        chosen = positions(setting, setting.start)
        assert len(chosen) <= POSITIONS and chosen == sorted(set(chosen))
        assert setting.start in chosen
        assert chosen[0] == pytest.approx(setting.low) and chosen[-1] == pytest.approx(setting.high, rel=0.03)


def test_for_nbconvert_a_notebook_shows_it(monkeypatch):
    monkeypatch.setenv("MLCOURSE_PAGES", "1")
    bundle, _ = GraphStepper("square")._repr_mimebundle_()
    assert bundle["text/html"] == GraphStepper("square").page()
