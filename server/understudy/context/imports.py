"""Where a Python file imports things, and the edit that adds one more import.

Sections and order are isort's, as ruff sorts them: `__future__`, standard library, installed,
own; in each, `import x` before `from x import y`, then by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.python_tokens import line_end
from understudy.context.syntax import parse
from understudy.core.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from understudy.context.modules import Origin
    from understudy.context.names import Importable
    from understudy.context.syntax import Source
    from understudy.workspace.view import View

    OriginOf = Callable[[str], Origin | None]

IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
_SECTIONS = {"standard library": 1, "installed package": 2, "workspace": 3}
_HEAD_COMMENT = re.compile(r"#!|#.*?coding[:=]")
_BLOCKS = ("function_definition", "class_definition", "decorated_definition")


@dataclass(frozen=True, slots=True)
class Imported:
    """One import statement at the top of a file.

    Attributes:
        module: as written; the first one of `import a, b`.
        plain: whether it is `import x` and not `from x import y`.
        span: from its first character to its last.
        section: 0 for `__future__`, 1 standard library, 2 installed, 3 own.
    """

    module: str
    plain: bool
    span: Span
    section: int
    node: Node

    @property
    def key(self) -> tuple[int, bool, str, str]:
        """What the file's order goes by."""
        return self.section, not self.plain, self.module.lower(), self.module


def add_import(view: View, wanted: Importable, origin_of: OriginOf) -> tuple[Edit, ...]:
    """The edit that makes `wanted` available in the whole file."""
    source = parse(view.text)
    head = top_imports(source, origin_of)
    if wanted.member and " as " not in wanted.statement:
        for each in head:
            if each.module == wanted.module and not each.plain:
                merged = _merged(source, each.node, wanted.member)
                if merged is not None:
                    return (merged,)
    return (_new_line(view, source, head, wanted),)


def top_imports(source: Source, origin_of: OriginOf) -> tuple[Imported, ...]:
    """The import statements before the first other statement, apart from the docstring."""
    found: list[Imported] = []
    for node in source.root.children:
        if node.type in IMPORTS:
            found.append(_imported(source, node, origin_of))
        elif node.type != "comment" and (found or not _may_precede(node)):
            break
    return tuple(found)


def _imported(source: Source, node: Node, origin_of: OriginOf) -> Imported:
    plain = node.type == "import_statement"
    named = node.child_by_field_name("name" if plain else "module_name")
    if named is not None and named.type == "aliased_import":
        named = named.child_by_field_name("name") or named
    module = source.word(named) if named is not None else ""
    if node.type == "future_import_statement":
        return Imported("__future__", plain, source.span(node), 0, node)
    origin = "workspace" if module.startswith(".") else origin_of(module)
    section = _SECTIONS.get(origin or "", 2)
    return Imported(module, plain, source.span(node), section, node)


def _may_precede(node: Node) -> bool:
    """Docstrings and `__all__ = …`-like lines stand before imports."""
    if node.type != "expression_statement" or not node.named_children:
        return False
    return node.named_children[0].type in ("string", "concatenated_string", "assignment")


def _merged(source: Source, node: Node, member: str) -> Edit | None:
    """Put `member` among the names of an existing `from … import`; None for `import *`."""
    names = node.children_by_field_name("name")
    if not names or any(child.type in ("wildcard_import", "ERROR") for child in node.children):
        return None
    words = [source.word(name).partition(" ")[0] for name in names]
    keys = [_member_key(word) for word in words]
    place = len(names)
    if keys == sorted(keys):
        place = sum(key < _member_key(member) for key in keys)
    gap = _gap(source, node, names)
    if place < len(names):
        at = source.at(names[place].start_byte)
        return Edit(Span(at, at), f"{member},{gap}")
    at = source.at(names[-1].end_byte)
    return Edit(Span(at, at), f",{gap}{member}")


def _member_key(word: str) -> tuple[int, str, str]:
    """Constants, then classes, then the rest, as isort orders by type."""
    kind = 0 if word.isupper() and len(word) > 1 else 1 if word[:1].isupper() else 2
    return kind, word.lower(), word


def _gap(source: Source, node: Node, names: list[Node]) -> str:
    """What stands between two names: a space, or a line end with the names' indentation."""
    start = source.at(names[-1].start_byte)
    before = source.text[source.at(node.start_byte) : start]
    space = before[len(before.rstrip()) :]
    return space if space and "#" not in space and "\\" not in before[-len(space) - 1 :] else " "


def _new_line(view: View, source: Source, head: tuple[Imported, ...], wanted: Importable) -> Edit:
    end = line_end(view.text)
    plain = not wanted.member
    section = _SECTIONS[wanted.origin]
    key = (section, not plain, wanted.module.lower(), wanted.module)
    if not head:
        return _first_import(view, source, wanted.statement, end)
    before = [each for each in head if each.key <= key]
    same = [each for each in head if each.section == section]
    if not _is_sorted(head):
        before = [each for each in head if each.section <= section] or list(head[:1])
    if before:
        last = before[-1]
        if same and last.section < section:
            return _above(view, same[0].span.start, wanted.statement + end)
        if same:
            return _below(view, last.span.end, wanted.statement, end)
        edit = _below(view, last.span.end, end + wanted.statement, end)
        rest = view.text[edit.span.end :]
        return Edit(edit.span, edit.text + (end if rest.split("\n", 1)[0].strip() else ""))
    return _above(view, head[0].span.start, wanted.statement + end + ("" if same else end))


def _is_sorted(head: tuple[Imported, ...]) -> bool:
    keys = [each.key for each in head]
    return keys == sorted(keys)


def _above(view: View, offset: int, lines: str) -> Edit:
    """Whole lines above the line that holds `offset`."""
    at = view.index.start(view.index.line_of(offset))
    at += view.text[at : at + 1] == "\ufeff"
    return Edit(Span(at, at), lines)


def _below(view: View, offset: int, lines: str, end: str) -> Edit:
    """Whole lines below the line that holds `offset`."""
    line = view.index.line_of(offset)
    at = view.index.start(line + 1)
    if view.index.lines[line].endswith(("\n", "\r")):
        return Edit(Span(at, at), lines + end)
    return Edit(Span(at, at), end + lines + end)


def _first_import(view: View, source: Source, statement: str, end: str) -> Edit:
    """The first import of a file: below its docstring, else below its opening comments."""
    text = view.text
    children = [node for node in source.root.children if node.type != "comment"]
    first = children[0] if children else None
    if first is not None and first.type == "expression_statement" and _is_docstring(first):
        following = children[1] if len(children) > 1 else None
        edit = _below(view, source.at(first.end_byte), end + statement, end)
        rest = text[edit.span.end :]
        return Edit(edit.span, edit.text + _blank_lines(rest, following, end))
    at = _after_head_comments(view)
    if at < len(text) or not text or text.endswith(("\n", "\r")):
        gap = _blank_lines(text[at:], first, end)
        return Edit(Span(at, at), statement + end + gap)
    return Edit(Span(at, at), end + statement + end)


def _is_docstring(node: Node) -> bool:
    return bool(node.named_children) and node.named_children[0].type in (
        "string",
        "concatenated_string",
    )


def _blank_lines(rest: str, following: Node | None, end: str) -> str:
    """The blank lines that are missing between an import and what follows it."""
    if not rest.strip():
        return ""
    wanted = 2 if following is not None and following.type in _BLOCKS else 1
    content = rest.lstrip("\r\n")
    there = len(re.findall(r"\r\n|\n|\r", rest[: len(rest) - len(content)]))
    return end * max(0, wanted - there)


def _after_head_comments(view: View) -> int:
    """Below the interpreter line, the encoding, and a comment block that stands alone."""
    index = view.index
    line = 0
    while line < min(2, len(index)) and _HEAD_COMMENT.match(index.content(line).lstrip("\ufeff")):
        line += 1
    block = line
    while block < len(index) and index.content(block).startswith("#"):
        block += 1
    if block > line and block < len(index) and not index.content(block).strip():
        line = block + 1
    at = index.start(line)
    return at + (at == 0 and view.text.startswith("\ufeff"))
