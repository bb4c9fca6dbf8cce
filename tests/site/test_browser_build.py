"""The browser edition is put together: JupyterLite, Pyodide, and what the course adds to both."""

import hashlib
import json
import shutil
import zipfile

import pytest

from mlcourse.authoring import Course
from mlcourse.errors import CourseError
from mlcourse.site import browser as edition
from mlcourse.site import pyodide_lock


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course" / "lessons").mkdir(parents=True)
    return Course(tmp_path / "course")


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch):
    """For JupyterLite, the course's wheel and the compiling, which take a minute."""

    def wheel(root, folder):
        folder.mkdir(parents=True)
        with zipfile.ZipFile(folder / "mlcourse-1.0-py3-none-any.whl", "w") as made:
            made.writestr("mlcourse-1.0.dist-info/METADATA", "Name: mlcourse\nVersion: 1.0\n")
        return folder / "mlcourse-1.0-py3-none-any.whl"

    def jupyterlite(work, folder):
        for app in edition.APPS:
            (folder / app).mkdir(parents=True)
            (folder / app / "index.html").write_text("<head></head>")
        shutil.copy(work / "jupyter-lite.json", folder)
        (folder / "service-worker.js").write_text(
            "a?e.waitUntil(refetch(t)):0;e(new Response(JSON.stringify(i.response)))"
        )

    def compile_archives(core, folder, packages):
        for path in (*folder.glob("*.whl"), folder / pyodide_lock.LIBRARY):
            with path.open("a") as archive:
                archive.write("compiled")

    monkeypatch.setattr(edition, "AT_THE_START", ["mlcourse"])
    monkeypatch.setattr(edition, "COURSE", ("numpy",))
    monkeypatch.setattr(edition, "FROM_PYPI", {})
    monkeypatch.setattr(edition, "ready", lambda pyodide: None)
    monkeypatch.setattr(edition, "_kernels_own", list)
    monkeypatch.setattr(edition, "_jupyterlite", jupyterlite)
    monkeypatch.setattr(edition.wheels, "learners_wheel", wheel)
    monkeypatch.setattr(edition.compiling, "compile_archives", compile_archives)


@pytest.mark.parametrize("local", [True, False])
def test_its_parts_are_in_their_places_and_the_list_has_the_sums_of_what_is_there(
    local, release, course, tmp_path, monkeypatch
):
    monkeypatch.setattr(pyodide_lock, "RELEASE", f"{release.as_uri()}/")
    edition.build(course, tmp_path / "out", release if local else None)
    assert (tmp_path / "out" / "storage.js").is_file()
    worker = (tmp_path / "out" / "service-worker.js").read_text()
    assert "status:i.failed" in worker and "static/pyodide/" in worker
    (place,) = (tmp_path / "out" / "static" / "pyodide").iterdir()
    packages = json.loads((place / pyodide_lock.LOCK).read_text())["packages"]
    assert set(packages) == {"mlcourse", "micropip", "numpy"}
    for entry in packages.values():
        data = (place / entry["file_name"]).read_bytes()
        assert data.endswith(b"compiled") and entry["sha256"] == hashlib.sha256(data).hexdigest()
    library = (release / pyodide_lock.LIBRARY).read_text()
    assert (place / pyodide_lock.LIBRARY).read_text() == f"{library}compiled"
    assert (place / pyodide_lock.CORE[0]).is_file() == local
    settings = json.loads((tmp_path / "out" / "jupyter-lite.json").read_text())["jupyter-config-data"]
    kernel = settings["litePluginSettings"][edition.KERNEL]
    own = f"./static/pyodide/{place.name}/"
    assert kernel["pyodideUrl"] == f"{own if local else pyodide_lock.RELEASE}pyodide.mjs"
    assert kernel["loadPyodideOptions"]["lockFileURL"] == f"{own}{pyodide_lock.LOCK}"
    assert kernel["loadPyodideOptions"]["stdLibURL"] == f"{own}{pyodide_lock.LIBRARY}"


@pytest.mark.parametrize("local", [True, False])
def test_a_package_that_is_another_than_the_list_means_is_refused(
    local, release, course, tmp_path, monkeypatch
):
    monkeypatch.setattr(pyodide_lock, "RELEASE", f"{release.as_uri()}/")
    (release / "numpy.whl").write_text("another")
    with pytest.raises(CourseError, match=r"numpy\.whl is not the file that pyodide-lock\.json lists"):
        edition.build(course, tmp_path / "out", release if local else None)
