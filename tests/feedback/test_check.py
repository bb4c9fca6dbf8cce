"""`check` never raises, whatever it is given; the score is a plain number; hints come in tiers."""

import io
import os
import sys
import warnings
from collections import Counter

import numpy as np
import pytest

from mlcourse import check
from mlcourse.exercises import get
from mlcourse.feedback import Score, checking, run

REFERENCE = get("backward-propagation").parts[0].reference


class EqualToEverything:
    def __eq__(self, other):
        return True

    __hash__ = None


def returning(value):
    return lambda *_: value


def after(action):
    """The right answer, and something that must not be done beside it."""

    def function(*arguments):
        action(*arguments)
        return REFERENCE(*arguments)

    return function


def gradients(change):
    return lambda *arguments: {name: change(g) for name, g in REFERENCE(*arguments).items()}


def generator(*_):
    yield 1


async def coroutine(*_):
    return 1


def prints(*_):
    while True:
        print("again and again " * 100)


def writes_into_the_cache(Y, cache, *_):
    cache["A2"] -= Y


BAD = {
    "not callable": 3,
    "None": None,
    "a class": EqualToEverything,
    "a builtin": print,
    "too few parameters": lambda Y: None,
    "returns None": returning(None),
    "returns text": returning("dW1"),
    "returns a generator": generator,
    "returns a coroutine": coroutine,
    "returns itself": returning(returning(1)),
    "returns an object equal to everything": returning(EqualToEverything()),
    "returns a dict of objects equal to everything": gradients(lambda g: EqualToEverything()),
    "returns a dict of NaN": gradients(lambda g: g * np.nan),
    "returns a dict of inf": gradients(lambda g: g + np.inf),
    "returns a dict of complex numbers": gradients(lambda g: g + 1j),
    "returns a dict of complex dtype": gradients(lambda g: g.astype(complex)),
    "returns a dict of objects": gradients(lambda g: g.astype(object)),
    "returns a dict of texts": gradients(lambda g: g.astype(str)),
    "returns a dict of masked arrays": gradients(lambda g: np.ma.masked_all(g.shape)),
    "returns wrong shapes": gradients(lambda g: g.ravel()),
    "returns empty arrays": gradients(lambda g: g[:0]),
    "returns ragged lists": gradients(lambda g: [[1.0], [2.0, 3.0]]),
    "returns 10^8 elements": gradients(lambda g: np.broadcast_to(1.0, (10**4, 10**4))),
    "returns zeros of 10^8": gradients(lambda g: np.zeros(10**8, dtype=np.int8)),
    "raises": after(lambda *_: 1 / 0),
    "raises without words": after(lambda *_: (_ for _ in ()).throw(BaseException)),
    "overflows": after(lambda *_: np.exp(np.array([1e4]))),
    "prints without end": after(prints),
    "asks for input": after(lambda *_: input("?")),
    "exits": after(lambda *_: sys.exit()),
    "interrupts": after(lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)),
    "recurses": after(lambda *a: (lambda f: f(f))(lambda f: f(f))),
    "changes an input": after(writes_into_the_cache),
    "changes the error state": after(lambda *_: np.seterr(all="ignore")),
}


@pytest.mark.parametrize("function", BAD.values(), ids=BAD)
def test_bad_input_gets_a_clear_card_and_no_points_and_later_checks_are_unaffected(function, capfd):
    state = np.geterr(), np.get_printoptions(), warnings.filters[:], sys.stdout
    score = check("backward-propagation", function)
    out, err = capfd.readouterr()
    assert (score, repr(score), err) == (0.0, "0.0", "")
    assert "Backward propagation: 0 of 4 points\n  ✗ " in out
    assert "object at 0x" not in out + score._repr_html_()
    assert out.count("\n") <= 25
    assert (np.geterr(), np.get_printoptions(), warnings.filters[:], sys.stdout) == state
    assert check("backward-propagation", REFERENCE) == 4.0


@pytest.mark.parametrize("last", [1, 2, 0], ids=["first case", "second case", "watched"])
def test_an_interrupt_ends_the_whole_check_and_counts_as_no_attempt(last, capsys, monkeypatch):
    monkeypatch.setattr(checking, "_wrong_attempts", Counter())
    calls, last = [], last or len(checking._fixed_cases(get("sigmoid"))[0]) + 1

    def sigmoid(Z):
        calls.append(Z)
        if len(calls) == last:
            raise KeyboardInterrupt
        return Z

    assert check("sigmoid", sigmoid) == 0.0
    assert (
        capsys.readouterr().out
        == f"{get('sigmoid').title}: 0 of 2 points\n  ✗ It was interrupted. Run the cell again.\n"
    )
    assert len(calls) == last
    assert not checking._wrong_attempts


def test_an_interrupt_ends_the_check_of_the_other_functions_too(capsys):
    calls = []
    interrupted = after(lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    check("activation-derivatives", interrupted, *[calls.append] * 3)
    assert "It was interrupted" in capsys.readouterr().out
    assert not calls


def test_text_on_stderr_alone_is_swallowed(capfd):
    assert check("backward-propagation", after(lambda *_: os.write(2, b"unseen"))) == 4.0
    assert capfd.readouterr().err == ""


def test_a_stub_is_not_attempted_yet(capsys):
    def stub(*_):
        raise NotImplementedError  # write your code here, then delete this line

    score = check("backward-propagation", stub)
    assert capsys.readouterr().out == "Backward propagation: 0 of 4 points\n  ○ not attempted yet\n"
    assert "not attempted yet" in score._repr_html_()


def test_a_function_that_calls_a_stub_is_told_so(capsys):
    def sigmoid(Z):
        raise NotImplementedError

    check("forward-propagation", lambda X, *_: sigmoid(X))
    assert "forward_propagation calls sigmoid, which is not written yet." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sigmoit", abs), "There is no exercise 'sigmoit'; did you mean sigmoid"),
        (("backward", abs), "backward-propagation"),
        (("", abs), "There is no exercise '' in the course."),
        ((abs,), 'The id comes first, as a text: check("sigmoid", sigmoid).'),
        ((["sigmoid"], abs), "The id comes first"),
        (("sigmoid",), 'It takes 1 function: `check("sigmoid", sigmoid)`. It was given 0.'),
        (("sigmoid", abs, abs), "It was given 2."),
        (("activation-derivatives", abs), "It takes 4 functions"),
    ],
)
def test_a_check_called_wrongly_says_how_to_call_it(arguments, words, capsys):
    score = check(*arguments)
    assert score == 0.0
    assert words in capsys.readouterr().out


def test_the_score_is_a_number_and_shows_nothing_but_the_number_as_text():
    score = check("backward-propagation", REFERENCE)
    assert isinstance(score, float)
    assert (repr(score), str(score), score) == ("4.0", "4.0", 4.0)
    assert [repr(Score(x)) for x in (0, 8 / 3, 0.5)] == ["0.0", "2.6666666666666665", "0.5"]


def test_half_of_the_parts_right_is_half_of_the_points():
    parts = get("activation-derivatives").parts
    functions = [part.reference if i < 2 else returning(0) for i, part in enumerate(parts)]
    assert check("activation-derivatives", *functions) == 1.0


@pytest.mark.parametrize("limit", [run.TimeLimit, run.OutputLimit])
def test_what_does_not_end_is_waited_for_once(limit):
    calls = []

    def endless(*_):
        calls.append(1)
        raise limit("as the guard does")

    assert check("backward-propagation", endless) == 0
    assert len(calls) == 1


def test_what_the_function_prints_is_shown_once_and_briefly(capsys):
    check("backward-propagation", after(lambda *_: print("looking")))
    assert capsys.readouterr().out.count("looking") == 1
    check("backward-propagation", after(lambda *_: print("x\n" * 500)))
    assert capsys.readouterr().out.count("x\n") == 20


def test_two_runs_in_a_new_session_say_the_same(capsys):
    def session():
        checking._wrong_attempts.clear()
        for function in (BAD["returns text"], BAD["overflows"], REFERENCE, BAD["raises"]):
            check("backward-propagation", function)
        return capsys.readouterr().out

    assert session() == session()


def test_hints_come_in_tiers_what_is_wrong_then_where_it_is_taught_then_the_formula(capsys):
    def attempt():
        score = check("backward-propagation", lambda *a: {**REFERENCE(*a), "dW1": 0 * a[2]})
        return capsys.readouterr().out + score._repr_html_()

    shown = [attempt() for _ in range(6)]
    formula, section = "dW1 = dZ1 @ X.T / m", "Backward, m examples"
    assert [formula in text for text in shown] == [False, False, False, False, True, True]
    assert [section in text for text in shown] == [False, False, True, True, True, True]
    assert all("dW1 is 0 everywhere" in text for text in shown)


def test_attempts_at_one_exercise_give_no_hints_at_another(capsys):
    for _ in range(6):
        check("backward-propagation", returning(None))
    capsys.readouterr()
    check("sigmoid", returning(None))
    assert "Formula" not in capsys.readouterr().out


def test_a_fault_of_ours_stops_no_notebook(monkeypatch, capsys):
    monkeypatch.setattr(checking, "evaluate", lambda *arguments: 1 / 0)
    assert check("sigmoid", abs) == 0.0
    assert "not your fault: ZeroDivisionError" in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_an_output_without_the_symbols_gets_other_ones(encoding, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    assert check("backward-propagation", REFERENCE) == 4.0
    assert check("backward-propagation", abs) == 0.0
    assert raw.getvalue().decode(encoding).count("  + right") == 1
    assert "  x backward_propagation" in raw.getvalue().decode(encoding)


def test_a_closed_output_stops_no_notebook(monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    assert check("backward-propagation", REFERENCE) == 4.0
