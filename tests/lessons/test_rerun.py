"""Cells may be run again, in any order: what one takes from an earlier one has one meaning in the lesson."""

import ast
import symtable

import pytest

from mlcourse.authoring import Course
from mlcourse.authoring.source import read

LESSONS = [each for each in Course.find().lessons() if each.instructor]
OWN_SCOPE = ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def bound(node):
    """Global names that a statement binds."""
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Import() | ast.ImportFrom():
            return {(name.asname or name.name).split(".")[0] for name in node.names}
        case ast.Name(ctx=ast.Store()):
            return {node.id}
        case node if isinstance(node, OWN_SCOPE):
            return set()
    return set().union(*map(bound, ast.iter_child_nodes(node)))


def needed(statement, define):
    """Global names that a statement reads when it runs, and those of a function it only defines."""
    now, later = set(), set()

    def walk(table, inside):
        names = {
            s.get_name() for s in table.get_symbols() if s.is_referenced() and (not inside or s.is_global())
        }
        (later if inside and define else now).update(names)
        for child in table.get_children():
            walk(child, True)

    walk(symtable.symtable(ast.unparse(statement), "cell", "exec"), False)
    first = {}
    for name in (each for each in ast.walk(statement) if isinstance(each, ast.Name)):
        key = name.lineno, name.col_offset
        first[name.id] = min(first.get(name.id, (key, name)), (key, name), key=lambda pair: pair[0])
    return now - {id for id, (_, name) in first.items() if isinstance(name.ctx, ast.Store)}, later


def taken(cells):
    """For each cell: names it takes from others, through the functions it calls too; names it binds."""
    functions, found = {}, []
    for source in cells:
        here, used = set(), set()
        for statement in ast.parse(source).body:
            define = isinstance(statement, ast.FunctionDef)
            now, later = needed(statement, define)
            used |= now - here
            called = now
            if define:
                functions[statement.name] = later
            seen = set()
            while called:
                name = called.pop()
                seen.add(name)
                inner = functions.get(name, set())
                used |= inner - here - bound(statement)
                called |= inner - seen
            here |= bound(statement)
        found.append((used, here))
    return found


def meanings(cells):
    """Names that some cell takes from others, and that more than one of those binds."""
    found = taken(cells)
    return {
        name
        for place, (used, _) in enumerate(found)
        for name in used
        if sum(name in here for other, (_, here) in enumerate(found) if other != place) > 1
    }


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_name_that_a_cell_takes_from_another_has_one_meaning(lesson):
    cells = [cell.source for cell in read(lesson).cells if cell.cell_type == "code"]
    # Lesson 08 adds a method to the learner's class, and says to run that cell again too.
    assert meanings(cells) - {"Value"} == set()


def test_a_name_with_two_meanings_is_found():
    first, then = "W = 1\ndef loss(): return W", "print(loss())"
    assert meanings([first, then, "V = 2"]) == set()
    assert meanings([first, then, "W = 2"]) == {"W"}
    assert meanings(["W = 1", "W = 2\nprint(W)", "for W in [3]:\n    print(W)"]) == set()
