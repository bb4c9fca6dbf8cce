"""More of what platforms, formats and tools for versions make of a notebook."""

import difflib
import json
import uuid


def colab_form_cells(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["metadata"] |= {"cellView": "form", "id": uuid.uuid4().hex[:12]}
            cell["source"] = '#@title My answer { display-mode: "form" }\n' + cell["source"]
    return notebook


def colab_with_drive(lesson):
    notebook = lesson.filled()
    drive = "from google.colab import drive\ndrive.mount('/content/drive')\n%cd /content/drive/MyDrive"
    notebook["cells"].insert(0, lesson.code("!pip install -q numpy\n!nvidia-smi"))
    notebook["cells"].insert(1, lesson.code(drive))
    return notebook


def colab_guarded_imports(lesson):
    notebook = lesson.typed_anew()
    guard = (
        "try:\n    import google.colab\n    IN_COLAB = True\nexcept ImportError:\n    IN_COLAB = False\n\n\n"
    )
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell["source"].startswith("def "):
            cell["source"] = guard + cell["source"]
    return notebook


def colab_copied_to_a_new_notebook(lesson):
    """Cells one after the other into an empty notebook: other metadata, no text, no imports but one's own."""
    notebook = lesson.filled()
    programs = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells = [lesson.code(source, metadata={"id": uuid.uuid4().hex[:12]}) for source in programs]
    return {"nbformat": 4, "nbformat_minor": 0, "metadata": {"colab": {}}, "cells": cells}


def vs_code_interactive_window(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] |= {"language": "python"} if cell["cell_type"] == "code" else {}
        if lesson.is_answer(cell):
            cell["source"] = "# %% [my answer]\n" + cell["source"] + "\n# %%\n"
    return notebook


def jupytext_pair(lesson):
    import jupytext
    import nbformat

    notebook = lesson.filled()
    notebook["metadata"]["jupytext"] = {"formats": "ipynb,py:percent"}
    text = jupytext.writes(nbformat.from_dict(notebook), fmt="py:percent")
    return {lesson.file: lesson.write(notebook), lesson.file.replace(".ipynb", ".py"): text.encode()}


def conflict_in_the_file(lesson):
    """What git leaves of two versions: marks between the lines of the file itself."""
    text = lesson.write(lesson.filled(), indent=1).decode()
    lines = text.split("\n")
    number = max(number for number, line in enumerate(lines) if '"execution_count": null' in line)
    theirs = lines[number].replace("null", "7")
    lines[number : number + 1] = ["<<<<<<< HEAD", lines[number], "=======", theirs, ">>>>>>> origin/main"]
    return "\n".join(lines).encode()


def conflict_of_three_versions(lesson):
    text = lesson.write(lesson.filled(), indent=1).decode()
    lines = text.split("\n")
    number = max(number for number, line in enumerate(lines) if '"execution_count": null' in line)
    mine, theirs, base = lines[number], lines[number].replace("null", "7"), lines[number].replace("null", "3")
    marks = ["<<<<<<< ours", mine, "||||||| base", base, "=======", theirs, ">>>>>>> theirs"]
    lines[number : number + 1] = marks
    return "\n".join(lines).encode()


def review_comments(lesson):
    notebook = lesson.filled()
    notebook["metadata"]["reviewnb"] = {"threads": [{"comment": "looks good"}]}
    notebook["cells"].insert(1, lesson.text("> **reviewer**: why not `np.where`?"))
    return notebook


def format_4_0(lesson):
    notebook = lesson.filled()
    notebook["nbformat_minor"] = 0
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"]["collapsed"] = False
    return notebook


def format_4_4_with_ids(lesson):
    return lesson.filled() | {"nbformat_minor": 4}


def format_of_the_future(lesson):
    return lesson.filled() | {"nbformat_minor": 27, "made_with": "something new"}


def ids_that_are_all_the_same(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["id"] = "cell"
        cell["metadata"] = {}
    return notebook


def names_of_cells_that_are_all_the_same(lesson):
    """A cell copied again and again carries nbgrader's name along."""
    notebook = lesson.filled()
    answers = [cell for cell in notebook["cells"] if lesson.is_answer(cell)]
    for cell in answers:
        cell["metadata"] = json.loads(json.dumps(answers[0]["metadata"]))
        cell["id"] = answers[0].get("id", "")
    return notebook


def another_kernel(lesson):
    notebook = lesson.filled()
    spec = {"name": "conda-env-mein_kurs-py", "display_name": "Python [conda env:mein_kurs]"}
    notebook["metadata"] = {"kernelspec": spec, "language_info": {"name": "python", "version": "3.13.0"}}
    return notebook


def nothing_but_sources(lesson):
    cells = [{"cell_type": cell["cell_type"], "source": cell["source"]} for cell in lesson.filled()["cells"]]
    return json.dumps({"cells": cells}).encode()


def latin_1(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] += "\n# für später"
    return json.dumps(notebook, ensure_ascii=False).encode("latin-1", errors="replace")


def decomposed_letters(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = "u\u0308ber = 1  # u\u0308berlegt, \U0001f600 \u0441 \u6e2c\n" + cell["source"]
    return json.dumps(notebook, ensure_ascii=False).encode()


def lines_of_an_old_mac(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r")
    return notebook


def joined_twice(lesson):
    """nbmerge: two copies one below the other."""
    notebook = lesson.filled()
    notebook["cells"] = notebook["cells"] + json.loads(json.dumps(notebook["cells"]))
    return notebook


def two_sheets(lesson):
    import nbformat

    notebook = nbformat.convert(nbformat.from_dict(lesson.filled()), 3)
    cells = notebook["worksheets"][0]["cells"]
    half = len(cells) // 2
    notebook["worksheets"] = [{"metadata": {}, "cells": part} for part in (cells[:half], cells[half:])]
    return json.dumps(notebook).encode()


def saved_as_a_text_of_lines(lesson):
    return lesson.write(lesson.filled(), indent=4).replace(b"\n", b"\n\n\t")


def conflict_of_a_stub_and_an_answer(lesson):
    """Two computers: the answers stand in the second version only."""
    before, after = (
        lesson.write(notebook, indent=1).decode().split("\n")
        for notebook in (lesson.release, lesson.filled())
    )
    lines = []
    for tag, i, j, k, n in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        mine, theirs = before[i:j], after[k:n]
        lines += mine if tag == "equal" else ["<<<<<<< HEAD", *mine, "=======", *theirs, ">>>>>>> laptop"]
    return "\n".join(lines).encode()
