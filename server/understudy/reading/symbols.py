"""One definition of Python in place of the definition of that name, with the rest of a file kept."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from understudy.core.indentation import indent_of
from understudy.reading import Refusal, unreadable
from understudy.reading.shape import common_indent, indented

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from understudy.reading import Repair

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_MOST = 10
"""Each definition that is put into a file costs a parse of it."""
_BLOCKS = (ast.If, ast.Try, ast.With, ast.For, ast.While)


def tree_of(lines: Sequence[str]) -> ast.Module | None:
    """The syntax tree of some lines, as if they stood at the margin; None when they don't parse."""
    margin = common_indent([line for line in lines if line.strip()])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse("\n".join(line.removeprefix(margin) for line in lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None


def only_definition(tree: ast.Module) -> Definition | None:
    """The definition that a text consists of; None when there is anything else in it."""
    if len(tree.body) == 1 and isinstance(tree.body[0], Definition):
        return tree.body[0]
    return None


def definitions_in(
    lines: Sequence[str], tree: ast.Module, known: Collection[str]
) -> list[list[str]]:
    """The lines of each definition that a text consists of; none where there is anything else in it.

    Args:
        lines: of the text.
        tree: of these lines.
        known: the names that the file defines; each of the text's must be among them.
    """
    if not 1 < len(tree.body) <= _MOST:
        return []
    parts: list[list[str]] = []
    start = 0
    for node in tree.body:
        if not isinstance(node, Definition) or node.name not in known:
            return []
        stop = node.end_lineno or start
        parts.append(list(lines[start:stop]))
        start = stop
    return parts if not any(line.strip() for line in lines[start:]) else []


def lost_names(old: ast.AST, new: ast.AST) -> tuple[list[str], int]:
    """The functions, classes and methods that a new text lacks, and how many the old one has."""
    before, after = names_of(old), set(names_of(new))
    return [name for name in before if name not in after], len(before)


def names_of(tree: ast.AST) -> list[str]:
    """The functions and classes of a text, and the methods as `Class.method`."""
    return list(dict.fromkeys(_names(tree)))


def merged(
    lines: Sequence[str], old: Sequence[str], tree: ast.Module, repairs: list[Repair]
) -> list[str]:
    """The old lines, with the one definition that the new lines hold in its place.

    Args:
        lines: that hold one definition.
        old: the file's lines, without their ends like the others.
        tree: of the old lines.
        repairs: gets an entry for a change of indentation.

    Raises:
        UnreadableError: no definition has this name, or several have, or it is only a part of one.
    """
    parsed = tree_of(lines)
    new = only_definition(parsed) if parsed is not None else None
    if new is None:
        raise unreadable(Refusal.NO_EDIT, "The block holds no single definition.")
    where = _the_one(new.name, [node for node in ast.walk(tree) if isinstance(node, Definition)])
    if isinstance(new, ast.ClassDef) and isinstance(where, ast.ClassDef):
        new, where = _inner(new, where)
    start, stop = _first_line(where, decorated=bool(new.decorator_list)), where.end_lineno or 0
    segment = list(old[start:stop])
    margin = common_indent([line for line in lines if line.strip()])
    first, last = _first_line(new, decorated=True), new.end_lineno or 0
    if parsed is not None and new is parsed.body[0]:
        come = [*_comments(lines[:first], old[:start]), *lines[first:]]
    else:
        come = list(lines[first:last])
    come = [line.removeprefix(margin) for line in _without_blank_edges(come)]
    if len(common_indent([line for line in come if line.strip()])) > len(indent_of(segment[0])):
        deeper = common_indent([line for line in come if line.strip()])
        come = [line.removeprefix(deeper) for line in come]
    come = indented(come, segment, "python", repairs)
    return [*old[:start], *come, *old[stop:]]


def _the_one(name: str, definitions: Sequence[Definition]) -> Definition:
    found = [node for node in definitions if node.name == name]
    if len(found) == 1:
        return found[0]
    if not found:
        raise unreadable(
            Refusal.NO_EDIT,
            f"The block holds only `{name}`, which the file does not have.",
            name,
            "The block holds only a part of the file: write the whole file.",
        )
    raise unreadable(
        Refusal.AMBIGUOUS,
        f"The block holds only `{name}`, which the file has {len(found)} times.",
        name,
        "The block holds only a part of the file: write the whole file.",
    )


def _inner(new: ast.ClassDef, old: ast.ClassDef) -> tuple[Definition, Definition]:
    """The class, or its one method when the block holds no other part of the class."""
    lost, _ = lost_names(old, new)
    if not lost:
        return new, old
    method = new.body[0]
    if len(new.body) == 1 and isinstance(method, Definition):
        return method, _the_one(method.name, [n for n in old.body if isinstance(n, Definition)])
    names = ", ".join(f"`{name}`" for name in lost[:5])
    raise unreadable(
        Refusal.ELIDED,
        f"The block lacks parts of `{new.name}`: {names}.",
        new.name,
        f"The block lacks {names}: write the whole file.",
    )


def _names(root: ast.AST, prefix: str = "") -> Iterator[str]:
    """The names of definitions, and of those in classes; others inside of functions do not count."""
    for node in ast.iter_child_nodes(root):
        if isinstance(node, Definition):
            yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from _names(node, f"{prefix}{node.name}.")
        elif isinstance(node, _BLOCKS):
            yield from _names(node, prefix)


def _first_line(node: Definition, *, decorated: bool) -> int:
    """The line where a definition begins, from 0."""
    if decorated and node.decorator_list:
        return min(one.lineno for one in node.decorator_list) - 1
    return node.lineno - 1


def _comments(above: Sequence[str], old: Sequence[str]) -> list[str]:
    """The comments above a definition, without those that the file has there already."""
    new = [line for line in above if line.strip()]
    there = [line.strip() for line in old[len(old) - len(new) :]] if new else []
    return [] if [line.strip() for line in new] == there else new


def _without_blank_edges(lines: Sequence[str]) -> list[str]:
    real = [number for number, line in enumerate(lines) if line.strip()]
    return list(lines[real[0] : real[-1] + 1]) if real else []
