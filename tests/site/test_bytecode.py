"""Bytecode in the site's archives: Python takes it and does not compile, and the rest is as it was."""

import importlib
import sys
import zipfile

import pytest

from mlcourse.site.bytecode import add_bytecode

SOURCE = "def where():\n    '''Said where.'''\n    return 'compiled before'\n"


@pytest.fixture
def archive(tmp_path):
    """Return ``archive(name)``: one with a module that is imported, and one that is not."""

    def make(name):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("asked_for/__init__.py", SOURCE)
            made.writestr("never/__init__.py", "1")
            made.writestr("asked_for-1.0.dist-info/METADATA", "Name: asked-for")
        return path

    return make


@pytest.fixture
def imported(monkeypatch):
    """Return ``imported(folder)``: the module, from a place where Python looks."""

    def load(place):
        monkeypatch.syspath_prepend(str(place))
        monkeypatch.delitem(sys.modules, "asked_for", raising=False)
        importlib.invalidate_caches()
        return importlib.import_module("asked_for")

    yield load
    sys.modules.pop("asked_for", None)


def names(archive):
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()


def test_what_is_imported_from_a_wheel_is_not_compiled_again(archive, imported, tmp_path):
    wheel, place = archive("asked_for-1.0-py3-none-any.whl"), tmp_path / "site-packages"
    before = names(wheel)
    source = place / "asked_for" / "__init__.py"
    add_bytecode(wheel, str(place), {str(source), str(place / "elsewhere.py")})
    assert [name for name in names(wheel) if not name.endswith(".pyc")] == before
    assert len(names(wheel)) == len(before) + 1
    zipfile.ZipFile(wheel).extractall(place)
    assert source.read_text() == SOURCE
    source.write_text("raise SystemError('compiled here')")
    where = imported(place).where
    assert where() == "compiled before" and where.__doc__ == "Said where."
    assert where.__code__.co_filename == str(source), "a traceback names the source"


def test_what_is_imported_from_the_library_is_not_compiled_again(archive, imported):
    library = archive("python_stdlib.zip")
    add_bytecode(library, str(library), {f"{library}/asked_for/__init__.py"})
    module = imported(library)
    assert module.__file__ == f"{library}/asked_for/__init__.pyc"
    assert module.where.__code__.co_filename == f"{library}/asked_for/__init__.py"
