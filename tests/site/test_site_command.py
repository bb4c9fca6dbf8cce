"""``mlcourse site``: what it refuses in one line, and that nothing is left half-written."""

import pytest
from click.testing import CliRunner

from mlcourse.cli import main
from mlcourse.errors import CourseError
from mlcourse.site.pyodide_lock import CORE, LOCK


@pytest.fixture
def building(monkeypatch):
    """Stand in for the build; ``building(fails)`` says how it goes."""

    def go(fails=None):
        def pages(course, folder, browser, binder):
            folder.mkdir()
            (folder / "index.html").write_text(f"{browser} {binder}")

        def build(course, folder, pyodide):
            (folder / "lab").mkdir(parents=True)
            if fails:
                raise fails

        monkeypatch.setattr("mlcourse.site.browser.find_spec", lambda name: name)
        monkeypatch.setattr("mlcourse.site.compiling.find_spec", lambda name: name)
        monkeypatch.setattr("mlcourse.site.reading.build", pages)
        monkeypatch.setattr("mlcourse.site.browser.build", build)

    return go


def run(*arguments):
    return CliRunner().invoke(main, ["site", *map(str, arguments)])


@pytest.mark.parametrize("there", [True, False])
def test_it_is_whole_in_a_folder_that_is_new_or_empty(there, building, tmp_path):
    building()
    if there:
        (tmp_path / "out").mkdir()
    result = run(tmp_path / "out", "--binder", "https://binder.example/v2/gh/A/B/HEAD/")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "browser" / "lab").is_dir()
    assert (tmp_path / "out" / "index.html").read_text() == (
        "browser/notebooks/index.html?path=lessons/ https://binder.example/v2/gh/A/B/HEAD?urlpath=lab/tree/lessons/"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_files_is_refused_and_left(building, tmp_path):
    building()
    (tmp_path / "thesis.md").write_text("mine")
    result = run(tmp_path)
    assert result.exit_code == 1 and "is there and not empty; name a new folder" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.md"]


def test_a_build_that_fails_leaves_nothing(building, tmp_path):
    building(CourseError("no wheel"))
    result = run(tmp_path / "out")
    assert result.exit_code == 1 and result.output == "Error: no wheel\n"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_line_and_leaves_nothing(building, tmp_path):
    building()
    (tmp_path / "file").write_text("mine")
    result = run(tmp_path / "file" / "out")
    assert result.exit_code == 1 and result.output.count("\n") == 1
    assert result.output.startswith(f"Error: cannot write {tmp_path / 'file'}")
    building(OSError(28, "No space left on device", "wheel"))
    result = run(tmp_path / "out")
    assert result.output.startswith("Error: the site could not be built: wheel: No space left on device;")
    building(OSError(24, "Too many open files"))
    result = run(tmp_path / "out")
    assert result.output == (
        "Error: the site could not be built: Too many open files; mend that, and run it again\n"
    )
    assert result.exit_code == 1 and [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "has no pyodide-lock.json; unpack a release of Pyodide"),
        (
            '{"info": {"abi_version": "2025_0"}, "packages": {"numpy": {}}}',
            "is of another Pyodide (ABI 2025_0)",
        ),
    ],
)
def test_a_pyodide_that_does_not_fit_is_said_before_anything_is_built(
    content, said, building, tmp_path, monkeypatch
):
    building()
    monkeypatch.setattr("mlcourse.site.reading.build", lambda *_: pytest.fail("minutes went by"))
    pyodide = tmp_path / "pyodide"
    pyodide.mkdir()
    for name in CORE:
        (pyodide / name).write_text("314.0.4")
    if content:
        (pyodide / LOCK).write_text(content)
    result = run(tmp_path / "out", "--pyodide", pyodide)
    assert result.exit_code == 1 and said in result.output and result.output.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["pyodide"]
