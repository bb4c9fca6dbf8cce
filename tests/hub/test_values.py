"""The values for Zero to JupyterHub: who may log in, as whom, and which tools a learner sees."""

import json
from pathlib import Path
from types import SimpleNamespace

import yaml

from mlcourse.lab import SETTINGS

VALUES = yaml.safe_load((Path(__file__).resolve().parents[2] / "docs" / "hub" / "values.yaml").read_text())
CLASS = """\
# of the spring term
root:x:0:0:root:/root:/bin/sh
ada:x:20001:100::/home/jovyan:/bin/bash

ben:x:20002:100::/home/jovyan:/bin/bash
"""


def test_who_is_in_the_class_may_log_in_and_runs_as_a_number_of_their_own(tmp_path):
    source = VALUES["hub"]["extraConfig"]["accounts.py"]
    place = VALUES["hub"]["extraFiles"]["class"]["mountPath"]
    assert place in source
    (tmp_path / "class.passwd").write_text(CLASS)
    c = SimpleNamespace(Authenticator=SimpleNamespace(), KubeSpawner=SimpleNamespace())
    exec(source.replace(place, str(tmp_path / "class.passwd")), {"c": c})
    assert c.Authenticator.allowed_users == {"ada", "ben"}
    of_ben = SimpleNamespace(user=SimpleNamespace(name="ben"))
    assert c.KubeSpawner.uid(of_ben) == 20002


def test_a_learner_sees_the_tools_of_a_student_on_one_machine():
    files = VALUES["singleuser"]["extraFiles"]
    student = SETTINGS / "student"
    menu = json.loads((student / "labconfig" / "page_config.json").read_text())
    assert files["menu"]["data"] == menu
    on = json.loads((student / "jupyter_server_config.json").read_text())["ServerApp"]["jpserver_extensions"]
    asked = files["tools"]["data"]["ServerApp"]["jpserver_extensions"]
    assert asked == {name: True for name, is_on in on.items() if is_on}


def test_its_files_lie_where_jupyter_looks_for_them():
    files = VALUES["singleuser"]["extraFiles"]
    place = VALUES["singleuser"]["extraEnv"]["JUPYTER_CONFIG_PATH"]
    there = {files[name]["mountPath"].removeprefix(place) for name in ("nbgrader", "tools", "menu")}
    assert there == {
        "/nbgrader_config.json",
        "/jupyter_server_config.json",
        "/labconfig/page_config.json",
    }
    exchange = files["nbgrader"]["data"]["Exchange"]["root"]
    assert exchange in {mount["mountPath"] for mount in VALUES["singleuser"]["storage"]["extraVolumeMounts"]}
