"""A verdict is seen once: as a card in a notebook, as text in a terminal."""

import sys

import IPython
import pytest

from mlcourse.feedback import Score, show


class Events:
    def __init__(self):
        self.callbacks = {"post_run_cell": []}

    def register(self, event, function):
        self.callbacks[event].append(function)


class Notebook:
    def __init__(self):
        self.events = Events()


class TerminalInteractiveShell(Notebook):
    """As IPython's in a terminal is called."""


@pytest.fixture
def shown(monkeypatch, capsys):
    """``shown(shell, *scores)``: what is printed, and what is displayed when the cell has ended."""
    displayed = []
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: displayed.append(data))
    monkeypatch.setattr(show, "_pending", [])

    def run(shell, *scores):
        monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
        for score in scores:
            show.show(score, "the card in words\n", "printed by the learner\n")
        printed = capsys.readouterr().out
        for after in shell.events.callbacks["post_run_cell"] if shell else ():
            after(None)
        return printed, displayed

    return run


def test_in_a_notebook_there_is_the_card_alone_and_once(shown):
    seen, unseen = Score(1.0, "<b>seen</b>"), Score(0.5, "<b>unseen</b>")
    seen._repr_html_()  # as the result of a cell is
    notebook = Notebook()
    printed, displayed = shown(notebook, seen, unseen)
    assert printed == "printed by the learner\n" * 2
    assert displayed == [{"text/html": "<b>unseen</b>", "text/plain": "0.5"}]
    assert len(notebook.events.callbacks["post_run_cell"]) == 1
    _, again = shown(notebook)
    assert len(again) == 1, "not a second time"


@pytest.mark.parametrize("shell", [None, TerminalInteractiveShell()])
def test_elsewhere_there_is_the_text(shown, shell):
    printed, displayed = shown(shell, Score(1.0, "<b>card</b>"))
    assert printed == "printed by the learner\nthe card in words\n"
    assert displayed == []


def test_where_ipython_was_never_imported_there_is_the_text(monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, "IPython")
    show.show(Score(1.0), "the card in words\n", "")
    assert capsys.readouterr().out == "the card in words\n"


def test_a_score_is_its_points_and_its_card():
    score = Score(2.5, "<b>card</b>")
    assert (repr(score), score + 1, score._repr_html_()) == ("2.5", 3.5, "<b>card</b>")
    assert Score(1.0)._repr_html_() == ""
