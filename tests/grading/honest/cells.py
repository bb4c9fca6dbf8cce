"""What people do to cells while they work: delete, type anew, split, move, try things out."""


def typed_anew(lesson):
    return lesson.typed_anew()


def first_one_typed_anew(lesson):
    notebook = lesson.filled()
    number = next(number for number, cell in enumerate(notebook["cells"]) if lesson.is_answer(cell))
    notebook["cells"][number] = lesson.code(notebook["cells"][number]["source"])
    return notebook


def typed_anew_below_the_check(lesson):
    notebook = lesson.filled()
    cells, answer = [], None
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            answer = lesson.code(cell["source"])
            continue
        cells.append(cell)
        if answer and cell["metadata"].get("nbgrader", {}).get("grade"):
            cells.append(answer)
            answer = None
    notebook["cells"] = cells
    return notebook


def all_answers_in_one_cell(lesson):
    notebook = lesson.filled()
    answers = [cell["source"] for cell in notebook["cells"] if lesson.is_answer(cell)]
    notebook["cells"] = [cell for cell in notebook["cells"] if not lesson.is_answer(cell)]
    notebook["cells"].insert(2, lesson.code("\n\n\n".join(answers)))
    return notebook


def written_below_untouched_stubs(lesson):
    notebook = lesson.filled()
    stubs = {lesson.grade_id(cell): cell for cell in lesson.release["cells"] if lesson.is_answer(cell)}
    notebook["cells"] = [
        each
        for cell in notebook["cells"]
        for each in (
            [stubs[lesson.grade_id(cell)], lesson.code(cell["source"])] if lesson.is_answer(cell) else [cell]
        )
    ]
    return notebook


def written_above_untouched_stubs(lesson):
    notebook = written_below_untouched_stubs(lesson)
    cells = notebook["cells"]
    for number in range(len(cells) - 1):
        if lesson.is_answer(cells[number]):
            cells[number], cells[number + 1] = cells[number + 1], cells[number]
    return notebook


def everything_at_the_bottom(lesson):
    notebook = lesson.filled()
    answers = [lesson.code(cell["source"]) for cell in notebook["cells"] if lesson.is_answer(cell)]
    notebook["cells"] = [cell for cell in notebook["cells"] if not lesson.is_answer(cell)] + answers
    return notebook


def split_in_two(lesson):
    notebook = lesson.filled()
    notebook["cells"] = [
        each
        for cell in notebook["cells"]
        for each in (
            [dict(cell, source="HELP = 1"), dict(cell, id="second-half")]
            if lesson.is_answer(cell)
            else [cell]
        )
    ]
    return notebook


def metadata_gone(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return notebook


def ids_gone(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return notebook


def metadata_and_ids_gone(lesson):
    notebook = metadata_gone(lesson)
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return notebook


def nothing_but_programs_left(lesson):
    notebook = metadata_and_ids_gone(lesson)
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return notebook


def typed_into_the_checks(lesson):
    """As VS Code lets them, to which a locked cell is like others."""
    notebook = lesson.filled()
    stubs = {lesson.grade_id(cell): cell["source"] for cell in lesson.release["cells"]}
    answer = ""
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            answer, cell["source"] = cell["source"], stubs[lesson.grade_id(cell)]
        elif answer and cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"], answer = f"{answer}\n\n\n{cell['source']}", ""
    return notebook


def import_added_to_the_lessons_own(lesson):
    notebook = lesson.filled()
    imports = next(cell for cell in notebook["cells"] if "import numpy as np" in cell["source"])
    imports["source"] += "\nimport numpy as numbers"
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = cell["source"].replace("np.", "numbers.")
    return notebook


def checks_deleted(lesson):
    notebook = lesson.filled()
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["source"].startswith("check(")]
    return notebook


def timed(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = "%%time\n" + cell["source"]
    return notebook


def typed_anew_and_timed(lesson):
    notebook = lesson.typed_anew()
    for cell in notebook["cells"]:
        if "def " in cell["source"] and cell["cell_type"] == "code":
            cell["source"] = "%%capture\n" + cell["source"]
    return notebook


def trials_that_fail(lesson):
    notebook = lesson.filled()
    notebook["cells"].insert(2, lesson.code("print(undefined_name)"))
    notebook["cells"].append(lesson.code("assert False, 'to do'"))
    return notebook


def text_deleted(lesson):
    notebook = lesson.filled()
    notebook["cells"] = [
        cell for cell in notebook["cells"] if cell["cell_type"] == "code" or lesson.grade_id(cell)
    ]
    return notebook


def windows_lines(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    return notebook


def answers_in_reverse_order(lesson):
    notebook = lesson.filled()
    places = [number for number, cell in enumerate(notebook["cells"]) if lesson.is_answer(cell)]
    cells = [notebook["cells"][number] for number in reversed(places)]
    for number, cell in zip(places, cells, strict=True):
        notebook["cells"][number] = cell
    return notebook


def other_names_given_later(lesson):
    notebook = lesson.typed_anew()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell["source"].startswith("def "):
            name = cell["source"][4:].partition("(")[0]
            cell["source"] = cell["source"].replace(f"def {name}(", f"def my_{name}(", 1)
            cell["source"] += f"\n\n\n{name} = my_{name}"
    return notebook


def made_raw_by_a_wrong_key(lesson):
    notebook = lesson.filled()
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["cell_type"] = "raw"
    return notebook
