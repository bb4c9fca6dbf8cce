"""``mlcourse lab``: opens the start page, from anywhere."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from mlcourse.__main__ import main as command
from mlcourse.cli import main

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def asked(monkeypatch):
    """Arguments that JupyterLab would be started with."""
    arguments = []
    monkeypatch.setattr("jupyterlab.labapp.main", arguments.extend)
    monkeypatch.setattr(os, "chdir", lambda folder: None)
    return arguments


def test_it_opens_the_start_page(asked):
    assert CliRunner().invoke(main, ["lab"]).exit_code == 0
    assert "--LabApp.default_url=/lab/tree/lessons/start.ipynb" in asked
    assert "--no-browser" not in asked and not any("port" in argument for argument in asked)


def test_options_are_passed_on(asked):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
    result = CliRunner().invoke(
        main, ["lab", "--no-browser", "--port", str(port), "--ServerApp.open_browser=False"]
    )
    assert result.exit_code == 0
    assert {"--no-browser", f"--port={port}", "--ServerApp.open_browser=False"} <= set(asked)


def test_widgets_are_saved_with_a_notebook(asked, monkeypatch):
    from jupyterlab_server.settings_utils import _get_overrides

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "elsewhere")
    assert CliRunner().invoke(main, ["lab"]).exit_code == 0
    overrides, error = _get_overrides("")
    assert not error and overrides["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": True}
    assert os.environ["JUPYTER_CONFIG_PATH"].endswith(f"{os.pathsep}elsewhere")


@pytest.mark.parametrize("options, hidden", [([], True), (["--instructor"], False)])
def test_the_tools_of_a_class_are_shown_to_an_instructor_only(options, hidden, asked, monkeypatch):
    from jupyterlab_server.config import get_static_page_config

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "elsewhere")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", "nowhere")
    assert CliRunner().invoke(main, ["lab", *options]).exit_code == 0
    off = get_static_page_config().get("disabledExtensions", {})
    assert off.get("@jupyter/nbgrader:formgrader", False) is hidden
    assert not any("validate" in name for name in off)
    assert off["@jupyterlite/pyodide-kernel-extension"]  # of the browser edition; fails in JupyterLab itself


def test_nobody_is_asked_about_jupyters_news(asked, monkeypatch):
    from jupyterlab_server.settings_utils import _get_overrides

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "elsewhere")
    assert CliRunner().invoke(main, ["lab", "--instructor"]).exit_code == 0
    overrides, _ = _get_overrides("")
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_in_a_learners_folder_it_opens_that(asked, tmp_path, monkeypatch):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "start.ipynb").write_text("{}")
    monkeypatch.setattr("pathlib.Path.cwd", lambda: tmp_path / "lessons")
    assert CliRunner().invoke(main, ["lab"]).exit_code == 0
    assert f"--ServerApp.root_dir={tmp_path}" in asked


def test_the_folder_of_another_course_of_nbgraders_is_not_the_learners(asked, tmp_path, monkeypatch):
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "lessons").mkdir()
    monkeypatch.setattr("pathlib.Path.cwd", lambda: tmp_path)
    assert CliRunner().invoke(main, ["lab"]).exit_code == 0
    assert f"--ServerApp.root_dir={REPOSITORY}" in asked
    assert CliRunner().invoke(main, ["lab", "--instructor"]).exit_code == 0
    assert {f"--ServerApp.root_dir={tmp_path}", "--LabApp.default_url=/lab"} <= set(asked)


def test_without_what_all_commands_need_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "click", None)
    monkeypatch.delitem(sys.modules, "mlcourse.cli")
    with pytest.raises(SystemExit, match=r"click is not installed.*run: pip install 'mlcourse\[lab\]'"):
        command()


@pytest.fixture
def lacks(monkeypatch):
    """``lacks(package, verb)``: run a command that imports a package which is not there."""

    def run(package, verb):
        def imports(**_):
            raise ModuleNotFoundError(name=package)

        monkeypatch.setattr("mlcourse.cli.main", imports)
        monkeypatch.setattr(sys, "argv", ["mlcourse", verb])
        command()

    return run


@pytest.mark.parametrize(
    "package, verb, extra", [("nbformat", "start", "lab"), ("sphinx.errors", "site", "site")]
)
def test_a_package_that_one_command_needs_is_named_with_what_to_install(package, verb, extra, lacks):
    name = package.partition(".")[0]
    with pytest.raises(SystemExit, match=rf"^Error: the package {name} is not .*'mlcourse\[{extra}\]'$"):
        lacks(package, verb)


@pytest.mark.parametrize("name", ["mlcourse.nothing", "_sqlite3"])
def test_what_pip_does_not_bring_is_no_missing_package(name, lacks):
    with pytest.raises(ModuleNotFoundError):
        lacks(name, "lab")


def test_a_port_in_use_is_named(asked):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        result = CliRunner().invoke(main, ["lab", "--port", str(port)])
    assert result.exit_code == 1 and not asked
    assert result.output == f"Error: port {port} is in use; choose another one with --port, or leave it out\n"


def test_a_port_that_is_none_is_refused(asked):
    result = CliRunner().invoke(main, ["lab", "--port", "70000"])
    assert result.exit_code == 2 and "70000" in result.output and not asked


def test_outside_a_course_it_says_where_to_go(asked, tmp_path, monkeypatch):
    monkeypatch.setattr("mlcourse.__file__", str(tmp_path / "site-packages" / "mlcourse" / "__init__.py"))
    monkeypatch.setattr("pathlib.Path.cwd", lambda: tmp_path)
    result = CliRunner().invoke(main, ["lab"])
    assert result.exit_code == 1 and not asked
    assert "is not in a course" in result.output and "change into the folder" in result.output


def test_it_serves_the_start_page_from_any_folder(tmp_path):
    server = subprocess.Popen(
        [sys.executable, "-m", "mlcourse", "lab", "--no-browser", "--IdentityProvider.token=secret"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = next(filter(None, (re.search(r"http://localhost:\d+/", line) for line in server.stderr)))[0]
        page = reply(f"{address}api/contents/lessons/start.ipynb?content=0&token=secret")
        assert page["path"] == "lessons/start.ipynb"
    finally:
        server.terminate()
        server.communicate(timeout=30)


def reply(url):
    """JSON at an address; the server tells its address a moment before it listens there."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.load(answer)
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")
