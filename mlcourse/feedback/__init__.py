"""Feedback: call the learner's function, compare, name the mistake, show a card.

The way of an answer: `run` calls the function, `plain` takes the result apart, `observe` compares it with
the reference's, `diagnose` looks for the one known mistake that explains it, `evaluation` makes the verdict,
`card` shows it. `check` does all of it in a notebook; a judge may take the answers from elsewhere and
`evaluate` them.
"""

from mlcourse.feedback.answers import Answer, Failure, answer_from_plain, answer_to_plain
from mlcourse.feedback.card import card_html, card_text
from mlcourse.feedback.checking import check
from mlcourse.feedback.earlier_work import earlier_work
from mlcourse.feedback.evaluation import PartVerdict, Verdict, cases, evaluate, verdict
from mlcourse.feedback.progress_card import progress
from mlcourse.feedback.questions import ask
from mlcourse.feedback.show import Score

__all__ = [
    "Answer",
    "Failure",
    "PartVerdict",
    "Score",
    "Verdict",
    "answer_from_plain",
    "answer_to_plain",
    "ask",
    "card_html",
    "card_text",
    "cases",
    "check",
    "earlier_work",
    "evaluate",
    "progress",
    "verdict",
]
