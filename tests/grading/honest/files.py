"""What people hand in: copies, folders, other endings, modules beside the notebook."""

import io

import numpy as np


def _module(lesson):
    return (
        "import numpy as np\nfrom mlcourse import nn\n\n\n" + "\n\n\n".join(_programs(lesson).values())
    ).encode()


def _programs(lesson):
    answers = {lesson.grade_id(cell) for cell in lesson.release["cells"] if lesson.is_answer(cell)}
    return {name: source for name, source in lesson.solutions.items() if name in answers}


def _names(lesson):
    return [
        line[4:].partition("(")[0]
        for source in _programs(lesson).values()
        for line in source.split("\n")
        if line.startswith("def ")
    ]


def _with_answers(lesson, source):
    """A notebook whose first answer is this, and whose others are gone."""
    notebook = lesson.filled()
    answers = [number for number, cell in enumerate(notebook["cells"]) if lesson.is_answer(cell)]
    notebook["cells"][answers[0]]["source"] = source
    for number in reversed(answers[1:]):
        del notebook["cells"][number]
    return lesson.write(notebook)


def renamed(lesson):
    return {"homework Jane Doe.ipynb": lesson.write(lesson.filled())}


def two_renamed_copies(lesson):
    return {
        "homework.ipynb": lesson.write(lesson.release),
        "homework final.ipynb": lesson.write(lesson.filled()),
    }


def original_beside_a_finished_download(lesson):
    return {
        lesson.file: lesson.write(lesson.release),
        lesson.file.replace(".ipynb", " (1).ipynb"): lesson.write(lesson.filled()),
    }


def finished_beside_an_untouched_copy(lesson):
    return {
        lesson.file: lesson.write(lesson.filled()),
        lesson.file.replace(".ipynb", "-Copy1.ipynb"): lesson.write(lesson.release),
    }


def in_a_folder(lesson):
    return {f"{lesson.name}/{lesson.file}": lesson.write(lesson.filled())}


def in_a_folder_of_a_mac(lesson):
    return {
        f"Downloads/mine/{lesson.file}": lesson.write(lesson.filled()),
        f"__MACOSX/mine/._{lesson.file}": b"\x00\x05\x16\x07",
        ".DS_Store": b"\x00",
    }


def capital_ending(lesson):
    return {lesson.file.upper(): lesson.write(lesson.filled())}


def another_ending(lesson):
    return {f"{lesson.name}.json": lesson.write(lesson.filled())}


def ending_lost(lesson):
    return {lesson.name: lesson.write(lesson.filled())}


def text_ending(lesson):
    return {f"{lesson.file}.txt": lesson.write(lesson.filled())}


def checkpoint_beside_it(lesson):
    name = lesson.file.replace(".ipynb", "-checkpoint.ipynb")
    return {
        lesson.file: lesson.write(lesson.filled()),
        f".ipynb_checkpoints/{name}": lesson.write(lesson.release),
    }


def functions_of_a_module(lesson):
    imports = f"from myfunctions import {', '.join(_names(lesson))}"
    return {lesson.file: _with_answers(lesson, imports), "myfunctions.py": _module(lesson)}


def everything_of_a_module(lesson):
    content = _with_answers(lesson, "from myfunctions import *")
    return {lesson.file: content, "myfunctions.py": _module(lesson)}


def functions_of_a_package(lesson):
    imports = f"from mylib.functions import {', '.join(_names(lesson))}"
    return {
        lesson.file: _with_answers(lesson, imports),
        "mylib/__init__.py": b"",
        "mylib/functions.py": _module(lesson),
    }


def module_with_names_given(lesson):
    source = "import myfunctions as mine\n\n" + "\n".join(f"{name} = mine.{name}" for name in _names(lesson))
    return {lesson.file: _with_answers(lesson, source), "myfunctions.py": _module(lesson)}


def program_that_is_run(lesson):
    return {lesson.file: _with_answers(lesson, "%run helpers.py"), "helpers.py": _module(lesson)}


def data_beside_it(lesson):
    stream = io.BytesIO()
    np.save(stream, np.arange(3.0))
    notebook = lesson.filled()
    notebook["cells"].insert(
        2, lesson.code("import numpy as np\nmine = np.load('mine.npy')\nassert mine.sum() == 3")
    )
    return {lesson.file: lesson.write(notebook), "mine.npy": stream.getvalue()}
