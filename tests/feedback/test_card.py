"""The card: for the eye in any theme, for a screen reader, and never a way in for the learner's text."""

import re
from html.parser import HTMLParser

import pytest

from mlcourse.exercises import Finding
from mlcourse.feedback import PartVerdict, Verdict, card_html, card_text

EVIL = "<script>alert(1)</script> & `<img src=x onerror=alert(1)>` \"'"
RIGHT = PartVerdict("forward", attempted=True, passed=True)
OPEN = PartVerdict("backward", attempted=False, passed=False)
WRONG = PartVerdict("step", True, False, Finding("dW1", "dW1 is a sum: `divide by m`."), right=("dW2", "db2"))
EVIL_PART = PartVerdict(EVIL, True, False, Finding(EVIL, EVIL), EVIL, (EVIL,))

VERDICTS = {
    "right": Verdict("x", "Title", 4.0, 4.0, (RIGHT,)),
    "wrong": Verdict("x", "Title", 0.0, 4.0, (WRONG,)),
    "open": Verdict("x", "Title", 0.0, 4.0, (OPEN,)),
    "mixed": Verdict("x", "Title", 4 / 3, 4.0, (RIGHT, WRONG, OPEN)),
    "called wrongly": Verdict("x", "Title", 0.0, 4.0, message="It takes 2 functions."),
    "not possible": Verdict("x", "Title", 0.0, 4.0, message="No package x here.", possible=False),
    "evil": Verdict(EVIL, EVIL, 0.0, 4.0, (EVIL_PART, EVIL_PART)),
}


class Reader(HTMLParser):
    """What a screen reader would say, and the tags in use; unbalanced tags are an error."""

    def __init__(self, html):
        super().__init__()
        self.said, self.tags, self.open, self.hidden = [], [], [], 0
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.open.append((tag, dict(attributes).get("aria-hidden") == "true"))
        self.tags.append((tag, dict(attributes)))
        self.hidden += self.open[-1][1]

    def handle_endtag(self, tag):
        opened, hidden = self.open.pop()
        assert opened == tag
        self.hidden -= hidden

    def handle_data(self, data):
        if not self.hidden:
            self.said.append(data)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("right", "Title: all right 4 of 4 points"),
        (
            "wrong",
            "Title: not right yet 0 of 4 points dW1 is a sum: divide by m . Right before it: dW2 , db2 .",
        ),
        ("open", "Title: not attempted yet 0 of 4 points"),
        (
            "mixed",
            "Title: partly right 1.33 of 4 points forward : right step : dW1 is a sum: divide by m . "
            "Right before it: dW2 , db2 . backward : not attempted yet",
        ),
        ("called wrongly", "Title: not checked 0 of 4 points It takes 2 functions."),
        ("not possible", "Title: not checked 0 of 4 points No package x here."),
    ],
)
def test_everything_is_said_in_words_without_symbols_and_colours(name, words):
    reader = Reader(card_html(VERDICTS[name]))
    assert " ".join(" ".join(reader.said).split()) == words


@pytest.mark.parametrize(("name", "symbol"), [("called wrongly", "✗"), ("not possible", "○")])
def test_what_the_learner_cannot_help_is_no_mistake(name, symbol):
    assert symbol in card_html(VERDICTS[name])
    assert card_text(VERDICTS[name]).splitlines()[1].strip().startswith(symbol)


@pytest.mark.parametrize("name", VERDICTS)
def test_the_card_is_a_labelled_region(name):
    tag, attributes = Reader(card_html(VERDICTS[name])).tags[0]
    assert (tag, attributes["role"]) == ("div", "region")
    assert "of 4 points" in attributes["aria-label"]


@pytest.mark.parametrize("name", VERDICTS)
def test_colours_come_from_the_theme_with_a_fallback(name):
    colours = re.findall(r"(?:color|background): ([^;'\"]+)", card_html(VERDICTS[name]))
    assert colours
    assert all(re.fullmatch(r"var\(--jp-[\w-]+, #[0-9a-f]{6}\)", colour) for colour in colours)


def test_the_learners_text_is_escaped():
    reader = Reader(card_html(VERDICTS["evil"], attempt=9))
    assert {tag for tag, _ in reader.tags} <= {"div", "span", "strong", "p", "code"}
    assert all(
        set(attributes) <= {"role", "aria-label", "aria-hidden", "style"} for _, attributes in reader.tags
    )
    assert "<script>alert(1)</script>" in "".join(reader.said)


def test_nothing_is_said_to_be_right_before_where_nothing_is():
    first = PartVerdict("step", True, False, Finding("dW1", "dW1 is a sum."))
    assert "Right before it" not in card_html(Verdict("x", "Title", 0.0, 4.0, (first,)))
    assert "Right before it" not in card_html(Verdict("x", "Title", 4.0, 4.0, (RIGHT, RIGHT)))


def test_plain_text_is_short_and_says_the_same():
    assert card_text(VERDICTS["mixed"]).splitlines() == [
        "Title: 1.33 of 4 points",
        "  ✓ forward: right",
        "  ✗ step: dW1 is a sum: `divide by m`.",
        "  ○ backward: not attempted yet",
    ]
