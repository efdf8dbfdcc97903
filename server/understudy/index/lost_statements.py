"""Which statements at the top of a text, and which of its imports, another one lacks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.changed_part import without_long_lines
from understudy.core.lines import content_length, split_lines
from understudy.core.markup import PROSE
from understudy.index.extraction import facts_of, is_indexed
from understudy.index.facts import EVERYTHING
from understudy.reading.script_tests import SCRIPTS, titled
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from understudy.index.facts import Facts, Import
    from understudy.reading.script_tests import Titled

_KEY = re.compile(r"[#@]?[\w$]+(?:\.[\w$]+)*")
_HEAD = re.compile(r"#!|.*(?:copyright|licen[cs]e|spdx)", re.IGNORECASE)
"""Comments at the top that are more than a remark."""
_DIRECTIVE = re.compile(
    r"//\s*(?P<go>go:build|\+build)|//\s*(?P<ts>@ts-(?:no)?check|@flow)|/[/*]+\s*(?P<script>eslint-\w+"
    r"|@jest-environment|@jsx\w*|@flow)|#.{0,80}?(?P<coding>coding)[:=]"
    r"|#\s*(?P<hash>frozen_string_literal|(?:ruff|mypy|pyright|typed|shellcheck)\b)"
)
"""Comments at the top by which a compiler or a tool reads the file otherwise, or not at all."""
_HEAD_LINES = 5
_COMMENT = ("#", "//", "/*", "*", "--", "<!--")
_INCLUDES = ("#include", "#define", "#if", "#pragma")
_NO_CODE = PROSE | {"html", "css", "json", "yaml", "toml", "makefile", "dockerfile"}
_LIST = re.compile(r"import\s*\(\s*$")
"""The head of a list of imports, which says nothing that they don't say."""
_WORD = re.compile(r"[^\W\d][\w$]*")
_WIDEST = 400


class Gone(NamedTuple):
    """A statement or an import that is gone.

    Attributes:
        what: its first line, or the name that was imported.
        line: where it stood, counted from 0.
    """

    what: str
    line: int


def lost_statements(
    before: str, after: str, language: str, *, strict: bool = False
) -> tuple[Gone, ...]:
    """The statements and imports at the top that are gone, in the order of the text.

    What stands elsewhere now counts as moved; what has another form, with the same beginning or in
    the same number, as changed. An import of a name that nothing uses afterwards may go. Takes about
    a millisecond for 100 lines of both texts, and never raises.

    Args:
        before: the whole text as it was.
        after: as it is now.
        language: an LSP language id.
        strict: whether that only holds for a name that was used before.
    """
    if before == after or language in _NO_CODE or not is_indexed(language):
        return ()
    old, new = (_Text.of(without_long_lines(text), language) for text in (before, after))
    gone = [*_statements(old, new), *_imports(old, new, strict=strict), *_heads(old, new)]
    gone += _tests(old, new)
    return tuple(sorted(gone, key=lambda one: one.line))


class _Text(NamedTuple):
    lines: list[str]
    facts: Facts
    imports: frozenset[int]

    @classmethod
    def of(cls, text: str, language: str) -> _Text:
        lines = [line[: content_length(line)] for line in split_lines(text)]
        facts = facts_of("", language, text)
        starts = {one.line for one in facts.imports}
        return cls(lines, facts, frozenset(_import_lines(lines, starts)))


def _import_lines(lines: Sequence[str], starts: set[int]) -> Iterator[int]:
    """The lines of imports, with those that they go on in."""
    for start in starts:
        depth = 0
        for at in range(start, min(start + 200, len(lines))):
            yield at
            depth += sum(map(lines[at].count, "({")) - sum(map(lines[at].count, ")}"))
            if depth <= 0:
                break


def _statements(old: _Text, new: _Text) -> list[Gone]:
    """The statements that are neither there, nor changed."""
    there = {line.strip() for line in new.lines}
    known = {line.strip() for line in old.lines}
    gone = [one for one in _top(old) if one.what not in there]
    come = Counter(_key(one.what) for one in _top(new) if one.what not in known)
    left: list[Gone] = []
    for one in gone:
        if come[_key(one.what)] > 0:
            come[_key(one.what)] -= 1
        else:
            left.append(one)
    return left if sum(come.values()) < len(left) else []


def _key(line: str) -> str:
    found = _KEY.match(line)
    return found.group() if found else line[:1]


def _tests(old: _Text, new: _Text) -> Iterator[Gone]:
    """The tests with titles that are neither there, nor in another group or under another title."""
    before, after = (
        [one for one in titled(text.lines, text.facts.language) if not one.is_group]
        for text in (old, new)
    )
    left = Counter(one.path for one in after)
    gone: list[Titled] = []
    for one in before:
        if left[one.path] > 0:
            left[one.path] -= 1
        else:
            gone.append(one)
    known = {one.path for one in before}
    come = [one for one in after if one.path not in known]
    for one in gone:
        same = next((new for new in come if _is_same(one, new)), None)
        if same is None:
            yield Gone(one.name, one.at)
        else:
            come.remove(same)


def _is_same(one: Titled, other: Titled) -> bool:
    """Whether a test of another name has this one's lines, most of them."""
    return 2 * len(one.body & other.body) >= len(one.body) > 0


def _top(text: _Text) -> Iterator[Gone]:
    """The lines at the margin that begin a statement."""
    inside = {one.at for one in titled(text.lines, text.facts.language)}
    inside |= set(text.imports) | (inside_strings(text.lines, text.facts.language) or frozenset())
    for one in text.facts.definitions:
        if one.parent < 0:
            inside.update(range(one.first, one.stop))
    for at, line in enumerate(text.lines):
        if (
            not line
            or at in inside
            or not (line[0].isalpha() or line.startswith(("_", "#", '"', "'", "$", "@")))
        ):
            continue
        is_comment = line.startswith(_COMMENT) and not line.startswith(_INCLUDES)
        if not is_comment and any(map(str.isalnum, line)) and not _LIST.match(line):
            yield Gone(line.strip(), at)


def _imports(old: _Text, new: _Text, *, strict: bool) -> Iterator[Gone]:
    """The imports that are gone although their names are used, or that are there for what they do."""
    language = old.facts.language
    bound = {name for one in new.facts.imports for name in _names(one, language)}
    bound |= {one.name for one in new.facts.definitions}
    used, was_used = _words(new), _words(old)
    kept = {one.module for one in new.facts.imports}
    replaced = len(old.facts.imports) <= len(new.facts.imports)
    for one in old.facts.imports:
        names = _names(one, language)
        if not names:
            if one.module not in kept and not replaced:
                yield Gone(one.module, one.line)
            continue
        for name in names:
            idle = strict and name not in was_used and one.module not in kept and not replaced
            if name not in bound and (name in used or idle):
                yield Gone(name, one.line)


def _names(one: Import, language: str) -> tuple[str, ...]:
    """The names that an import gives; none for one that is there for what it does, or gives all."""
    if one.names:
        return tuple(name for _, name in one.names if name and name != EVERYTHING)
    if one.alias:
        return () if one.alias in {"_", "."} else (one.alias,)
    if language in SCRIPTS or language in {"c", "cpp"}:
        return ()
    parts = re.split(r"[/.:\\]+", one.module)
    if language == "python":
        return (parts[0],) if parts[0] else ()
    return (parts[-1],) if parts[-1] else ()


def _words(text: _Text) -> set[str]:
    """All words outside of imports and comments."""
    found: set[str] = set()
    for at, line in enumerate(text.lines):
        if at not in text.imports and not line.lstrip().startswith(_COMMENT):
            found.update(_WORD.findall(line))
    return found


def _heads(old: _Text, new: _Text) -> Iterator[Gone]:
    """What the first lines say about the whole file."""
    there = {line.strip() for line in new.lines[: 4 * _HEAD_LINES]}
    has = any(line.startswith(_COMMENT) and _HEAD.match(line) for line in new.lines[:_HEAD_LINES])
    for at, line in enumerate(old.lines[:_HEAD_LINES]):
        bare = line.strip()
        is_head = bare.startswith(_COMMENT) and _HEAD.match(bare)
        if is_head and bare not in there and not has:
            yield Gone(bare, at)
    yield from _directives(old, new)


def _directives(old: _Text, new: _Text) -> Iterator[Gone]:
    """What the comments above all code tell tools, and those of the new text do not."""
    there = {_told(line) for line in _opening(new)}
    for at, line in enumerate(_opening(old)):
        told = _told(line)
        if told and told not in there:
            yield Gone(line.strip(), at)


def _opening(text: _Text) -> Iterator[str]:
    """The comments and blank lines that a text begins with, as far as one looks."""
    for line in text.lines[: 8 * _HEAD_LINES]:
        if line.strip() and not line.lstrip().startswith(_COMMENT):
            break
        yield line


def _told(line: str) -> str:
    """Which directive a line is; empty for none."""
    found = _DIRECTIVE.match(line.strip()[:_WIDEST])
    return next(filter(None, found.groups()), "") if found else ""
