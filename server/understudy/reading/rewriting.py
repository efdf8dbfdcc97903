"""A document's new text out of a block that is meant to be all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from understudy.core.lines import real_lines
from understudy.failures.grammar import fault, has_parser
from understudy.reading import Match, Refusal, Repair, unreadable
from understudy.reading.braced import LANGUAGES as BRACED
from understudy.reading.braced import with_definitions
from understudy.reading.cut_short import cut_short, is_beginning
from understudy.reading.definitions import is_another_whole, lacks_too_many
from understudy.reading.endings import lost_part, lost_tail
from understudy.reading.entries import LANGUAGES
from understudy.reading.exactly import exact_text
from understudy.reading.foreign_marks import written_otherwise
from understudy.reading.kept_heads import with_head
from understudy.reading.languages import CODE, names_language
from understudy.reading.lazy import filled, first_gap
from understudy.reading.members import with_lone_members, with_members
from understudy.reading.misplaced import cut_off
from understudy.reading.named_inside import without_file_name
from understudy.reading.neighbours import Around
from understudy.reading.numbered import copied_numbers, unnumbered
from understudy.reading.only_new import holds_only_new
from understudy.reading.parts_of_files import Part, part_of
from understudy.reading.prose import without_prose
from understudy.reading.shape import BOM, common_indent, contents, joined, restyled
from understudy.reading.symbols import (
    definitions_in,
    lost_names,
    merged,
    names_of,
    only_definition,
    tree_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from understudy.reading.fences import Fenced

    WithTests = Callable[[Sequence[str], Sequence[str]], list[str] | None]

_SMALL = 4
"""A file of fewer lines may become any other."""
_PART = 0.5
"""A block with less than this share of a file's lines is only a part of it."""


class Document(NamedTuple):
    """A document that is written anew.

    Attributes:
        text: empty for a new file.
        language: an LSP language id.
        marked: the lines that a diagnostic marks, counted from 0.
    """

    text: str
    language: str
    marked: range = range(0)


class Rewritten(NamedTuple):
    """A document's new text.

    Attributes:
        match: whether all of it was in the block.
    """

    text: str
    match: Match
    repairs: tuple[Repair, ...]


def rewritten(
    block: Fenced,
    document: Document,
    with_tests: WithTests | None = None,
    *,
    is_unnamed: bool = False,
) -> Rewritten:
    """The new text of a document.

    Args:
        block: what the reply has for it.
        document: as it is.
        with_tests: what puts a block of tests alone into the text that it tests, where the language
            has them in it; both are lines without their ends.
        is_unnamed: whether a comment that named the file was taken from the block already, so that
            another one stays.

    Raises:
        UnreadableError: the block holds only a part, and it is not certain of what.
    """
    text = exact_text(block)
    if text is not None:
        return Rewritten(text, Match.GIVEN, ())
    repairs: list[Repair] = []
    old, language = document.text, document.language
    before = contents(old.removeprefix(BOM))
    given = contents(block.text.removeprefix(BOM))
    lines = _code(given, before, language, repairs, is_unnamed=is_unnamed)
    if not any(line.strip() for line in lines):
        raise unreadable(Refusal.EMPTY, "The fenced block is empty.")
    if error := cut_off(lines, before) or written_otherwise(lines, before, language):
        raise error
    changed = restyled(lines, before, before, language)
    if changed is not None:
        repairs.append(Repair("indentation converted"))
        lines = changed
    tests = with_tests(lines, before) if with_tests is not None else None
    if tests is not None:
        repairs.append(Repair("module of tests put in its place", risk="none"))
    whole, match = (
        (tests, Match.GIVEN)
        if tests
        else _with_rest(lines, Around(before, (), (), language, document.marked), repairs)
    )
    like = old.removeprefix(BOM)
    bom = BOM if old.startswith(BOM) else ""
    return Rewritten(bom + joined(whole, like), match, tuple(repairs))


def _with_rest(
    lines: Sequence[str], around: Around, repairs: list[Repair]
) -> tuple[Sequence[str], Match]:
    """All lines of the document, with what the block leaves out in it, around it and above it."""
    whole, match = _whole(lines, around, repairs)
    if match is Match.GIVEN and around.language in CODE:
        whole = with_head(list(whole), around, repairs)
    return whole, match


def parses(text: str, language: str) -> bool:
    """Whether a text is right in a language that there is a parser for."""
    return fault(text.removeprefix(BOM), language) is None


def _code(
    lines: list[str],
    before: Sequence[str],
    language: str,
    repairs: list[Repair],
    *,
    is_unnamed: bool,
) -> Sequence[str]:
    """The lines without what models put above the code inside of a fence."""
    if names_language(lines, language, before):
        repairs.append(Repair("language named inside the block", lines[0]))
        lines = lines[1:]
    if copied_numbers(lines, before, 1):
        repairs.append(Repair("line numbers"))
        lines = unnumbered(lines)
    bare, named = (lines, []) if is_unnamed else without_file_name(lines, before, language, ())
    if named:
        repairs += named
        lines = bare[1:] if bare and before and not bare[0].strip() and before[0].strip() else bare
    if has_parser(language) and not _begins_and_ends(lines, before):
        freed = without_prose(lines, partial(parses, language=language))
        if freed is not None:
            said = [line.strip() for line in (*freed.above, *freed.below) if line.strip()]
            repairs.append(Repair("prose inside the block", said[0][:80]))
            lines = list(freed.lines)
    real = [line for line in lines if line.strip()]
    margin = common_indent(real)
    if margin and before and not common_indent([line for line in before if line.strip()]):
        repairs.append(Repair("block moved out"))
        lines = [line.removeprefix(margin) for line in lines]
    return lines


def _begins_and_ends(lines: Sequence[str], before: Sequence[str]) -> bool:
    """Whether the first line and the last one are lines of the old text, and so no prose."""
    real = [bare for line in lines if (bare := line.strip())]
    known = set(map(str.strip, before))
    return bool(real) and real[0] in known and real[-1] in known


def _whole(
    lines: Sequence[str], around: Around, repairs: list[Repair]
) -> tuple[Sequence[str], Match]:
    """All lines of the document: those of the block, and those that it leaves out."""
    before, language = around.old, around.language
    if gap := first_gap(lines, before, language):
        found = with_members(lines, before, language, repairs) or filled(lines, before, language)
        if found is None:
            raise _left_out(gap)
        repairs.append(Repair("left-out lines filled in", gap[:100]))
        return found, Match.ELISION
    if language == "python" and not is_another_whole(lines, before):
        found = _merged(lines, before, repairs)
        if found is not None:
            return found, Match.ELISION
    found = _with_entries(lines, before, language, repairs)
    if found is not None:
        return found, Match.ELISION
    there = real_lines(before)
    if there >= _SMALL and real_lines(lines) < _PART * there:
        found = with_definitions(lines, before) if language in BRACED else None
        if found is not None:
            repairs.append(Repair("definitions put in their places"))
            return found, Match.ELISION
        raise _only_a_part(f"{real_lines(lines)} lines of {there}")
    repairs += list(_losses(lines, around, repairs))
    return lines, Match.GIVEN


def _losses(lines: Sequence[str], around: Around, known: Sequence[Repair]) -> Iterator[Repair]:
    before = around.old
    if holds_only_new(lines, before, around.language):
        raise _only_a_part("nothing of what the file has")
    if is_beginning(lines, around):
        yield from filter(None, [cut_short(lines, around)])
    elif all(one.risk != "high" for one in known) and (lost := lost_part(lines, before)):
        yield Repair(f"{lost} left out", risk="high")


def _with_entries(
    lines: Sequence[str], before: Sequence[str], language: str, repairs: list[Repair]
) -> list[str] | None:
    """The file with the entries of a block in their places; None for a block of all of it."""
    if language in CODE - BRACED - {"python"}:
        found = with_lone_members(lines, before, language, repairs)
        if found is not None:
            repairs.append(Repair("definitions put in their places"))
            return found
    part = part_of(lines, before, language) if real_lines(before) >= _SMALL else Part()
    if part.is_part and part.whole is None:
        raise _only_a_part(part.shown)
    repairs += part.repairs
    is_measured = part.whole is None and language in LANGUAGES and real_lines(before) >= _SMALL
    if is_measured and lost_tail(lines, before, language):
        repairs.append(Repair("last lines left out", risk="high"))
    if part.whole is not None:
        repairs.append(Repair("definitions put in their places"))
    return part.whole


def _merged(lines: Sequence[str], before: Sequence[str], repairs: list[Repair]) -> list[str] | None:
    """The file with the one definition of the block in it; None when the block is a whole file."""
    old, new = tree_of(before), tree_of(lines)
    if old is None or new is None:
        return None
    one = only_definition(new)
    if one is not None and len(old.body) > 1:
        lost, _ = lost_names(old, new)
        if lost or one.name in names_of(old) or real_lines(lines) < _PART * real_lines(before):
            found = merged(lines, before, old, repairs)
            repairs.append(Repair("one definition put in its place", one.name))
            return found
    lost, count = lost_names(old, new)
    if lacks_too_many(len(lost), count):
        parts = definitions_in(lines, new, names_of(old))
        if parts:
            return _each_merged(parts, before, repairs)
        raise _only_a_part("without " + ", ".join(f"`{name}`" for name in lost[:5]))
    return None


def _each_merged(
    parts: Sequence[Sequence[str]], before: Sequence[str], repairs: list[Repair]
) -> list[str]:
    """The file with each of several definitions in its place."""
    lines = list(before)
    for part in parts:
        tree = tree_of(lines)
        if tree is None:
            raise _only_a_part(f"{len(parts)} definitions")
        lines = merged(part, lines, tree, repairs)
    repairs.append(Repair("definitions put in their places", f"{len(parts)}"))
    return lines


def _left_out(gap: str) -> Exception:
    return unreadable(
        Refusal.ELIDED,
        f"The block leaves lines out: `{gap[:100]}`.",
        gap,
        f"The block leaves lines out where it says `{gap[:100]}`: write all lines of the file.",
    )


def _only_a_part(what: str) -> Exception:
    return unreadable(
        Refusal.ELIDED,
        f"The block holds only a part of the file: {what}.",
        what,
        f"The block holds only a part of the file ({what}): write the whole file.",
    )
