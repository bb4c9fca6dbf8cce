"""What belongs to a release agrees with it."""

import re
import tomllib
from pathlib import Path

import mlcourse

REPOSITORY = Path(__file__).resolve().parents[2]


def read(name):
    return (REPOSITORY / name).read_text(encoding="utf-8")


def test_the_version_is_the_same_everywhere():
    (cited,) = re.findall(r"^version: (\S+)$", read("CITATION.cff"), flags=re.M)
    latest, _ = re.findall(r"^## \[([\d.]+)\] - ([\d-]+)$", read("CHANGELOG.md"), flags=re.M)[0]
    assert cited == latest == mlcourse.__version__


def test_addresses_of_the_release_name_it():
    named = [
        *re.findall(r"/v([\d.]+)\?urlpath", read("README.md")),
        *re.findall(r"tag `v([\d.]+)`", read("README.md")),
        *re.findall(r"mlcourse-([\d.]+)-py3-none-any\.whl", read("README.md")),
        *re.findall(r"REGISTRY/mlcourse:([\d.]+)", read("docs/hub/README.md") + read("docs/hub/values.yaml")),
        *re.findall(r'^    tag: "([\d.]+)"$', read("docs/hub/values.yaml"), flags=re.M),
    ]
    assert named == [mlcourse.__version__] * 6


def test_the_day_of_the_release_is_the_same_everywhere():
    (cited,) = re.findall(r"^date-released: (\S+)$", read("CITATION.cff"), flags=re.M)
    assert cited == re.findall(r"^## \[[\d.]+\] - ([\d-]+)$", read("CHANGELOG.md"), flags=re.M)[0]


def test_hooks_before_a_commit_are_the_checks_of_ci():
    hooks = re.findall(r"^ +entry: \.venv/bin/(.+)$", read(".pre-commit-config.yaml"), flags=re.M)
    checks = re.findall(r'"\$folder/venv/bin/((?:ruff|mypy).*?)"(.*?)(?: &&|$)', read(".ci/run"), flags=re.M)
    assert hooks == [program + arguments.rstrip("; }") for program, arguments in checks]


def test_the_plain_run_needs_no_pytorch():
    extras = tomllib.loads(read("pyproject.toml"))["project"]["optional-dependencies"]
    assert not [name for name in (*extras["lab"], *extras["test"]) if name.startswith("torch")]
