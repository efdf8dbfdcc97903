"""Add type annotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.bare_code import bare
from understudy.context.vague_types import newly_vague
from understudy.languages import grammar_of
from understudy.tasks import Done, Task, holds_text

if TYPE_CHECKING:
    from tree_sitter import Node

    from understudy.context.bare_code import Bare
    from understudy.context.syntax import Source

_TYPES = frozenset(
    {
        *("type", "type_annotation", "type_arguments", "type_parameters", "type_parameter"),
        *("type_predicate_annotation", "asserts_annotation"),
        *("interface_declaration", "type_alias_declaration", "type_alias_statement"),
        *("import_statement", "import_from_statement", "future_import_statement"),
    }
)
"""What says or brings a type in the grammars of Python, TypeScript and JavaScript."""
_NAMES_A_TYPE = re.compile(
    r"\w+\s*(?::\s*(?:\w+\.)?TypeAlias\s*=|=\s*(?:\w+\.)?(?:TypeVar|ParamSpec|TypeVarTuple|NewType)\()"
)
"""Statements of Python that only name a type."""
_HEAD = 200
_KNOWN = frozenset({"python", "typescript", "typescriptreact", "javascript", "javascriptreact"})
_MARKS = frozenset({":", "->"})
_OWN_COLON = frozenset({"slice", "pair", "lambda", "format_specifier"})
"""Nodes in which a colon is more than the sign before a type."""


def _is_type(node: Node, source: Source) -> bool:
    if node.type in _TYPES:
        return True
    if node.type == "expression_statement" and _NAMES_A_TYPE.match(source.word(node)[:_HEAD]):
        return True
    condition = node.child_by_field_name("condition") if node.type == "if_statement" else None
    return condition is not None and source.word(condition).endswith("TYPE_CHECKING")


def _parts(text: str, language: str) -> Bare | None:
    known = grammar_of(language) if language in _KNOWN else None
    return bare(text, known, left_out=_is_type)


def _flaw(done: Done) -> str:
    before, after = _parts(done.before, done.language), _parts(done.after, done.language)
    if before is None or after is None or before.left_out != after.left_out:
        return ""
    # In JavaScript, types stand in comments.
    return "The edit adds no type." if before.notes == after.notes else ""


def _beyond(done: Done) -> str:
    """Without all types, the code is what it was, and each new type says something."""
    before, after = _parts(done.before, done.language), _parts(done.after, done.language)
    if before is not None and after is not None and _untyped(before) != _untyped(after):
        return "The edit changes more than types"
    name = newly_vague(done.before, done.after, done.language, grammar_of(done.language))
    return f"The type of `{name}` says nothing" if name else ""


def _untyped(code: Bare) -> list[str]:
    return [one.text for one in code.code if one.text not in _MARKS or one.above in _OWN_COLON]


TASK = Task(
    id="addTypes",
    title="Add types",
    kind="refactor.rewrite.understudy.types",
    role="refactoring",
    reach="selection",
    applies=holds_text,
    instruction=(
        "Add type annotations to the selected code where they are missing: parameters, "
        "results, attributes and variables whose type is not obvious. Be as exact as the code "
        "allows, use the types that the file already imports, add imports where they are "
        "needed, and do not change behaviour."
    ),
    command="refactor",
    kind_argument="types",
    languages=frozenset(
        {
            "python",
            "typescript",
            "typescriptreact",
            "javascript",
            "javascriptreact",
            "php",
            "ruby",
            "lua",
        }
    ),
    flaw=_flaw,
    beyond=_beyond,
)
