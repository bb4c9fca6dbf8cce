"""Print the lowest versions that pyproject.toml allows, as constraints for pip.

Of what learners and instructors use: what the tests, the site and the style need, they get as new as it is.
"""

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]:
    requirement = Requirement(text)
    lowest = [part.version for part in requirement.specifier if part.operator in (">=", "==")]
    if lowest or not requirement.marker:  # a limit above alone, for some Pythons, is no dependency of ours
        print(f"{requirement.name}=={lowest[0]}")
