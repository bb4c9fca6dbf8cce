"""``mlcourse grade --watch``: what arrives is graded once it is whole, and its feedback published."""

import os
import shutil

import pytest
from distributed import Client
from nbgrader.api import Gradebook

from mlcourse.errors import CourseError
from mlcourse.grading.class_run import ClassRun
from mlcourse.grading.watch import Watch

LESSON = "02-two-layer-network"

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # of nbgrader's own
]


def hand_in(course, student, content):
    folder = course.root / "submitted" / student / LESSON
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{LESSON}.ipynb").write_bytes(content)


@pytest.fixture
def watched(make_course, tmp_path, monkeypatch):
    """A course, a watch over it that only notes what it would grade, the notes, and what was said."""
    course, notes, said = make_course(tmp_path / "course", {}), [], []
    watch = Watch(course, LESSON, lambda students: notes.append(sorted(students)), said.append)
    monkeypatch.setattr(watch, "_publish", lambda student: True)
    return course, watch, notes, said


def test_what_is_still_arriving_is_left_alone_until_it_is_whole(watched):
    course, watch, notes, _ = watched
    assert watch.step() == []
    for part in (b"{", b'{"cells"', b'{"cells": []}'):
        hand_in(course, "ada", part)
        assert watch.step() == []
    assert notes == []
    assert watch.step() == ["ada"]
    assert watch.step() == []
    assert notes == [["ada"]]


def test_what_is_handed_in_again_is_graded_again_also_with_an_old_date(watched):
    course, watch, notes, _ = watched
    hand_in(course, "ada", b"1")
    watch.step(), watch.step()
    hand_in(course, "ada", b"2")
    os.utime(course.root / "submitted" / "ada" / LESSON / f"{LESSON}.ipynb", (0, 0))
    watch.step(), watch.step()
    assert notes == [["ada"], ["ada"]]


def test_of_a_whole_class_some_get_their_feedback_before_the_last_is_graded(watched):
    course, watch, notes, _ = watched
    for number in range(20):
        hand_in(course, f"learner-{number:02}", b"{}")
    published = [watch.step() for _ in range(4)]
    assert [len(each) for each in published] == [0, 8, 8, 4]
    assert [student for each in notes for student in each] == [
        f"learner-{number:02}" for number in range(20)
    ], "the first come first"


def test_what_cannot_be_graded_now_is_said_once_and_tried_again(watched, monkeypatch):
    course, watch, notes, said = watched

    def locked(students):
        raise CourseError("the gradebook is locked")

    hand_in(course, "ada", b"{}")
    with monkeypatch.context() as patch:
        patch.setattr(watch, "_grade", locked)
        assert [watch.step() for _ in range(4)] == [[]] * 4
    assert said == ["the gradebook is locked"]
    assert watch.step() == ["ada"]
    assert notes == [["ada"]]


def test_feedback_that_could_not_be_published_is_tried_again(watched, monkeypatch):
    course, watch, notes, _ = watched
    hand_in(course, "ada", b"{}")
    monkeypatch.setattr(watch, "_publish", lambda student: False)
    assert [watch.step(), watch.step()] == [[], []]
    monkeypatch.setattr(watch, "_publish", lambda student: True)
    assert ["ada"] in [watch.step() for _ in range(60)]
    assert notes == [["ada"]], "it is graded once"


class Exchange:
    """Stands for nbgrader's: feedback pages appear, and are sent on unless the watch is killed just then."""

    def __init__(self, watch):
        self.feedback, self.sent, self.killed = watch._feedback, [], False

    def collect(self, assignment, update):
        return {"success": True}

    def generate_feedback(self, assignment, student, force):
        self.feedback(student).mkdir(parents=True, exist_ok=True)
        (self.feedback(student) / f"{LESSON}.html").write_text("x")
        return {"success": True}

    def release_feedback(self, assignment, student):
        if self.killed:
            raise KeyboardInterrupt
        self.sent.append(student)
        return {"success": True}


def test_a_watch_killed_before_feedback_was_in_the_exchange_sends_it_when_it_is_started_again(
    make_course, tmp_path
):
    course = make_course(tmp_path / "course", {})
    course.config.Exchange.root = str(tmp_path)
    (tmp_path / course.directory.course_id / "inbound").mkdir(parents=True)
    hand_in(course, "ada", b"{}")
    sent = []
    for killed in (True, False, False):
        watch = Watch(course, LESSON, lambda students: None, print)
        watch._api = Exchange(watch)
        watch._api.killed = killed
        try:
            sent.append([watch.step(), watch.step()])
        except KeyboardInterrupt:
            sent.append("killed")
    assert sent == ["killed", [[], ["ada"]], [[], []]]


@pytest.fixture(scope="module")
def live(make_course, right, cluster, tmp_path_factory):
    """A course in which a watch has graded a right submission and a broken one; a maker of such watches."""
    course = make_course(tmp_path_factory.mktemp("watch") / "course", {"right": right, "[odd*": b"{"})
    said = []
    with Client(cluster) as client:

        def grade(students):
            ClassRun(course, LESSON, scheduler=cluster, students=students, client=client).grade()

        def start():
            return Watch(course, LESSON, grade, said.append)

        watch = start()
        published = [name for _ in range(2) for name in watch.step()]
        yield course, start, published, said


def test_feedback_is_published_for_everybody_and_the_gradebook_has_the_points(live):
    course, _, published, said = live
    assert (sorted(published), said) == (["[odd*", "right"], [])
    for student in published:
        page = course.root / "feedback" / student / LESSON / f"{LESSON}.html"
        assert "Score: " in page.read_text(encoding="utf-8")
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "backpropagation") as book:
        found = {each.student.id: each.score for each in book.find_assignment(LESSON).submissions}
    assert found == {"right": 5, "[odd*": 0}


def test_a_watch_that_was_killed_goes_on_where_it_was(live):
    course, start, _, _ = live
    shutil.rmtree(course.root / "feedback" / "right")
    again = start()
    assert [again.step(), again.step()] == [[], ["right"]], "who has feedback is not graded again"


def test_one_student_is_graded_again_and_nobody_else(live, cluster):
    course = live[0]
    results = ClassRun(course, LESSON, scheduler=cluster, students=["[odd*"], again=True).grade()
    assert list(results) == ["[odd*"]
    with pytest.raises(CourseError, match="'rihgt' handed nothing in for 02-two-layer-network; right"):
        ClassRun(course, LESSON, scheduler=cluster, students=["rihgt"]).grade()


def test_one_exercise_is_graded_again_and_the_others_points_stay(live, cluster):
    course = live[0]
    url = f"sqlite:///{course.root}/gradebook.db"
    with Gradebook(url, "backpropagation") as book:
        for name in ("sigmoid", "backward-propagation"):
            book.find_grade(name, LESSON, LESSON, "right").auto_score = 0.25
        book.db.commit()
    ClassRun(course, LESSON, scheduler=cluster, students=["right"], exercise="sigmoid", again=True).grade()
    with Gradebook(url, "backpropagation") as book:
        points = [
            book.find_grade(name, LESSON, LESSON, "right").auto_score
            for name in ("sigmoid", "backward-propagation")
        ]
    assert points == [1, 0.25]
    with pytest.raises(CourseError, match="has no exercise 'sigmiod'; it has sigmoid, backward-propagation"):
        ClassRun(course, LESSON, scheduler=cluster, exercise="sigmiod").grade()
