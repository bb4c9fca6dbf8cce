"""nbgrader's Validate button, pressed in the browser on a solved and on an untouched notebook."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from mlcourse import exercises

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]
LESSON = "01-chain-rule"
VALIDATION_SECONDS = 120
"""nbgrader runs the whole notebook on the server before it answers."""


@pytest.fixture
def edition(lab):
    """Return ``edition(solved)``: the learner's notebook in the folder that JupyterLab serves."""

    def write(solved):
        name = Path(LESSON, f"{LESSON}.ipynb")
        learner = nbformat.read(REPOSITORY / "lessons" / name, as_version=4)
        solutions = nbformat.read(REPOSITORY / "solutions" / name, as_version=4)
        by_id = {cell.id: cell.source for cell in solutions.cells}
        if solved:
            for cell in learner.cells:
                if cell.id.endswith("-solution"):
                    cell.source = by_id[cell.id]
        learner.cells = [cell for cell in learner.cells if cell.cell_type == "code"]  # the text takes longest
        target = f"{'solved' if solved else 'untouched'}.ipynb"
        nbformat.write(learner, lab.folder / target)
        return target

    return write


@pytest.mark.parametrize("solved", [True, False], ids=["solved", "untouched"])
def test_the_button_passes_the_solved_notebook_and_no_other(solved, edition, lab_page, keep):
    notebook = lab_page().open(edition(solved))
    notebook.page.get_by_role("button", name="Validate").click()
    dialog = notebook.page.locator(".jp-Dialog-content")
    answer = dialog.filter(has_text="passes all the tests" if solved else "failed")
    expect(answer).to_be_visible(timeout=1000 * VALIDATION_SECONDS)
    keep(dialog, f"validate-{'solved' if solved else 'untouched'}")
    text = answer.inner_text()
    if solved:
        assert "Success! Your notebook passes all the tests." in text
    else:
        for exercise in exercises.of_lesson(LESSON):
            assert f'check("{exercise.id}"' in text, f"{exercise.id} is not among the cells that failed"
    notebook.page.keyboard.press("Escape")
    expect(notebook.page.locator(".jp-Dialog")).to_have_count(0)
