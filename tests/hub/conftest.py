"""A JupyterHub with accounts of the system, in a room of its own: docs/hub, as it stands there."""

import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from contextlib import suppress
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest
import requests

REPOSITORY = Path(__file__).resolve().parents[2]
PROXY = "configurable-http-proxy@5.3.0"
STUDENTS = ("ada", "ben", "eve")
PORTS = """
load_subconfig("/opt/hub/hub/jupyterhub_config.py")
c.JupyterHub.bind_url = "http://127.0.0.1:{}"
c.JupyterHub.hub_port = {}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{}"
"""


@pytest.fixture(scope="session")
def proxy(pytestconfig):
    """Folder in which npm has installed the hub's proxy."""
    folder = pytestconfig.cache.mkdir("http-proxy")
    if not (folder / "node_modules" / ".bin" / "configurable-http-proxy").exists():
        install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), PROXY]
        subprocess.run(install, check=True, capture_output=True, timeout=120)
    return folder


def environment(folder):
    """Make a virtual environment with the course, and no clone of it, which any account can run."""
    packages = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    shutil.copytree(
        REPOSITORY / "mlcourse", packages / "mlcourse", ignore=shutil.ignore_patterns("__pycache__")
    )
    (folder / "pyvenv.cfg").write_text(f"home = {sys.base_prefix}/bin\n")
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(f"{sys.base_prefix}/bin/{packages.parent.name}")
    (packages / "others.pth").write_text("/opt/site-packages")
    for script in entry_points(group="console_scripts"):
        path = folder / "bin" / script.name
        path.write_text(
            f"#!/opt/mlcourse/bin/python\nfrom {script.module} import {script.attr.partition('.')[0]}\n"
            f"if __name__ == '__main__':\n    {script.attr}()\n"
        )
        path.chmod(0o755)
    shutil.copytree(Path(sys.prefix) / "etc" / "jupyter", folder / "etc" / "jupyter")
    (folder / "share").mkdir()


def free_ports(number):
    """Ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@pytest.fixture(scope="session")
def hub(proxy, tmp_path_factory):
    """Address of a hub with an instructor and three students; all of it ends with the tests."""
    if not find_spec("jupyterhub"):
        pytest.fail("needs JupyterHub: pip install jupyterhub")
    if subprocess.run(["id", "-u"], capture_output=True, text=True).stdout.strip() != "0":
        pytest.fail("needs root, as a hub with accounts of the system does")
    work = tmp_path_factory.mktemp("hub")
    environment(work / "environment")
    shutil.copytree(REPOSITORY / "docs" / "hub", work / "hub")
    ports = free_ports(3)
    (work / "hub" / "of_the_test.py").write_text(PORTS.format(*ports))
    for name in ("lessons", "solutions"):
        shutil.copytree(REPOSITORY / name, work / "course" / name)
    shutil.copy(REPOSITORY / "nbgrader_config.py", work / "course")
    places = [sys.base_prefix, sysconfig.get_path("purelib"), Path(sys.prefix) / "share", proxy]
    room = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh"]
    command = [*room, Path(__file__).with_name("room.sh"), work, *places, *STUDENTS]
    with (work / "log").open("wb") as log:
        process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log, cwd="/")
    url = f"http://127.0.0.1:{ports[0]}"
    try:
        for _ in range(600):
            with suppress(requests.ConnectionError):
                if requests.get(f"{url}/hub/api", timeout=10).ok:
                    break
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            process.kill()
        if process.poll() is not None:
            pytest.fail((work / "log").read_text()[-3000:])
        yield url
    finally:
        process.kill()
        process.wait()
