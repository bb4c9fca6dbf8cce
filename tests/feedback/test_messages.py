"""A check that is called wrongly, cannot be made, or comes with hints: what it says, word for word."""

import pytest

from mlcourse import exercises
from mlcourse.exercises import Finding
from mlcourse.feedback import PartVerdict, Verdict, card_html, card_text, check, checking, progress_store
from mlcourse.feedback.hints import hints

DERIVATIVES = (
    "sigmoid_derivative, tanh_derivative, relu_derivative, leaky_relu_derivative",
    "Derivatives of four activations: 0 of 2 points",
)


def said(exercise_id, *functions, capsys):
    check(exercise_id, *functions)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            (abs,),
            [
                "Unknown exercise: 0 of 0 points",
                '  ✗ The id comes first, as a text: check("sigmoid", sigmoid).',
            ],
        ),
        (
            ("sigmoid",),
            [
                "The sigmoid function: 0 of 2 points",
                '  ✗ It takes 1 function: `check("sigmoid", sigmoid)`. It was given 0.',
            ],
        ),
        (
            ("activation-derivatives", abs),
            [
                DERIVATIVES[1],
                f'  ✗ It takes 4 functions: `check("activation-derivatives", {DERIVATIVES[0]})`. '
                "It was given 1.",
            ],
        ),
        (
            ("sigmoid", 3),
            [
                "The sigmoid function: 0 of 2 points",
                "  ✗ What was given for sigmoid is no function, but of type int.",
            ],
        ),
    ],
)
def test_a_check_called_wrongly_says_in_a_line_how_it_is_called(arguments, lines, capsys):
    assert said(*arguments, capsys=capsys) == lines


def test_what_is_no_function_costs_only_its_own_part(capsys):
    parts = exercises.get("activation-derivatives").parts
    lines = said("activation-derivatives", 3, *[part.reference for part in parts[1:]], capsys=capsys)
    assert lines == [
        "Derivatives of four activations: 1.5 of 2 points",
        "  ✗ sigmoid_derivative: What was given for sigmoid_derivative is no function, but of type int.",
        "  ✓ tanh_derivative: right",
        "  ✓ relu_derivative: right",
        "  ✓ leaky_relu_derivative: right",
    ]


def test_an_unknown_exercise_is_named_and_a_long_name_cut():
    result, printed = checking.judge("sigmoit", (abs,))
    assert result.message.startswith("There is no exercise 'sigmoit'; did you mean sigmoid")
    assert (result.exercise_id, result.title, result.points, result.max_points) == (
        "sigmoit",
        "Unknown exercise",
        0,
        0,
    )
    assert printed == ""
    assert len(checking.judge("x" * 500, ())[0].exercise_id) < 100
    assert checking.judge(["sigmoid"], ())[0].exercise_id == "list"


def test_an_exercise_of_a_package_that_is_not_there_is_not_scored(monkeypatch):
    monkeypatch.setattr(checking, "find_spec", lambda name: None)
    result, printed = checking.judge("torch-agreement", (abs,))
    assert result.message == "Not scored here: the package torch is not installed."
    assert (result.points, result.max_points, result.possible, result.passed, printed) == (
        0,
        0,
        False,
        False,
        "",
    )
    assert card_text(result).splitlines()[1].startswith("  ○ Not scored here")


def test_a_fault_in_the_lessons_own_exercises_is_told_as_such(monkeypatch, tmp_path):
    (tmp_path / "exercises.py").write_text("EXERCISES = [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result, _ = checking.judge("sigmoit", (abs,))
    assert result.title == "Not checked"
    assert result.message.startswith("The lesson's exercises.py, line 1: SyntaxError")


@pytest.mark.parametrize(
    ("error", "title", "message"),
    [
        (KeyboardInterrupt(), "Interrupted", "Run the cell again."),
        (
            ZeroDivisionError("no"),
            "Not checked",
            "The check itself failed, which is not your fault: ZeroDivisionError: no",
        ),
    ],
)
def test_a_check_that_comes_to_no_end_says_whose_fault_it_is(error, title, message, monkeypatch, capsys):
    def failing(*_):
        raise error

    monkeypatch.setattr(checking, "judge", failing)
    score = check("sigmoid", abs)
    assert score == 0
    assert capsys.readouterr().out == f"{title}: 0 of 0 points\n  ✗ {message}\n"
    assert message in score._repr_html_()


def test_attempts_count_and_are_kept_only_where_something_was_attempted(monkeypatch, capsys):
    kept = []
    monkeypatch.setattr(progress_store, "record", lambda *arguments: kept.append(arguments))

    def stub(Z):
        raise NotImplementedError

    right = exercises.get("sigmoid").parts[0].reference
    for function in (stub, 3, abs, right):
        check("sigmoid", function)
    check("sigmoit", abs)
    assert kept == [("sigmoid", 0.0), ("sigmoid", 0.0), ("sigmoid", 2.0)]
    assert checking._wrong_attempts["sigmoid"] == 2


def test_what_every_function_printed_is_shown_in_their_order_and_long_lines_cut():
    def printing(words, function):
        return lambda *a: print(words) or function(*a)

    parts = exercises.get("activation-derivatives").parts
    functions = [printing(f"{n}: " + "x" * 1000, part.reference) for n, part in enumerate(parts)]
    result, printed = checking.judge("activation-derivatives", tuple(functions))
    assert result.passed
    lines = printed.splitlines()
    assert [line[:3] for line in lines] == ["0: ", "1: ", "2: ", "3: "]
    assert all(100 < len(line) < 400 for line in lines)
    _, printed = checking.judge(
        "sigmoid", (printing("y\n" * 300, exercises.get("sigmoid").parts[0].reference),)
    )
    assert printed.splitlines()[-1] == "..."
    assert 10 < printed.count("y") < 40
    few = checking.judge("sigmoid", (printing("y\ny", abs),))[1]
    assert few == "y\ny\n"


def part(**options):
    return PartVerdict("f", True, False, Finding("a", "a is wrong."), **options)


@pytest.mark.parametrize(
    ("attempt", "formulas", "told"),
    [
        (1, ("a = b",), []),
        (2, ("a = b",), []),
        (3, ("a = b",), ["It is taught in the section “Sums”."]),
        (4, ("a = b",), ["It is taught in the section “Sums”."]),
        (5, ("a = b",), ["It is taught in the section “Sums”.", "Formula: `a = b`."]),
        (9, ("a = b", "c = d"), ["It is taught in the section “Sums”.", "Formulas: `a = b`, `c = d`."]),
        (9, (), ["It is taught in the section “Sums”."]),
    ],
)
def test_hints_come_in_tiers(attempt, formulas, told):
    assert hints(part(section="Sums", formulas=formulas), attempt) == told
    assert hints(part(formulas=formulas), attempt) == told[1:]


def test_formulas_of_more_words_than_are_read_are_left_out_but_the_first():
    long, short = "word " * 200, "a = b"
    assert hints(part(formulas=(long, short)), 9) == [f"Formulas: `{long}` and so on."]
    assert hints(part(formulas=(short, short, long, short)), 9) == [
        f"Formulas: `{short}`, `{short}` and so on."
    ]


def test_the_card_says_where_and_shows_which_entries_and_then_the_hints():
    shown = part(where="`b` (line 2) is not right.", grid=("· ✗", "· ·"), right=("b",), section="Sums")
    verdict = Verdict("x", "Title", 0.0, 1.0, (shown,))
    assert card_text(verdict, 3).splitlines() == [
        "Title: 0 of 1 point",
        "  ✗ a is wrong.",
        "    `b` (line 2) is not right.",
        "    Entries that are wrong (✗):",
        "    · ✗",
        "    · ·",
        "    It is taught in the section “Sums”.",
    ]
    html = card_html(verdict, 3)
    assert 'aria-label="Title: not right yet, 0 of 1 point"' in html
    assert 'aria-label="1 of 4 entries are wrong, in the rows 1"' in html
    assert ">· ✗\n· ·<" in html
    assert "<code>b</code> (line 2) is not right." in html and "Right before it" not in html
    assert "<strong>Hint.</strong> It is taught in the section “Sums”." in html
    two = card_html(Verdict("x", "Title", 0.0, 1.0, (part(grid=("✗ ·", "· ·", "✗ ✗")),)))
    assert "3 of 6 entries are wrong, in the rows 1, 3" in two and "Hint." not in two
    detailed = PartVerdict("f", True, False, Finding("a", "a is wrong."), "X is (2, 3).")
    assert card_text(Verdict("x", "Title", 0.0, 1.0, (detailed,))).endswith("✗ a is wrong. X is (2, 3).")
