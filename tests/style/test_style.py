"""Lint, format and types, as tests, so that one command says everything."""

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TOOLS = {
    "lint": ["ruff", "check", "--output-format=concise"],
    "format": ["ruff", "format", "--check"],
    "types": ["mypy"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_package_tests_and_notebooks_are_clean(tool):
    command = [sys.executable, "-m", *TOOLS[tool]]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
