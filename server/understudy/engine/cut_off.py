"""Marked code that an edit leaves where it stands, and that is no longer run, compiled or looked at.

That a tool has nothing to say about it any more is no proof of anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from understudy.context.dropping import macros_that_drop
from understudy.context.fixed_choices import is_named_constant, never_chosen
from understudy.context.leaving import (
    choice_of,
    condition_of,
    is_fixed,
    leaves,
    never_holds,
    runs_in_order,
)
from understudy.context.syntax import parents
from understudy.context.type_tests import empty_tests
from understudy.context.uncalled import uncalled_around
from understudy.context.whole_trees import known_tree
from understudy.core.lines import LineIndex
from understudy.core.text import Span, apply
from understudy.engine.hunks import hunks_of, with_place
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from understudy.context.syntax import Source
    from understudy.core.text import Edit
    from understudy.engine.evidence import Facts

_CFG = re.compile(r"#\s*!?\s*\[\s*(?:cfg\s*\(|cfg_attr\s*\([^\n]{0,200}\bcfg\s*\()")
"""In Rust: what is compiled only under a condition."""
_OF_BUILDS = re.compile(r"#|(?:\w+\W+)*?(?:sys\.(?:platform|version_info)|os\.name)\b")
_DEPENDS = re.compile(
    r"\bmodule\b|\bimport|\bdeprecat|\bunused\b|\bnever (?:used|read|constructed)", re.IGNORECASE
)
"""What tools say of code that only some platforms and versions have or need."""
_IMPORT = re.compile(r"\s*(?:import|from|use|#\s*include|using|extern)\b")
_LABEL = re.compile(r"label(?:ed_statement)?")
_ANYWHERE = re.compile(r"\w*(?:function|method|class)_(?:declaration|definition)|\w+_item")
"""Definitions that hold in all of their block, wherever they stand in it; not in Python."""
_QUOTES = str.maketrans("'`", '""')
_LONGEST = 2_000
_SHOWN = 60
_KEEPS = "keeps it from being run or looked at"


class _Marked(NamedTuple):
    """What a diagnostic marks, and what it says."""

    span: Span
    message: str


class _Barrier(NamedTuple):
    """What keeps code from being run: its first line, or nothing."""

    line: str
    is_uncalled: bool = False


def cut_off(facts: Facts) -> str:
    """What keeps the marked code from being run or compiled since the edit, as a clause.

    A statement before it in its block that leaves or never ends, a condition that never changes or
    that checkers decide by themselves, a test of types that has nothing to do with it, a condition of
    the compiler, a macro that drops what it is given, or a new function around it that nobody calls.
    Empty where there is none, where the marked code was written anew, and in languages without a
    grammar.
    """
    target, index = facts.target, facts.before.index
    if target is None or facts.rule:
        return ""
    start = min(target.span.start, len(index.text))
    if _IMPORT.match(index.content(index.line_of(start))):
        return ""
    span = Span(start, max(start, min(target.span.end, len(index.text))))
    marked = _Marked(span, target.message[:_LONGEST])
    found = _cut_off(index, facts.edits, facts.after, facts.before.language, marked)
    words = f"{target.code} {target.message}"[:_LONGEST]
    if not found.line or (_OF_BUILDS.match(found.line) and _DEPENDS.search(words)):
        return ""
    shown = f"`{found.line[:_SHOWN]}`"
    return f"nobody calls {shown}" if found.is_uncalled else f"{shown} {_KEEPS}"


@lru_cache(maxsize=8)
def _cut_off(
    index: LineIndex, edits: tuple[Edit, ...], after: str, language: str, marked: _Marked
) -> _Barrier:
    places = list(_afterwards(index, edits, marked.span))
    grammar = grammar_of(language) if places else None
    before, now = known_tree(index.text, grammar), known_tree(after, grammar)
    if before is None or now is None or any(_in_the_way(before, marked.span.start)):
        return _Barrier("")
    written = {
        number
        for first, hunk in with_place(hunks_of(index, edits))
        for number in range(first, first + len(hunk.new))
    }
    found = [_barrier(now, at, written, marked.message, index.text) for at in places]
    return found[0] if all(one.line for one in found) else _Barrier("")


def _afterwards(index: LineIndex, edits: tuple[Edit, ...], marked: Span) -> Iterator[int]:
    """Where the marked code stands in the text after.

    Within a hunk it is a line that was only moved or indented, or else what was marked of it.
    """
    line, column = index.position(marked.start)
    after = LineIndex(apply(index.text, edits))
    by = 0
    for first, hunk in with_place(hunks_of(index, edits)):
        if hunk.old and line in hunk.touched:
            told = [*enumerate(hunk.new, first)]
            bare, part = index.content(line).strip(), marked.of(index.text)
            bare, part = _plain(bare), _plain(part)
            same = [number for number, text in told if _plain(text).strip() == bare]
            alike = [number for number, text in told if len(part) > 1 and part in _plain(text)]
            sought = bare if same else part
            yield from (
                after.start(one) + _plain(after.lines[one]).find(sought) for one in same or alike
            )
            return
        if hunk.first <= line:
            by = first - hunk.first + sum(map(bool, hunk.new)) - sum(map(bool, hunk.old))
    yield after.offset(line + by, column)


def _plain(text: str) -> str:
    """A text of the same length with one kind of quotes."""
    return text.translate(_QUOTES)


def _barrier(source: Source, at: int, written: set[int], message: str, before: str) -> _Barrier:
    """What is new and keeps a place from being reached."""
    uncalled = list(uncalled_around(source, at, before))
    for one in (*_in_the_way(source, at), *empty_tests(source, at, message), *uncalled):
        if not written.isdisjoint(range(one.start_point.row, one.end_point.row + 1)):
            line = source.word(one).strip().partition("\n")[0].strip()
            return _Barrier(line, one in uncalled)
    return _Barrier("")


def _in_the_way(source: Source, at: int) -> Iterator[Node]:
    """What keeps a place of a text from being run or compiled, from the inside out."""
    child = source.node_at(at)
    for above in parents(child):
        choice = choice_of(above)
        if choice is not None and choice != child and is_fixed(choice, source):
            yield choice
        condition = condition_of(above)
        if condition is not None and condition.end_byte <= child.start_byte:
            fixed = is_fixed(condition, source) or is_named_constant(condition, source)
            if fixed or never_holds(above, source):
                yield condition
        elif (dead := never_chosen(above, child, source)) is not None:
            yield dead
        elif above.type.startswith("preproc_if") and not _is_guard(above, source):
            yield above.children[0]
        hoisted = source.root.type != "module" and _ANYWHERE.fullmatch(child.type)
        if runs_in_order(above) and not hoisted:
            yield from _before(above, child, source)
        yield from _compiled_if(above, child, source)
        child = above
    yield from macros_that_drop(source, at)


def _is_guard(node: Node, source: Source) -> bool:
    """Whether a condition only keeps a header from being read twice."""
    name = node.child_by_field_name("name")
    defined = next((one for one in node.named_children if one.type == "preproc_def"), None)
    told = None if defined is None else defined.child_by_field_name("name")
    return name is not None and told is not None and source.word(name) == source.word(told)


def _before(above: Node, child: Node, source: Source) -> Iterator[Node]:
    """The statements of a block that leave it or never end, before one of its statements."""
    found: list[Node] = []
    for one in above.children:
        if _LABEL.fullmatch(one.type):
            found.clear()
        if one.start_byte >= child.start_byte:
            break
        if leaves(one, source) and not any(_compiled_if(above, one, source)):
            found.append(one)
    yield from found


def _compiled_if(above: Node, child: Node, source: Source) -> Iterator[Node]:
    """The attributes by which a part of a node is compiled only under a condition."""
    before: list[Node] = []
    for one in above.children:
        if one.start_byte >= child.start_byte:
            break
        if one.type == "inner_attribute_item" and _CFG.match(source.word(one)):
            yield one
        if one.type == "attribute_item":
            before.append(one)
        elif not one.is_extra:
            before.clear()
    yield from (one for one in before if _CFG.match(source.word(one)))
