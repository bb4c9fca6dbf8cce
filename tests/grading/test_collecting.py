"""Archives as Canvas and Moodle make them: whose is what, nothing lost, and nothing that ends the run."""

import io
import json
import tarfile
import zipfile

import pytest
from nbgrader.api import Gradebook

from mlcourse.grading.platform_names import Origin, origin

LESSON = "02-two-layer-network"
FILE = f"{LESSON}.ipynb"

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # of nbgrader's own


def zipped(files):
    """An archive's bytes; of several files of one name, each is in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return content.getvalue()


def tarred(name, data):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        about = tarfile.TarInfo(name)
        about.size = len(data)
        archive.addfile(about, io.BytesIO(data))
    return content.getvalue()


@pytest.mark.parametrize(
    "path, expected",
    [
        (f"all/doejane_LATE_12345_678901_{FILE}", Origin("12345", FILE, "canvas", "doejane", True, 678901)),
        (f"doejane_12345_678901_{FILE}", Origin("12345", FILE, "canvas", "doejane", False, 678901)),
        (
            "de_la_cruz_12345_6_a_1_2_b.ipynb",
            Origin("12345", "a_1_2_b.ipynb", "canvas", "de_la_cruz", False, 6),
        ),
        (f"LATE_anon_a1B2c_7_{FILE}", Origin("anon_a1B2c", FILE, "canvas", "", True, 7)),
        (f"łódźñ_5_6_work/{LESSON}/{FILE}", Origin("5", f"{LESSON}/{FILE}", "canvas", "łódźñ", False, 6)),
        (f"x/Jane Doe_1234567_assignsubmission_file/{FILE}", Origin("1234567", FILE, "moodle", "Jane Doe")),
        (f"Jane Doe_1234567_assignsubmission_file_/{FILE}", Origin("1234567", FILE, "moodle", "Jane Doe")),
        (f"Jane Doe_1234567_assignsubmission_file_{FILE}", Origin("1234567", FILE, "moodle", "Jane Doe")),
        (f"Participant_77_assignsubmission_file/{FILE}", Origin("77", FILE, "moodle", "Participant")),
        (f"all/bo_2_{FILE}", Origin("bo_2", FILE)),
        (f"all/ada.king/{FILE}", Origin("ada.king", FILE)),
        (f"submitted/ada/{LESSON}/a/{FILE}", Origin("ada", f"a/{FILE}")),
        (FILE, None),
    ],
)
def test_a_name_says_whose_a_file_is(path, expected):
    assert origin(path, LESSON) == expected


CANVAS = [
    (f"doejane_LATE_12345_678901_{FILE}", b"jane"),
    (f"doejohn_12346_678902_{LESSON}-1.ipynb", b"john, again"),
    (f"twice_12347_678903_{FILE}", b"first"),
    (f"twice_12347_678999_{FILE}", b"second"),
    (
        "folder_12348_678905_work.zip",
        zipped([(f"{LESSON}/{FILE}", b"in a folder"), (f"{LESSON}/own.py", b"#")]),
    ),
    (f"tar_12349_678906_{LESSON}.tar.gz", tarred(f"{LESSON}/{FILE}", b"in a tar")),
    ("broken_12350_678907_work.zip", b"PK no archive"),
    (f"broken_12350_678908_{FILE}", b"beside a broken archive"),
    ("forger_12351_678909_timestamp.txt", b"2000-01-01 00:00:00 UTC"),
    (f"forger_12351_678910_{FILE}", b"dated by themselves"),
    ("both_12352_678911_x.zip", zipped([(f"{FILE}/{FILE}", b"deep"), ("a/own.py", b"#")])),
    (f"both_12352_678912_{FILE}", b"flat"),
    (
        "mac_12353_678913_x.zip",
        zipped([(f"__MACOSX/._{FILE}", b"x"), (f".ipynb_checkpoints/{FILE}", b"x"), (FILE, b"mac")]),
    ),
]
MOODLE = [
    (f"Jane Doe_1234567_assignsubmission_file/{FILE}", b"jane"),
    (f"Jane Doe_1234568_assignsubmission_file/{LESSON}/{FILE}", b"another Jane"),
    ("Jane Doe_1234568_assignsubmission_onlinetext/onlinetext.html", b"<p>"),
    (f"Łódź-Ñandú 李_1234569_assignsubmission_file/{FILE}", b"unicode"),
    ("Up Loader_1234570_assignsubmission_file/folder.zip", zipped([(f"my/{LESSON}/{FILE}", b"zipped")])),
]


EMBEDDED = 5_000
OTHERS = [
    (f"ada.king/{FILE}", b"by folder"),
    (f"bo_2_{FILE}", b"by name"),
    ("readme.txt", b"nobody's"),
    ("bomb_12360_1_x.zip", zipped([(FILE, b"0" * 2 * EMBEDDED)])),
    (f"large_12361_2_{FILE}", b"1" * 2 * EMBEDDED),
]


@pytest.fixture(scope="module")
def collected(make_course, nbgrader, right, tmp_path_factory):
    """What one run of the command left in ``submitted``, by student, and the course."""
    classroom = make_course(tmp_path_factory.mktemp("collect") / "course", {})
    archive = classroom.root / "downloaded" / LESSON / "archive"
    archive.mkdir(parents=True)
    (archive / "no-archive.zip").write_bytes(b"PK")
    for name, files in (("canvas", CANVAS), ("moodle", MOODLE), ("others", OTHERS)):
        done = [(inside, right if data == b"jane" else data) for inside, data in files]
        (archive / f"{name}.zip").write_bytes(zipped(done))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mlcourse.grading.collecting._MOST_BYTES", EMBEDDED)
        assert nbgrader(classroom.root, "zip_collect", LESSON) == 0
    found = {}
    for path in sorted(classroom.root.glob(f"submitted/*/{LESSON}/**/*")):
        if path.is_file():
            student, _, *inside = path.relative_to(classroom.root / "submitted").parts
            found.setdefault(student, {})["/".join(inside)] = path.read_bytes()
    return found, classroom


@pytest.fixture(scope="module")
def students(collected):
    """What the gradebook knows of the students."""
    with Gradebook(collected[1].directory.db_url, "backpropagation") as book:
        return {found.id: (found.first_name, found.last_name, found.lms_user_id) for found in book.students}


def test_students_of_canvas_have_its_ids_and_all_their_files(collected, right):
    expected = {
        "12345": {FILE: right},
        "12346": {FILE: b"john, again"},
        "12347": {FILE: b"second", f"{LESSON} (handed in 2).ipynb": b"first"},
        "12348": {FILE: b"in a folder", "own.py": b"#"},
        "12349": {FILE: b"in a tar"},
        "12350": {FILE: b"beside a broken archive"},
        "12352": {FILE: b"flat", f"{FILE}-{LESSON} (handed in 2).ipynb": b"deep", "a/own.py": b"#"},
        "12353": {FILE: b"mac"},
    }
    assert {student: collected[0].get(student) for student in expected} == expected


def test_students_of_moodle_have_its_ids_also_where_they_uploaded_a_folder(collected, right):
    expected = {
        "1234567": {FILE: right},
        "1234568": {FILE: b"another Jane"},
        "1234569": {FILE: b"unicode"},
        "1234570": {FILE: b"zipped"},
    }
    assert {student: collected[0].get(student) for student in expected} == expected


def test_without_a_platform_folders_and_names_say_whose_a_file_is(collected):
    assert collected[0]["ada.king"] == {FILE: b"by folder"}
    assert collected[0]["bo_2"] == {FILE: b"by name"}


def test_nobody_dates_their_own_work(collected):
    assert collected[0]["12351"] == {FILE: b"dated by themselves"}


def test_what_is_a_bomb_or_nobodys_is_left_out_and_all_else_is_there(collected):
    assert collected[0]["12361"] == {FILE: b"1" * 2 * EMBEDDED}, "a platform's own archive has no limit"
    assert set(collected[0]) == {
        *(str(12345 + number) for number in range(9)),
        *(str(1234567 + number) for number in range(4)),
        *("12361", "ada.king", "bo_2"),
    }


def test_names_and_ids_are_in_the_gradebook_and_lateness_is_kept(collected, students):
    assert students["12345"] == ("", "doejane", "12345")
    assert students["1234568"] == ("Jane", "Doe", "1234568")
    assert students["1234569"] == ("Łódź-Ñandú", "李", "1234569")
    assert "bo_2" not in students
    about = json.loads((collected[1].private / "collected" / f"{LESSON}.json").read_text())
    assert [student for student, said in about.items() if said["late"]] == ["12345"]


@pytest.mark.sandbox
def test_grades_find_their_way_back_into_every_row_of_the_platforms_own_files(
    collected, grade_class, nbgrader, tmp_path
):
    classroom = collected[1]
    grade_class(classroom)
    canvas = [str(12345 + number) for number in range(9)]
    moodle = [str(1234567 + number) for number in range(4)]
    head = f"Student,ID,SIS User ID,SIS Login ID,Section,{LESSON} (77)"
    rows = [f'"Doe, {number}",{number},s{number},l{number},A,' for number in canvas]
    (tmp_path / "canvas.csv").write_text("\n".join([head, "    Points Possible,,,,,5", *rows]) + "\n")
    head = "Identifier,Full name,Email address,Status,Grade,Maximum grade"
    rows = [f"Participant {number},Jane Doe,,Submitted,,5.00" for number in moodle]
    (tmp_path / "moodle.csv").write_text("\n".join([head, *rows]) + "\n")
    for platform, column, expected in (
        ("Canvas", 5, {"12345": "5.0"} | dict.fromkeys(canvas[1:], "0.0")),
        ("Moodle", 4, {"1234567": "5.0"} | dict.fromkeys(moodle[1:], "0.0")),
    ):
        own, target = tmp_path / f"{platform.lower()}.csv", tmp_path / f"{platform}-filled.csv"
        name, into = f"--exporter=mlcourse.grading.exporters.{platform}", f"--{platform}.into={own}"
        options = (name, into, f"--assignment={LESSON}", "--to", str(target))
        assert nbgrader(classroom.root, "export", *options) == 0
        lines = [
            line.split(",") for line in target.read_text().replace('"Doe, ', "").replace('"', "").splitlines()
        ]
        filled = {line[0].removeprefix("Participant "): line[column] for line in lines[1:]}
        assert {
            student: points for student, points in filled.items() if student.strip().isdigit()
        } == expected
