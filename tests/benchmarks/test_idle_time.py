"""What pictures ahead cost: how much later a cell starts beside them, and what an untouched lesson takes.

A real kernel, and in the place of the browser a client that says what the card's page says.
"""

import random
import statistics
import time

import psutil
import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = pytest.mark.benchmark

CELLS = 60
EXPLORERS = {
    "LearningRate": "learning_rate",
    "Initialization": "scale",
    "GradientFlow": "epoch",
    "BatchSize": "batch_size",
    "ActivationExplorer": "z",
    "OptimizerRace": "learning_rate",
}
SHOW = """
from mlcourse.explorers import {name}
explorer = {name}()
display(explorer)
panel = explorer._live.panel
places = [panel.card.model_id, explorer.controls["{control}"].model_id]
"""
WITHOUT = "explorer._live._visible = False; explorer._live.ahead.end()"


class Page:
    """A kernel and the messages of the one card that it shows."""

    def __init__(self, name, control):
        self.manager, self.client = start_new_kernel()
        self.process = psutil.Process(self.manager.provisioner.pid)
        self.run(SHOW.format(name=name, control=control))
        self.card, self.control = self.ask("places")
        self.says({"kind": "hello"})
        self.says({"kind": "sight", "visible": True, "ratio": 1.0})

    def tell(self, place, data):
        message = self.client.session.msg("comm_msg", {"comm_id": place, "data": data})
        self.client.shell_channel.send(message)

    def says(self, content):
        self.tell(self.card, {"method": "custom", "content": content})

    def move(self, **state):
        self.tell(self.control, {"method": "update", "state": state, "buffer_paths": []})

    def run(self, code):
        """Milliseconds until the cell starts; in the meantime the page answers."""
        begun = time.perf_counter()
        asked, started = self.client.execute(code), None
        while True:
            message = self.hear(60)
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "execute_input":
                started = time.perf_counter()
            if message["msg_type"] == "error":
                raise RuntimeError(message["content"]["evalue"])
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return 1000 * (started - begun)

    def ask(self, expression):
        reply = self.client.execute_interactive(
            "", user_expressions={"it": expression}, output_hook=lambda _: None
        )
        return eval(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])

    def hear(self, seconds):
        """The next message; the arrival of pictures ahead is confirmed."""
        message = self.client.get_iopub_msg(timeout=seconds)
        content = message["content"].get("data", {}).get("content", {}) if _is_comm(message) else {}
        if content.get("ahead"):
            self.pictures += len(content["frames"])
            self.says({"kind": "have"})
        return message

    pictures = 0

    def rest(self, seconds):
        """Let the kernel be idle for a while."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            try:
                self.hear(left)
            except Exception:  # nothing was said: queue.Empty
                continue

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def _is_comm(message):
    return message["msg_type"] == "comm_msg"


@pytest.mark.parametrize("name", EXPLORERS)
def test_a_cell_beside_pictures_that_are_drawn_ahead(name, capsys):
    page = Page(name, EXPLORERS[name])
    chance = random.Random(0)
    columns = []
    for without in (False, True):
        if without:
            page.run(WITHOUT)
        page.pictures, took = 0, []
        for _ in range(CELLS):
            page.says({"kind": "sight", "visible": not without, "ratio": 1.0})
            page.rest(chance.uniform(0.03, 0.12))
            took.append(page.run("pass"))
        columns.append((statistics.median(took), max(took), page.pictures))
    page.close()
    (median, worst, pictures), (plain, plain_worst, none) = columns
    with capsys.disabled():
        print(
            f"\n{name:20} a cell starts after {median:5.1f} ms, at worst {worst:5.1f} ({pictures} pictures); "
            f"without {plain:5.1f}, {plain_worst:5.1f} ({none})",
            end="",
        )


def test_the_time_of_an_untouched_lesson(capsys):
    shown, bare = Page("LearningRate", "learning_rate"), start_new_kernel()
    shown.move(value=0.2)
    shown.rest(10)
    processes = shown.process, psutil.Process(bare[0].provisioner.pid)
    before = [sum(process.cpu_times()[:2]) for process in processes]
    time.sleep(20)
    took = [sum(process.cpu_times()[:2]) - b for process, b in zip(processes, before, strict=True)]
    shown.close()
    bare[1].stop_channels()
    bare[0].shutdown_kernel(now=True)
    with capsys.disabled():
        print(
            f"\nof 20 s, untouched for 10 s before: {took[0]:.2f} s of processor time; "
            f"a bare kernel {took[1]:.2f} s"
        )
