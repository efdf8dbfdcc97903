"""Blocks of code beside the edits of a reply, which none of these edits accounts for (JC-12).

A model that writes one file as edits and the next as plain code has still written both. Half of such
an edit is worse than none. Commands, output, and what only quotes the files are no edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Refusal, Repair, UnreadableError, unreadable
from understudy.reading.examples import Examples
from understudy.reading.fences import fenced
from understudy.reading.headings import heading_of
from understudy.reading.languages import fits, is_language, language_of_word, never_a_file
from understudy.reading.lead_in import label_in, lead_of
from understudy.reading.named_inside import named_inside
from understudy.reading.piece_files import path_in_info
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading import Risk
    from understudy.reading.fences import Fenced
    from understudy.reading.targets import Documents

_SHOWN = 200
_SHORT = 2
"""A block of so few lines is a remark, unless it is asked for or a file's name stands above it."""
_MOST = 50
"""Of more blocks than these, what they quote is only told line by line."""
_DATA = frozenset({"json", "jsonc", "yaml", "toml", "xml", "ini", "csv", "log"})


class Unassigned(NamedTuple):
    """Blocks that belong to no edit, shortened, and what they mean for the edits."""

    shown: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()


def unassigned(
    answer: str, prose: str, documents: Documents, afters: Iterable[str | None]
) -> Unassigned:
    """The blocks of a reply that no edit came from.

    Args:
        answer: the reply.
        prose: its lines that belong to no edit.
        documents: what the reply may change.
        afters: what its edits make of these.

    Raises:
        UnreadableError: a block is the text of a file, in another form than the edits.
    """
    if "```" not in answer and "~~~" not in answer:
        return Unassigned()
    said = set(_real(prose))
    blocks = [one for one in fenced(answer).blocks if said.issuperset(_real(one.text))]
    if not blocks:
        return Unassigned()
    texts = [documents.own.text, *(view.text for view in documents.others.values())]
    written = [_real(text) for text in (*texts, *filter(None, afters))]
    known = {line for lines in written for line in lines}
    quoted = ["\n".join(("", *lines, "")) for lines in written]
    own = documents.own
    examples = Examples(own.text, own.language, documents.paths)
    repairs: list[Repair] = []
    for block in blocks:
        lines = _real(block.text)
        here = "\n".join(("", *lines, ""))
        is_known = known.issuperset(lines)
        if is_known and (len(blocks) > _MOST or any(here in text for text in quoted)):
            continue
        if path := _path(block, lines, documents):
            raise _in_another_form(path)
        if lines and _is_code(block, lines, known, own.language):
            repairs += _left_out(block, lines, examples, documents, is_known=is_known)
    return Unassigned(tuple(one.text[:_SHOWN] for one in blocks), tuple(repairs))


def _left_out(
    block: Fenced,
    lines: Sequence[str],
    examples: Examples,
    documents: Documents,
    *,
    is_known: bool,
) -> list[Repair]:
    """What is told of a block of code that is not used; few lines that the files have are a quotation."""
    # Where files may be written, a test may be one.
    if not documents.may_create and examples.shows(block):
        return [Repair("example left out", (block.before or lines[0])[:80])]
    is_short = len(lines) <= _SHORT and not examples.asked_for(block)
    if is_known and is_short:
        return []
    risk: Risk = "low" if is_short else "high"
    return [Repair("code beside the edits was not used", lines[0][:80], risk)]


def _real(text: str) -> list[str]:
    return [bare for line in contents(text) if (bare := line.strip())] if text else []


def _path(block: Fenced, lines: Sequence[str], documents: Documents) -> str:
    """The path of the file that a block is the text of; empty for none that is certain."""
    is_text = language_of_word(block.word) == "plaintext"
    if never_a_file(block.word) and not is_text:
        return ""
    known = documents.paths
    label = path_in_info(block.info, known) or named_inside(lines, known).path
    if label := label or label_in(block.before, known):
        return label
    if is_text or len(lines) < _SHORT or not fits(block.word, documents.own.language):
        return ""
    told = lead_of(block.above, documents)
    return told.path if told.line is not None or _is_known(told.path, documents) else ""


def _is_known(path: str, documents: Documents) -> bool:
    try:
        return bool(path) and documents.find(path, alone=False) is not None
    except UnreadableError:
        return False


def _is_code(block: Fenced, lines: Sequence[str], known: set[str], language: str) -> bool:
    """Whether a block may be part of a program, and no command, data or output."""
    word = language_of_word(block.word)
    if never_a_file(word) or (word in _DATA and not fits(word, language)):
        return False
    if word:
        return is_language(word)
    return not known.isdisjoint(lines) or any(map(heading_of, lines))


def _in_another_form(path: str) -> UnreadableError:
    return unreadable(
        Refusal.OTHER_FILE,
        f"Beside its edits, the reply holds the text of `{path[:100]}` as a plain block.",
        path,
        f"`{path[:100]}` stands in a plain block beside the edits: write all files in the form that"
        " was asked for.",
    )
