"""The list of Pyodide's packages: what a wheel's entry says, what is needed with it, and what is refused."""

import hashlib
import json
import zipfile

import pytest

from mlcourse.errors import CourseError
from mlcourse.site import pyodide_lock
from mlcourse.site.pyodide_lock import Pure, closure, local_release, read_lock, verified


@pytest.fixture
def wheel(tmp_path):
    path = tmp_path / "Some_Thing-1.2-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("some_thing/__init__.py", "")
        archive.writestr("alone.py", "")
        archive.writestr("Some_Thing-1.2.dist-info/METADATA", "Name: Some_Thing\nVersion: 1.2\n")
    return path


def test_a_wheels_entry_names_its_modules_its_sum_and_only_what_is_asked_for(wheel):
    name, entry = Pure(wheel, ("numpy",)).entry()
    assert name == entry["name"] == "some-thing" and entry["version"] == "1.2"
    assert entry["imports"] == ["alone", "some_thing"] and entry["depends"] == ["numpy"]
    assert entry["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert entry["file_name"] == wheel.name


def test_what_a_package_needs_is_found_however_its_name_is_written():
    packages = {"a": {"depends": ["B_c"]}, "b-c": {"depends": ["a"]}, "d": {"depends": []}}
    assert closure(packages, ["a"]) == ["a", "b-c"]


def test_a_release_is_read(release):
    assert local_release(release)["packages"]["numpy"]["file_name"] == "numpy.whl"


def test_the_published_release_is_fetched_whole_or_the_file_is_named(release, tmp_path, monkeypatch):
    monkeypatch.setattr(pyodide_lock, "RELEASE", f"{release.as_uri()}/")
    (release / "numpy.whl").unlink()
    fetched = pyodide_lock.fetch_release(tmp_path / "fetched")
    assert local_release(fetched) == local_release(release)
    with pytest.raises(
        CourseError, match=r"cannot load file:\S+/numpy\.whl .*; give a folder with --pyodide"
    ):
        pyodide_lock.fetch("numpy.whl", fetched)


@pytest.mark.parametrize("missing", [*pyodide_lock.CORE, "pyodide-lock.json"])
def test_a_missing_file_is_named(release, missing):
    (release / missing).unlink()
    with pytest.raises(
        CourseError, match=rf"release has no {missing}; unpack a release of Pyodide 314\.0\.4"
    ):
        local_release(release)


@pytest.mark.parametrize("text", ["", "[]", '{"packages": {}}', "not json", b"\xff\xfe", "[" * 100_000])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(CourseError, match="somewhere is no list of Pyodide's packages"):
        read_lock(text, "somewhere")


def test_another_version_is_named():
    text = json.dumps({"info": {"abi_version": "2025_0"}, "packages": {"numpy": {"file_name": "n.whl"}}})
    with pytest.raises(
        CourseError, match=r"another Pyodide \(ABI 2025_0\); the course needs Pyodide 314\.0\.4"
    ):
        read_lock(text, "somewhere")


@pytest.mark.parametrize(
    ("script", "said"), [('var Y="314.0.3"', "is of Pyodide 314.0.3"), ("", "names no version of Pyodide")]
)
def test_another_version_with_the_same_interface_is_named(release, script, said):
    (release / "pyodide.mjs").write_text(script)
    with pytest.raises(CourseError, match=rf"pyodide\.mjs {said}; the course needs Pyodide 314\.0\.4"):
        local_release(release)


def test_a_package_that_was_cut_off_is_refused(wheel):
    _, entry = Pure(wheel, ()).entry()
    assert verified(wheel, entry) == wheel
    wheel.write_bytes(wheel.read_bytes()[:-1])
    with pytest.raises(
        CourseError, match=r"whl is not the file that pyodide-lock\.json lists; unpack a release"
    ):
        verified(wheel, entry)
