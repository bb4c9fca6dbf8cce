"""What further tools, cloud notebooks and synchronised folders make of a notebook."""

import io
import json
import uuid
import zipfile


def _as_code(text):
    quotes = '"' * 3
    return f"mo.md(r{quotes}\n{text}\n{quotes})"


def marimo_export(lesson):
    """Back from marimo: no metadata, its own ids, texts in calls, each cell under a name of its own."""
    cells = [lesson.code("import marimo as mo", id="Hbol")]
    for cell in lesson.filled()["cells"]:
        source = cell["source"] if cell["cell_type"] == "code" else _as_code(cell["source"])
        cells.append(lesson.code(source, id=uuid.uuid4().hex[:4]))
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"marimo": {"version": "0.9"}}, "cells": cells}


def pycharm(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"] |= {"pycharm": {"name": "#%%\n", "is_executing": False}}
    return notebook


def databricks(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        about = {"showTitle": False, "nuid": str(uuid.uuid4()), "inputWidgets": {}}
        cell["metadata"] |= {"application/vnd.databricks.v1+cell": about}
        if lesson.is_answer(cell):
            cell["source"] = f"# DBTITLE 1,My answer\n{cell['source']}\n# COMMAND ----------"
    return notebook


def azure_with_gather(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"] |= {"gather": {"logged": 1762164000000}, "nteract": {"transient": {}}}
    notebook["metadata"] |= {"microsoft": {"host": {}}, "kernel_info": {"name": "python38-azureml"}}
    notebook["metadata"]["kernelspec"] = {"name": "python38-azureml", "display_name": "3.8 - AzureML"}
    return notebook


def cocalc(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"] |= {"collapsed": False, "cocalc": {"last_runtime": 12}}
        cell["id"] = uuid.uuid4().hex[:6]
    notebook["metadata"]["kernelspec"] = {"name": "python3-ubuntu", "display_name": "Python 3 (Ubuntu)"}
    return notebook


def sagemaker(lesson):
    notebook = lesson.filled()
    notebook["metadata"] |= {"instance_type": "ml.t3.medium", "availableInstances": [{"vcpuNum": 2}] * 50}
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = []
    return notebook


def jupyterlite(lesson):
    notebook = lesson.filled()
    notebook["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)"}
    loaded = "import piplite\n\nawait piplite.install(['numpy', 'mlcourse'])"
    notebook["cells"][:0] = [lesson.code("%pip install -q mlcourse"), lesson.code(loaded)]
    return notebook


def quarto(lesson):
    notebook = lesson.filled()
    for number, cell in enumerate(notebook["cells"]):
        if lesson.is_answer(cell):
            cell["source"] = f"#| label: answer-{number}\n#| echo: true\n{cell['source']}"
    front = {"cell_type": "raw", "metadata": {}, "source": "---\ntitle: Mine\nformat: html\n---"}
    notebook["cells"].insert(0, front)
    return notebook


def script_and_back(lesson):
    """Through ``nbconvert --to script``: one text, which is one cell again."""
    parts = []
    for number, cell in enumerate(lesson.filled()["cells"]):
        lines = cell["source"].split("\n")
        text = cell["source"] if cell["cell_type"] == "code" else "\n".join(f"# {line}" for line in lines)
        parts.append(f"# In[{number}]:\n\n\n{text}")
    return {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [lesson.code("\n\n\n".join(parts))]}


def collaboration(lesson):
    """Edited by two at a time: the shared document gave every cell another id."""
    notebook = lesson.filled()
    notebook["metadata"] |= {"trusted": True, "kernel_status": "idle"}
    for cell in notebook["cells"]:
        cell["id"] = str(uuid.uuid4())
        cell["metadata"]["trusted"] = True
        cell["source"] = cell["source"].splitlines(keepends=True)
    return notebook


def translated_by_the_browser(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and not cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = "### Übung\n\nSchreiben Sie die Funktion.\n\n" + cell["source"][::-1]
    return notebook


def hidden_and_frozen(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"] |= {"editable": False, "deletable": True, "jupyter": {"source_hidden": True}}
        cell["metadata"] |= {"hidden": True, "run_control": {"frozen": True}, "scrolled": True}
    return notebook


def captured(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = f"%%capture said\n{cell['source']}"
    return notebook


def null_bytes_at_the_end(lesson):
    """A synchronised file whose last block was never written."""
    return {lesson.file: lesson.write(lesson.filled()) + bytes(4096)}


def copy_of_a_drive(lesson):
    return {f"Copy of {lesson.file}": lesson.write(lesson.filled())}


def copy_by_windows(lesson):
    name = lesson.file.removesuffix(".ipynb")
    return {f"{name} - Copy (2).ipynb": lesson.write(lesson.filled()), "desktop.ini": b"[x]"}


def conflicted_copy_of_a_dropbox(lesson):
    name = lesson.file.removesuffix(".ipynb")
    return {
        lesson.file: lesson.write(lesson.release),
        f"{name} (Jane's conflicted copy 2026-11-03).ipynb": lesson.write(lesson.filled()),
    }


def zipped_once_more(lesson):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(f"work/{lesson.file}", json.dumps(lesson.filled()))
    return {"work.zip": archive.getvalue()}
