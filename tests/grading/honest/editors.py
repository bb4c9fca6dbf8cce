"""What editors, platforms and tools make of a notebook that somebody filled in."""

import io
import json
import uuid


def as_it_is(lesson):
    return lesson.filled()


def run_with_outputs(lesson):
    notebook = lesson.filled()
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["done\n"]}]
    return notebook


def colab(lesson):
    notebook = lesson.filled()
    notebook["nbformat_minor"] = 0
    notebook["metadata"] |= {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU"}
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] |= {"id": uuid.uuid4().hex[:12], "colab": {"base_uri": "https://localhost:8080/"}}
        cell["source"] = cell["source"].splitlines(keepends=True)
    return notebook


def colab_without_nbgrader(lesson):
    notebook = colab(lesson)
    for cell in notebook["cells"]:
        cell["metadata"] = {"id": cell["metadata"]["id"]}
    return notebook


def vs_code(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12.1"}
    return lesson.write(notebook, indent=1).replace(b"\n", b"\r\n")


def vs_code_new_ids(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["id"] = uuid.uuid4().hex[:8]
    return notebook


def kaggle(lesson):
    notebook = lesson.filled()
    notebook["nbformat_minor"] = 4
    notebook["metadata"]["kaggle"] = {"accelerator": "none", "dataSources": [], "isInternetEnabled": True}
    for cell in notebook["cells"]:
        cell.pop("id", None)
        times = {"iopub.execute_input": "2026-03-01T10:00:00Z", "shell.execute_reply": "2026-03-01T10:00:01Z"}
        cell["metadata"] |= {"_uuid": uuid.uuid4().hex, "trusted": True, "execution": times}
    return notebook


def kaggle_import_cell_on_top(lesson):
    notebook = kaggle(lesson)
    source = "import os\nfor name, _, files in os.walk('/kaggle/input'):\n    print(name, files)"
    notebook["cells"].insert(0, lesson.code(source))
    return notebook


def deepnote(lesson):
    notebook = lesson.filled()
    notebook["metadata"]["deepnote_notebook_id"] = uuid.uuid4().hex
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {"cell_id": uuid.uuid4().hex, "deepnote_cell_type": cell["cell_type"]}
    notebook["cells"].append(lesson.text("<a href='https://deepnote.com'>Created in Deepnote</a>"))
    return notebook


def jupytext_round_trip(lesson):
    import jupytext
    import nbformat

    text = jupytext.writes(nbformat.from_dict(lesson.filled()), fmt="py:percent")
    return nbformat.writes(jupytext.reads(text, fmt="py:percent")).encode()


def jupytext_without_metadata(lesson):
    import jupytext
    import nbformat

    notebook = nbformat.from_dict(lesson.filled())
    notebook.metadata["jupytext"] = {"cell_metadata_filter": "-all", "notebook_metadata_filter": "-all"}
    text = jupytext.writes(notebook, fmt="md")
    return nbformat.writes(jupytext.reads(text, fmt="md")).encode()


def nbdime_merge(lesson):
    notebook = lesson.filled()
    merged = []
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            merged += [lesson.text("`<<<<<<< local`"), cell, lesson.text("`>>>>>>> remote`")]
        else:
            merged.append(cell)
    notebook["cells"] = merged
    return notebook


def merge_that_kept_both(lesson):
    notebook, stubs = lesson.filled(), iter(lesson.release["cells"])
    notebook["cells"] = [
        each
        for cell in notebook["cells"]
        for each in ([next(stubs), cell] if lesson.is_answer(cell) else [next(stubs) and cell])
    ]
    return notebook


def nbstripout(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"] = {k: v for k, v in cell["metadata"].items() if k == "nbgrader"}
    notebook["metadata"] = {"language_info": {"name": "python"}}
    return notebook


def formatted_by_black(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = cell["source"].replace("check(", "check( ").replace('"', "'").rstrip() + "\n"
    return notebook


def slides_and_tags(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"] |= {"slideshow": {"slide_type": "slide"}, "tags": ["mine"], "collapsed": True}
    return notebook


def papermill(lesson):
    notebook = lesson.filled()
    notebook["cells"].insert(1, lesson.code("seed = 1", metadata={"tags": ["injected-parameters"]}))
    return notebook


def byte_order_mark(lesson):
    return b"\xef\xbb\xbf" + lesson.write(lesson.filled())


def utf_16(lesson):
    return json.dumps(lesson.filled()).encode("utf-16")


def trailing_brace(lesson):
    return lesson.write(lesson.filled()) + b"\n}\n"


def format_3(lesson):
    import nbformat

    stream = io.StringIO()
    notebook = nbformat.convert(nbformat.from_dict(lesson.filled()), 3)
    nbformat.write(notebook, stream, version=3)
    return stream.getvalue().encode()


def large_outputs(lesson):
    notebook = lesson.filled()
    picture = {"output_type": "display_data", "data": {"image/png": "A" * 32_000_000}, "metadata": {}}
    notebook["cells"][0]["metadata"]["mine"] = '"outputs": ['
    next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")["outputs"] = [picture]
    return notebook
