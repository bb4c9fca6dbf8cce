"""The page of known mistakes is what the declarations say."""

from click.testing import CliRunner

from mlcourse.authoring.mistakes_table import mistakes_table
from mlcourse.cli import main
from mlcourse.exercises import get


def test_one_lesson_is_printed_with_every_name_and_sentence():
    result = CliRunner().invoke(main, ["mistakes", "06-optimization"])
    assert result.exit_code == 0
    assert "## momentum" in result.output
    assert "## sigmoid" not in result.output
    for mistake in get("momentum").parts[0].mistakes:
        assert f"| {mistake.name} | " in result.output


def test_nothing_of_a_sentence_ends_a_cell():
    rows = [line for line in mistakes_table([get("kinks")]).splitlines() if line.startswith("| upwards")]
    (row,) = rows
    assert row.replace("\\|", "").count("|") == 3
