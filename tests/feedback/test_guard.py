"""What is seen of a call from outside: its warnings, what it prints, what stopped it; in a thread as well."""

import sys
import threading
import warnings
from types import SimpleNamespace

import IPython
import numpy as np

from mlcourse.feedback.run import answer


def run(function):
    return answer("call", function, {})


def raising(error):
    def function():
        raise error

    return function


def test_a_warning_comes_with_its_line_each_text_once():
    def twice(*_):
        for _ in range(2):
            y = np.exp(np.array([1e4]))
        z = np.array([1.0]) / 0
        return y + z

    result = run(twice)
    assert result.warnings == ("overflow encountered in exp", "divide by zero encountered in divide")
    assert result.warned == "y = np.exp(np.array([1e4]))"
    assert run(lambda *_: 1.0).warned == ""

    def own(*_):
        warnings.warn("mine", UserWarning, stacklevel=1)
        warnings.warn("mine", RuntimeWarning, stacklevel=1)
        return np.log(np.zeros(1))  # may warn(s)

    assert run(own).warnings == ("divide by zero encountered in log",)

    def many(*_):
        for number in range(30):
            exec(f"import warnings; warnings.warn('{number}' * 300, RuntimeWarning)", {})

    assert len(run(many).warnings) == 20
    assert max(map(len, run(many).warnings)) == 200


def test_what_is_printed_may_be_written_in_any_way_and_only_as_text():
    def writing(*_):
        sys.stdout.writelines(["a", "b\n"])
        sys.stdout.flush()
        print(sys.stdout.write("four"), sys.stdout.isatty(), sys.stdout.encoding, sys.stdout.closed)
        sys.stdout.write(b"bytes")

    result = run(writing)
    assert result.printed == "ab\nfour4 False utf-8 False\n"
    assert result.failure.message == "write() argument must be str, not bytes"


def test_in_a_thread_which_has_no_signals_a_call_is_made_all_the_same():
    results = []
    thread = threading.Thread(target=lambda: results.append(run(lambda *_: 2.5)))
    thread.start()
    thread.join()
    assert [(result.returned, result.failure) for result in results] == [(2.5, None)]


def test_what_stopped_a_call_is_said():
    assert run(lambda *_: input()).failure.message == (
        "there is nobody to answer while the function is checked"
    )
    assert run(raising(ValueError("x" * 10_000))).failure.message == "x" * 500
    assert run(raising(type("E" * 999, (Exception,), {})())).failure.kind == "E" * 80


def test_exit_and_quit_of_a_notebook_end_the_call_alone(monkeypatch):
    shell = SimpleNamespace()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    assert run(lambda *_: shell.ask_exit()).failure.kind == "SystemExit"
    assert not hasattr(shell, "ask_exit")
