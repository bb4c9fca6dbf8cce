"""Running the learner's function: it comes back, whatever the function does, and leaves nothing behind."""

import builtins
import os
import signal
import sys
import time
import warnings

import numpy as np
import pytest

from mlcourse.feedback.answers import Answer, Failure, answer_from_plain, answer_to_plain
from mlcourse.feedback.plain import PlainError, decode, encode
from mlcourse.feedback.run import answer, compute

CASE = {"Z": np.array([1.0, 2.0]), "cache": {"A": np.ones((2, 2))}, "items": [1, (2.0, "x")]}


def run(function, **options):
    return answer("call", function, CASE, **options)


def raising(error):
    def function(*_):
        raise error

    return function


@pytest.mark.parametrize(
    "error",
    [ValueError("no"), SystemExit(1), KeyboardInterrupt(), MemoryError(), GeneratorExit(), BaseException()],
)
def test_every_exception_becomes_a_failure(error):
    failure = run(raising(error)).failure
    assert failure.kind == type(error).__name__
    assert failure.line == "raise error"


def test_an_exception_whose_text_raises_is_a_failure_too():
    class Silent(Exception):
        def __str__(self):
            raise RuntimeError

    assert run(raising(Silent())).failure == Failure("Silent", "", "raise error", "")


def test_endless_recursion_is_a_failure():
    def forever(*arguments):
        return forever(*arguments)

    assert run(forever).failure.kind == "RecursionError"


@pytest.mark.parametrize("catching", [False, True])
def test_an_endless_loop_is_stopped(catching):
    def forever(*_):
        while True:
            try:
                while True:
                    pass
            except Exception:
                if not catching:
                    raise

    failure = run(forever, seconds=0.1).failure
    assert (failure.kind, failure.message) == ("TimeLimit", "more than 0.1 seconds")


class Dying:
    def __del__(self):  # Python ignores what is raised here
        signal.raise_signal(signal.SIGINT)


def catching_all(turns, action):
    """A loop that catches whatever is raised in it; it ends, so that a broken promise does not hang."""

    def loop(*_):
        for turn in range(300):
            turns.append(turn)
            try:
                action(turn)
            except BaseException:
                turn = None

    return loop


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "function",
    [
        lambda turns: turns.append(0) or signal.raise_signal(signal.SIGINT),
        lambda turns: catching_all(turns, lambda turn: turn or signal.raise_signal(signal.SIGINT))(),
        lambda turns: turns.append(Dying()) or turns.clear() or turns.append(0) or 1.0,
    ],
)
def test_an_interrupt_ends_the_call_at_once_and_is_the_answer_whatever_catches_it(function):
    handler, tracing, turns = signal.getsignal(signal.SIGINT), sys.gettrace(), []
    result = run(lambda *_: function(turns))
    assert (result.returned, result.failure.kind, len(turns)) == (None, "KeyboardInterrupt", 1)
    assert (signal.getsignal(signal.SIGINT), sys.gettrace()) == (handler, tracing)


def test_the_time_limit_ends_what_catches_it():
    turns = []
    loop = catching_all(turns, lambda turn: time.sleep(0.01))
    assert run(loop, seconds=0.1).failure.kind == "TimeLimit"
    assert len(turns) < 300


def test_an_interrupt_of_the_references_is_no_answer_of_theirs():
    with pytest.raises(KeyboardInterrupt):
        compute("call", raising(KeyboardInterrupt()), CASE)


def test_endless_printing_is_stopped_and_the_beginning_kept():
    def printing(*_):
        while True:
            print(*range(1000), sep="\n")

    result = run(printing, seconds=60)
    assert result.failure.kind == "OutputLimit"
    assert result.printed.startswith("0\n1\n2\n")
    assert len(result.printed) <= 4000


def test_a_print_in_the_innermost_loop_is_no_mistake():
    def telling(*_):
        for i in range(500_000):
            print("weight", i)
        return 1.0

    result = run(telling, seconds=60)
    assert (result.returned, result.failure) == (1.0, None)


def test_a_machine_that_is_busy_is_no_mistake():
    """The limit is one of processor time; what waits for ever is stopped all the same."""
    begun = time.monotonic()
    assert run(lambda *_: time.sleep(0.3) or 1.0, seconds=0.2).returned == 1.0
    assert run(lambda *_: time.sleep(60), seconds=0.2).failure.kind == "TimeLimit"
    assert time.monotonic() - begun < 30


def test_nothing_reaches_stderr_and_stdout_is_kept(capfd):
    def noisy(*_):
        print("seen")
        print("unseen", file=sys.stderr)
        os.write(2, b"unseen")
        os.system("echo unseen >&2")
        warnings.warn("unseen", stacklevel=1)
        np.exp(np.array([1e4]))
        return 1.0

    result = run(noisy)
    assert capfd.readouterr() == ("", "")
    assert result.printed == "seen\n"
    assert result.warnings == ("overflow encountered in exp",), "not what the learner's own code warns of"


def test_deprecations_do_not_count():
    def old(*_):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        warnings.warn("old", FutureWarning, stacklevel=1)

    assert run(old).warnings == ()


def test_input_is_answered_with_an_error():
    result = run(lambda *_: input("value? "))
    assert result.failure.kind == "InputAsked"
    assert builtins.input.__name__ != "_no_input"


def test_settings_of_numpy_and_python_are_put_back():
    def changing(*_):
        np.seterr(all="ignore")
        np.set_printoptions(precision=1, legacy="1.13")
        warnings.simplefilter("ignore")
        sys.setrecursionlimit(5000)
        sys.stdout = sys.stderr = None
        return 1.0

    before = np.geterr(), np.get_printoptions(), warnings.filters[:], sys.getrecursionlimit(), sys.stdout
    assert run(changing).changed_error_state
    assert before == (
        np.geterr(),
        np.get_printoptions(),
        warnings.filters[:],
        sys.getrecursionlimit(),
        sys.stdout,
    )


def test_a_setting_changed_inside_a_with_block_is_no_complaint():
    def careful(*_):
        with np.errstate(all="ignore"):
            return np.exp(np.array([1e4]))

    result = run(careful)
    assert not result.changed_error_state
    assert not result.warnings


def test_an_error_state_set_earlier_in_the_notebook_does_not_hide_warnings():
    with np.errstate(all="ignore"):
        assert run(lambda *_: np.exp(np.array([1e4]))).warnings


def test_the_case_is_not_changed_and_changes_of_the_inputs_are_seen():
    def changing(Z, cache, items):
        Z += 1
        cache["new"] = 3.0
        items[1] = 5
        return Z

    result = run(changing)
    assert CASE["Z"].tolist() == [1.0, 2.0]
    assert result.inputs_after["Z"].tolist() == [2.0, 3.0]
    assert result.inputs_after["cache"]["new"] == 3.0
    assert run(lambda Z, cache, items: Z + 1).inputs_after is None


def test_what_is_returned_is_a_snapshot():
    kept = []

    def keeping(Z, cache, items):
        kept.append(Z)
        return Z

    result = run(keeping)
    kept[0][:] = 9
    assert result.returned.tolist() == [1.0, 2.0]


def test_a_shape_error_tells_the_line_the_variable_and_the_shapes():
    def wrong(Z, cache, items):
        dA1 = cache["A"] @ np.ones((3, 1))
        return dA1

    failure = run(wrong).failure
    assert failure.line == 'dA1 = cache["A"] @ np.ones((3, 1))'
    assert failure.target == "dA1"
    assert failure.operands == ()  # np.ones(...) is not evaluated again

    def named(Z, cache, items):
        W = np.ones((3, 1))
        dA1 = np.dot(cache["A"], W)
        return dA1

    assert run(named).failure.operands == (("cache['A']", (2, 2)), ("W", (3, 1)))


def test_a_stub_called_by_another_function_is_named():
    def stub():
        raise NotImplementedError

    assert run(lambda *_: stub()).failure.helper == "stub"
    assert run(raising(NotImplementedError())).failure.helper == ""


def test_an_answer_travels_as_json():
    def failing(Z, cache, items):
        W = np.ones((3, 1))
        return Z @ W

    for function in (failing, lambda Z, *_: (Z.astype(np.float32), float("nan")), lambda Z, *_: Z.fill(0)):
        result = run(function)
        again = answer_from_plain(decode(encode(answer_to_plain(result))))
        assert repr(again) == repr(result)


@pytest.mark.parametrize(
    "change",
    [
        {"failure": ("ValueError",)},
        {"failure": (1, "", "", "", (), "")},
        {"failure": ("E", "", "", "", ((("W", (1.5,))),), "")},
        {"warnings": [1]},
        {"warnings": (1,)},
        {"printed": None},
        {"changed_error_state": 1},
        {"points": 4},
    ],
)
def test_a_forged_answer_is_refused(change):
    with pytest.raises(PlainError):
        answer_from_plain(answer_to_plain(Answer(returned=1.0)) | change)
