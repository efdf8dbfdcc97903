"""Edits of real source files, the same in every run with the same files."""

from __future__ import annotations

import ast
import difflib
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.reading_sources import sources
from understudy.core.indentation import indent_of
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.reading_sources import Part, Source

_CONTEXT = (3, 5, 8, 12)
_TRIES = 50

Signed = tuple[str, str]
"""A sign as in a diff, and a line without its end."""
Hunk = list[Signed]


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """An edit of a source file.

    Attributes:
        name: of the file.
        hunks: the edit, each hunk with enough context to have one place.
        lines: of the old text, those of the function or class that holds the edit.
    """

    name: str
    language: str
    before: str
    after: str
    hunks: tuple[Hunk, ...]
    lines: range


def source_edits(part: Part, language: str, count: int) -> Iterator[SourceEdit]:
    """So many edits: lines replaced, added or taken away, in one place or two."""
    files = sources(part, language)
    # The same edits in every run, and others of the one set than of the other.
    chance = random.Random(f"edits, {part}")  # noqa: S311 - nothing secret
    for _ in range(_TRIES * count if files else 0):
        edit = _edit(chance.choice(files), chance)
        if edit is not None:
            count -= 1
            yield edit
        if not count:
            return


def _edit(source: Source, chance: random.Random) -> SourceEdit | None:
    old = source.text.split("\n")
    inside = inside_strings(old, source.language) or frozenset()
    inner = [
        at
        for at, line in enumerate(old)
        if indent_of(line) and len(line.strip()) > 8 and at not in inside
    ]
    if len(inner) < 20:
        return None
    new = list(old)
    for at in sorted(chance.sample(inner, chance.choice((1, 1, 2))), reverse=True):
        new[at : at + 1] = _changed(old[at], at, chance, source.language)
    if source.language == "python" and not _parses("\n".join(new)):
        return None
    for width in _CONTEXT:
        hunks = _hunks(old, new, width)
        if all(_places(source.text, hunk) == 1 for hunk in hunks):
            runs = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
            changed = [run for run in runs if run[0] != "equal"]
            lines = range(changed[0][1], max(run[2] for run in changed))
            around = _around(source, lines)
            return SourceEdit(
                source.name, source.language, source.text, "\n".join(new), hunks, around
            )
    return None


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _around(source: Source, lines: range) -> range:
    """The lines of the innermost function or class around some lines; all lines without one.

    Where nothing parses the language, from a line at the margin to the next one.
    """
    if source.language != "python":
        return _to_margins(source.text.split("\n"), lines)
    nodes = (
        range(node.lineno - 1, node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(source.text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )
    around = [node for node in nodes if node.start <= lines.start and lines.stop <= node.stop]
    return min(around, key=len, default=range(source.text.count("\n")))


def _to_margins(text: list[str], lines: range) -> range:
    at_margin = [at for at, line in enumerate(text) if line.strip() and not indent_of(line)]
    start = max((at for at in at_margin if at < lines.start), default=0)
    stop = min((at for at in at_margin if at >= lines.stop), default=len(text) - 1)
    return range(start, stop + 1)


def _changed(line: str, at: int, chance: random.Random, language: str) -> list[str]:
    indent = indent_of(line)
    added = [f"{indent}checked_{at}_{number} = {number}" for number in range(chance.randint(1, 3))]
    comment = "#" if language == "python" else "//"
    ended = [f"{line}  {comment} checked"]
    return chance.choice(([], added, [line, *added], [*added, line], ended))


def _hunks(old: list[str], new: list[str], context: int) -> tuple[Hunk, ...]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    hunks = []
    for group in matcher.get_grouped_opcodes(context):
        hunk: Hunk = []
        for tag, start, stop, new_start, new_stop in group:
            if tag == "equal":
                hunk += [(" ", line) for line in old[start:stop]]
            else:
                hunk += [("-", line) for line in old[start:stop]]
                hunk += [("+", line) for line in new[new_start:new_stop]]
        hunks.append(hunk)
    return tuple(hunks)


def _places(text: str, hunk: Hunk) -> int:
    return f"\n{text}\n".count(f"\n{side(hunk, '-')}\n")


def side(hunk: Hunk, sign: str) -> str:
    """The old text of a hunk (`-`), or its new one (`+`)."""
    return "\n".join(line for one, line in hunk if one in {" ", sign})
