"""A class on a real JupyterHub: what is handed in comes back graded, and who may see what."""

import html
import re
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from hub_account import Account

from mlcourse import exercises
from mlcourse.authoring import Course

pytestmark = [pytest.mark.hub, pytest.mark.sandbox]

LESSON = "02-two-layer-network"
NOTEBOOK = f"{LESSON}/{LESSON}.ipynb"
CLASS = {"course_id": "backpropagation", "assignment_id": LESSON}
(SOURCE,) = [lesson for lesson in Course.find().lessons() if lesson.name == LESSON]
POSSIBLE = sum(exercise.points for exercise in exercises.of_lesson(LESSON))
COURSE, EXCHANGE = "/home/instructor/backpropagation", "/srv/mlcourse/exchange/backpropagation"
BORROWED = f"""
import os
place = "{EXCHANGE}/inbound/ada+{LESSON}+2099-01-01 00:00:00.000000 UTC+x"
os.mkdir(place, 0o777)
os.symlink("{COURSE}/solutions/{NOTEBOOK}", f"{{place}}/{LESSON}.ipynb")
open(f"{{place}}/timestamp.txt", "w").write("2099-01-01 00:00:00.000000 UTC")
os.chmod(place, 0o777)
"""
"""In ada's name, a day before the end of time, and a link to what the instructor alone can read."""


def solved(notebook, **instead):
    """A learner's notebook with the course's solutions, or other sources by the exercise's id."""
    cells = nbformat.read(SOURCE.instructor, as_version=4).cells
    right = {cell.metadata.nbgrader.grade_id: cell.source for cell in cells if "nbgrader" in cell.metadata}
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("solution"):
            exercise = about["grade_id"].removesuffix("-solution")
            cell["source"] = instead.get(exercise, right[about["grade_id"]])
    return notebook


def assignments(account, status):
    """What the account's list of assignments shows."""
    shown = account.ask("GET", "assignments", params={"course_id": CLASS["course_id"]}).json()
    assert shown["success"], shown["value"]
    return [each for each in shown["value"] if each["status"] == status]


def handed_in(account):
    """Hand in; return seconds until the list of assignments has the feedback, and its text."""
    before = sum(len(each["submissions"]) for each in assignments(account, "submitted"))
    began = time.monotonic()
    answer = account.ask("POST", "assignments/submit", json=CLASS).json()
    assert answer["success"], answer["value"]
    while True:
        (submitted,) = assignments(account, "submitted")
        if (
            len(submitted["submissions"]) == before + 1
            and submitted["submissions"][-1]["has_exchange_feedback"]
        ):
            seconds = time.monotonic() - began
            break
        assert time.monotonic() < began + 60, f"no feedback for {account.name}"
        time.sleep(0.1)
    account.ask("POST", "assignments/fetch_feedback", json=CLASS).raise_for_status()
    (submitted,) = assignments(account, "submitted")
    return seconds, account.read(f"{submitted['submissions'][-1]['local_feedback_path']}/{LESSON}.html")


@pytest.fixture(scope="module")
def accounts(hub):
    """Everybody by name, with a server of their own; the lesson is released and fetched."""
    with ThreadPoolExecutor() as pool:
        names = ("instructor", "ada", "ben", "eve")
        everybody = dict(zip(names, pool.map(lambda name: Account(hub, name).start(), names), strict=True))
    released = everybody["instructor"].ask("POST", f"formgrader/api/assignment/{LESSON}/release").json()
    assert released["success"], released
    for name in names[1:]:
        student = everybody[name]
        assert [each["assignment_id"] for each in assignments(student, "released")] == [LESSON]
        student.ask("POST", "assignments/fetch", json=CLASS).raise_for_status()
    return everybody


@pytest.fixture(scope="module")
def graded(accounts):
    """Seconds from handing in to feedback, and its pages, by name and try; then everybody's points."""
    ada, ben, eve = (accounts[name] for name in ("ada", "ben", "eve"))
    ada.write(NOTEBOOK, solved(ada.read(NOTEBOOK)))
    wrong = "def sigmoid(Z):\n    return 1 / (1 + np.exp(Z))"
    ben.write(NOTEBOOK, solved(ben.read(NOTEBOOK), sigmoid=wrong))
    found = {"ada, right": handed_in(ada), "ben, a known mistake": handed_in(ben)}
    ben.write(NOTEBOOK, solved(ben.read(NOTEBOOK)))
    found["ben, again"] = handed_in(ben)
    found["eve, nothing done"] = handed_in(eve)
    assert eve.run(BORROWED) == ""
    end = time.monotonic() + 60
    while True:
        rows = accounts["instructor"].ask("GET", f"formgrader/api/submissions/{LESSON}").json()
        if any((row["timestamp"] or "").startswith("2099") and row["autograded"] for row in rows):
            return found, {row["student"]: row["score"] for row in rows}
        assert time.monotonic() < end, "what eve put there in ada's name is not collected"
        time.sleep(0.2)


def test_feedback_is_back_in_seconds_and_names_the_mistake(graded, capsys):
    found, _ = graded
    with capsys.disabled():
        print("\n\nhanded in, feedback in the list of assignments after")
        for who, (seconds, _) in found.items():
            print(f"  {who:24} {seconds:5.1f} s")
    pages = {who: html.unescape(re.sub("<[^>]+>", "", page)) for who, (_, page) in found.items()}
    mistake = next(each for each in exercises.get("sigmoid").parts[0].mistakes if each.name == "sign")
    assert [who for who, page in pages.items() if mistake.sentence in page] == ["ben, a known mistake"]
    assert "not attempted yet" in pages["eve, nothing done"]


def test_a_second_try_counts_and_nobody_hands_in_for_another(graded):
    _, points = graded
    assert points == {"ada": POSSIBLE, "ben": POSSIBLE, "eve": 0}


# What it is, where it is, and who may read it.
FILES = (
    ("ada's notebook", f"/home/ada/{NOTEBOOK}", "ada"),
    ("sockets of ada's kernel", "/home/ada/.run", "ada"),
    ("what was handed in", f"{EXCHANGE}/inbound", "instructor"),
    ("everybody's feedback", f"{EXCHANGE}/feedback", "instructor"),
    ("the released lesson", f"{EXCHANGE}/outbound/{NOTEBOOK}", "ada eve instructor"),
    ("the solutions", f"{COURSE}/solutions/{NOTEBOOK}", "instructor"),
    ("the gradebook", f"{COURSE}/gradebook.db", "instructor"),
    ("the grading's journal", f"{COURSE}/.mlcourse/journal", "instructor"),
    ("the secret of the inputs", f"{COURSE}/.mlcourse/secret", "instructor"),
    ("the hub's database", "/srv/mlcourse/hub/jupyterhub.sqlite", ""),
)
SERVERS = (
    ("ada's server", "ada", f"api/contents/{NOTEBOOK}", "ada"),
    ("formgrader", "instructor", "formgrader/api/assignments", "instructor"),
)
LOOK = """
import os
try:
    os.listdir({0!r}) if os.path.isdir({0!r}) else open({0!r}, "rb").read(1)
    print("reads it")
except PermissionError:
    print("refused")
"""


def test_who_may_see_what(accounts, graded, capsys):
    names = ("ada", "eve", "instructor")
    words = {200: "reads it", 403: "refused"}
    seen = {what: [accounts[name].run(LOOK.format(path)) for name in names] for what, path, _ in FILES}
    for what, of, path, _ in SERVERS:
        seen[what] = [words[accounts[name].ask("GET", path, of=of).status_code] for name in names]
    with capsys.disabled():
        print("\n")
        for what, row in {"": names, **seen}.items():
            print(f"  {what:26}" + "".join(f"{each:12}" for each in row))
    for what, *_, allowed in (*FILES, *SERVERS):
        expected = [words[200] if name in allowed.split() else words[403] for name in names]
        assert seen[what] == expected, what


def test_nobody_can_change_what_stands_in_the_exchange(accounts, graded):
    of_ben = accounts["instructor"].run(
        f"import glob; print(*glob.glob('{EXCHANGE}/inbound/ben+*'), sep='\\n')"
    )
    assert len(of_ben.splitlines()) == 2
    for place in (EXCHANGE, f"{EXCHANGE}/outbound/{LESSON}", *of_ben.splitlines()):
        renamed = accounts["eve"].run(f"import os; os.rename({place!r}, {place + '-away'!r})")
        assert renamed.startswith("PermissionError"), place


def test_what_a_kernel_says_goes_through_no_port(accounts):
    told = accounts["ada"].run(
        "from ipykernel.connect import get_connection_info as g; print(g(unpack=True))"
    )
    assert "'transport': 'ipc'" in told and "'/home/ada/.run/" in told, told
