"""Imports above the code of a block, put among the imports of the file."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.indentation import indent_of
from understudy.reading import Repair
from understudy.reading.headings import heading_of
from understudy.reading.import_lines import imports_of, is_header, is_import, leading
from understudy.reading.neighbours import is_whole_file
from understudy.reading.shape import BOM, contents, joined
from understudy.reading.strings import inside_strings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from understudy.reading.import_lines import Import
    from understudy.reading.neighbours import Around

_MOST = 50
"""Each import that is put into a file costs a look at all its lines."""
_LOCAL = frozenset({"python", "rust", "kotlin", "scala", "ruby", "lua"})
"""Languages where an import may stand in a function."""
_OPENING = re.compile(
    r"#!|#pragma\b|#ifndef\b|#define\b|//!|library\b|declare\b|['\"]use \w+['\"];?$|@file:"
)
"""What stands above imports, beside the package."""
_CODING = re.compile(r"#.{0,200}?coding[:=]")
"""Python looks for it in a file's first two lines."""
_COMMENT = ("#", "//", "/*", "*", "--", " *")


class Freed(NamedTuple):
    """A block's lines without the imports above its code, and these."""

    lines: list[str]
    imports: tuple[Import, ...] = ()
    source: tuple[str, ...] = ()


def without_imports(lines: list[str], around: Around) -> Freed:
    """The lines of a block without the imports above them, which belong to the head of the file.

    They stay where the old lines have some themselves, and where they stand as far in as the old
    lines do in a language that has imports in functions.

    Args:
        lines: of the block, without their ends.
        around: what they replace.
    """
    language = around.language
    found, at = leading(lines, language)
    old = [line for line in around.old if line.strip()]
    if not any(map(str.strip, around.above)) or at >= len(lines) or len(found) > _MOST:
        return Freed(lines)
    if not old or not _is_head(lines[:at], around):
        return Freed(lines)
    depth = indent_of(lines[found[0].lines.start]) if found else ""
    if is_import(old[0], language) or (depth and language in _LOCAL):
        return Freed(lines)
    if is_whole_file(lines, around) or any(map(_is_outermost(language), old)):
        return Freed(lines)
    return Freed(lines[at:], tuple(found), tuple(lines[:at]))


def _is_head(lines: Sequence[str], around: Around) -> bool:
    """Whether lines are imports, and of the headers those that the file has."""
    real = [line for line in lines if line.strip()]
    headers = {line.strip() for line in real if is_header(line)}
    return bool(real) and headers <= {line.strip() for line in around.above}


def _is_outermost(language: str) -> Callable[[str], bool]:
    """Whether a line is an import at the margin, or what stands above these."""
    return lambda line: not indent_of(line) and (is_import(line, language) or is_header(line))


def with_imports(text: str, freed: Freed, language: str, repairs: list[Repair]) -> str:
    """A document with imports that it does not have yet among its own.

    Args:
        text: the document, with the rest of the block in its place.
        freed: the imports.
        language: an LSP language id.
        repairs: gets an entry.
    """
    if not freed.source:
        return text
    if not freed.imports:
        repairs.append(Repair("lines around it left out", freed.source[0].strip()[:80]))
        return text
    bare = text.removeprefix(BOM)
    lines = contents(bare)
    for one in freed.imports:
        lines = _with(lines, one, _source(freed, one), language)
    first = freed.source[freed.imports[0].lines.start].strip()[:80]
    is_known = lines == contents(bare)
    what = "lines around it left out" if is_known else "imports put among those of the file"
    repairs.append(Repair(what, first))
    return text[: len(text) - len(bare)] + joined(lines, bare)


def are_known(freed: Freed, above: Sequence[str], language: str) -> bool:
    """Whether some lines have all imports that were taken from a block, and that were any."""
    there = imports_of(above, len(above), language)
    known = {(each.module, item) for each in there for item in each.items}
    wanted = {(one.module, item) for one in freed.imports for item in one.items}
    return bool(wanted) and wanted <= known


def _source(freed: Freed, one: Import) -> list[str]:
    lines = freed.source[one.lines.start : one.lines.stop]
    depth = indent_of(lines[0])
    return [line.removeprefix(depth) for line in lines]


def _with(lines: list[str], one: Import, written: list[str], language: str) -> list[str]:
    """The lines of a document with one import."""
    stop = _first_definition(lines, language)
    there = list(imports_of(lines, stop, language))
    known = {(each.module, item) for each in there for item in each.items}
    new = [item for item in one.items if (one.module, item) not in known]
    if not new:
        return lines
    if language == "go":
        return _with_specs(lines, new, there)
    taken = set(one.items) - set(new)
    fewer = (each.lines for each in there if (each.module, set(each.items)) == (one.module, taken))
    if taken and (place := next(fewer, None)):
        return [*lines[: place.start], *written, *lines[place.stop :]]
    if len(new) < len(one.items):
        written = _rewritten(written, new, one)
    # An import from the future must stand above all others.
    beside = [each for each in there if not _is_future(one) or _is_future(each)]
    if beside:
        at = beside[-1].lines.stop
        return [*lines[:at], *written, *lines[at:]]
    return _first(lines, written, language)


def _is_future(one: Import) -> bool:
    """Whether an import changes how Python reads the file."""
    return one.module == "from __future__ import"


def _rewritten(written: list[str], new: Sequence[str], one: Import) -> list[str]:
    """An import of only those things that the document lacks."""
    if one.module.startswith("from "):
        return [f"{one.module} {', '.join(new)}"]
    text = "\n".join(written)
    start, stop = text.find("{"), text.rfind("}")
    if one.module and 0 <= start < stop:
        return [f"{text[:start]}{{ {', '.join(new)} }}{text[stop + 1 :]}"]
    return list(new) if text.startswith("use ") else written


def _with_specs(lines: list[str], specs: Sequence[str], there: Sequence[Import]) -> list[str]:
    """The lines of a file of Go with more packages, in the order that its formatter gives them."""
    listed = next((one.lines for one in there if len(one.lines) > 1), None)
    if listed is None:
        if there:
            at, head = there[-1].lines.stop, []
        else:
            at = next((n + 1 for n, line in enumerate(lines) if is_header(line)), 0)
            head = [""]
        return [*lines[:at], *head, *(f"import {spec}" for spec in specs), *lines[at:]]
    done = list(lines)
    stop = listed.stop - 1
    for spec in specs:
        start = listed.start + 1
        group = _group(done[start:stop], spec)
        paths = [line.strip().split('"')[1] for line in done[start:][group.start : group.stop]]
        at = start + group.start + bisect(paths, spec.split('"')[1])
        done.insert(at, f"\t{spec}")
        stop += 1
    return done


def _group(lines: Sequence[str], spec: str) -> range:
    """The lines of a list of packages among which one belongs: those of its kind, in order."""
    kind = _is_own(spec)
    start = next((at for at, line in enumerate(lines) if '"' in line and _is_own(line) is kind), -1)
    if start < 0:
        return range(len(lines), len(lines))
    stop = start
    while stop < len(lines) and '"' in lines[stop] and _is_own(lines[stop]) is kind:
        stop += 1
    return range(start, stop)


def _is_own(spec: str) -> bool:
    """Whether a package of Go is none of its standard library."""
    return "." in spec.split('"')[1].split("/")[0]


def _first_definition(lines: Sequence[str], language: str) -> int:
    return next(
        (
            at
            for at, line in enumerate(lines)
            if line and not indent_of(line) and heading_of(line) and not is_import(line, language)
        ),
        len(lines),
    )


def _is_opening(line: str) -> bool:
    return is_header(line) or bool(_OPENING.match(line)) or line[:3] in {'"""', "'''"}


def _first(lines: list[str], written: list[str], language: str) -> list[str]:
    """The lines with the first import of a file: below its package and its opening comment."""
    inside = inside_strings(lines, language) or frozenset() if language == "python" else frozenset()
    at = stop = 0
    while at < len(lines):
        line = lines[at]
        is_coding = at < 2 and _CODING.match(line)
        if is_coding or at in inside or _is_opening(line):
            stop = at + 1
        elif not line.strip():
            # A comment that stands alone is the file's, and not that of what follows.
            stop = at if at and lines[at - 1].strip() else stop
        elif not line.startswith(_COMMENT):
            break
        at += 1
    head, rest = lines[:stop], lines[stop:]
    above = [""] if head and head[-1].strip() else []
    below = [""] if rest and rest[0].strip() else []
    return [*head, *above, *written, *below, *rest]
