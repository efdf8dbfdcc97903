"""Which block of a reply is the new text of which file (JC-12)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.lines import real_lines
from understudy.reading import Refusal, UnreadableError, unreadable
from understudy.reading.block_paths import block_paths, other_file_within
from understudy.reading.exactly import exact_text
from understudy.reading.examples import Examples
from understudy.reading.languages import fits, language_of_word, never_a_file
from understudy.reading.shape import contents
from understudy.reading.targets import OWN, not_given, plain_path, unsafe
from understudy.reading.whose import share_in
from understudy.workspace.paths import is_safe_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading.fences import Fenced
    from understudy.reading.targets import Documents

_WHOLE = 0.6
"""A block with this share of a file's lines may be all of it."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Assigned:
    """Blocks and their files.

    Attributes:
        known: one block for each document, by its key.
        new: one block for each file that does not exist yet, by its path.
        leftovers: blocks that belong to nothing that was asked about.
    """

    known: dict[str, Fenced] = field(default_factory=dict)
    new: dict[str, Fenced] = field(default_factory=dict)
    leftovers: tuple[Fenced, ...] = ()


def assigned(blocks: Sequence[Fenced], documents: Documents) -> Assigned:
    """The file of each block: by its path, else by its language, else by its size.

    Blocks without a path are the document, or its `home` where it has one. The only block of a reply is
    so under any word, as long as its lines are those of the document.

    Raises:
        UnreadableError: a block names a file that was not given, or two blocks may be the same one.
    """
    by_key: dict[str, list[Fenced]] = {}
    by_path: dict[str, list[Fenced]] = {}
    nameless: list[Fenced] = []
    foreign: dict[str, Fenced] = {}
    for block, named in zip(blocks, block_paths(blocks, documents), strict=True):
        key, path = _found(named, documents)
        if key is not None:
            by_key.setdefault(key, []).append(block)
        elif not path:
            nameless.append(block)
        elif documents.may_create:
            by_path.setdefault(path, []).append(block)
        else:
            foreign[path] = block
    language = documents.own.language
    is_told = bool(documents.home and (by_key or by_path)) or OWN in by_key
    is_only = len(blocks) == 1
    mine = [
        block
        for block in nameless
        if _may_be(block, language) or (is_only and _shows(block, documents))
    ]
    if mine and not is_told and (mine := _not_quoted(mine, documents)):
        key = documents.find(documents.home)
        there = by_path if key is None else by_key
        there[documents.home if key is None else key] = _in_language(mine, language)
    if foreign and not _are_shown(foreign.values()):
        # All of the reply or nothing: without its other files, this one may be half of an edit.
        raise not_given(next(iter(foreign)))
    if not by_key and not by_path:
        raise _nothing(foreign, nameless)
    known = {
        key: _largest(_without_examples(found, key, documents), documents.text(key))
        for key, found in by_key.items()
    }
    _refuse_two_files(((block, documents.text(key)) for key, block in known.items()), documents)
    new = {path: _largest(found, "") for path, found in by_path.items()}
    used = {id(block) for block in (*known.values(), *new.values())}
    return Assigned(known, new, tuple(block for block in blocks if id(block) not in used))


def names_file(blocks: Sequence[Fenced], documents: Documents) -> bool:
    """Whether a block names a document that may be rewritten or a file that may be made, or needs not."""
    for block, named in zip(blocks, block_paths(blocks, documents), strict=True):
        try:
            key, path = _found(named, documents)
        except UnreadableError:
            continue
        if key is not None or (path and documents.may_create):
            return True
        if not path and documents.home and _may_be(block, documents.own.language):
            return True
    return False


def _not_quoted(blocks: list[Fenced], documents: Documents) -> list[Fenced]:
    """The blocks without those that show the document, as it is or changed, where another is meant.

    Raises:
        UnreadableError: there are no others.
    """
    if not documents.home:
        return blocks
    lines = set(map(str.strip, contents(documents.own.text)))
    found = [block for block in blocks if not _is_part(block, lines)]
    if documents.key(documents.home) != OWN:
        found = [
            block for block in found if share_in(contents(block.text), documents.own.text) <= _HALF
        ]
        if blocks and not found:
            raise unreadable(
                Refusal.NO_EDIT,
                f"The reply holds `{documents.own.name[:100]}`, and nothing for"
                f" `{documents.home[:100]}`.",
            )
    return found


def refuse_other_file(
    chosen: Sequence[Fenced], blocks: Sequence[Fenced], documents: Documents
) -> None:
    """Refuse blocks that are to take the place of lines, and name another file.

    Args:
        chosen: the blocks.
        blocks: all of the reply, in order.
        documents: what may be changed.

    Raises:
        UnreadableError: a block names such a file.
    """
    _refuse_two_files(((block, documents.own.text) for block in chosen), documents)
    starts = {block.start for block in chosen}
    for block, named in zip(blocks, block_paths(blocks, documents), strict=True):
        if block.start in starts:
            key, path = _found(named, documents)
            if key is None and path:
                raise not_given(path)


def _refuse_two_files(blocks: Iterable[tuple[Fenced, str]], documents: Documents) -> None:
    """Refuse a block in which the text of another file begins below the document's."""
    for block, old in blocks:
        if path := other_file_within(block, old, documents):
            raise not_given(path)


def _are_shown(blocks: Iterable[Fenced]) -> bool:
    """Whether blocks are only shown: commands, output, and what they are not the text of."""
    return all(never_a_file(block.word) for block in blocks)


def _found(path: str, documents: Documents) -> tuple[str | None, str]:
    if not path:
        return None, ""
    key = documents.find(path)
    if key is not None:
        return key, ""
    plain = plain_path(path)
    if not is_safe_below(plain):
        raise unsafe(path)
    return None, plain


def _may_be(block: Fenced, language: str) -> bool:
    if never_a_file(block.word) and language_of_word(block.word) != language:
        return language_of_word(block.word) == "plaintext"
    return fits(block.word, language)


def _shows(block: Fenced, documents: Documents) -> bool:
    """Whether a block under the word of another language, or under any word, is the document by its lines."""
    lines, text = contents(block.text), documents.own.text
    shares = share_in(lines, text), share_in(contents(text), block.text)
    return not never_a_file(block.word) and max(shares) >= _HALF


def _in_language(blocks: list[Fenced], language: str) -> list[Fenced]:
    return [block for block in blocks if language_of_word(block.word) == language] or blocks


def _without_examples(blocks: list[Fenced], key: str, documents: Documents) -> list[Fenced]:
    """The blocks that may be a file's, without those that show it at work, where it is told apart."""
    if len(blocks) == 1 or documents.may_create:
        return blocks
    examples = Examples(documents.text(key), documents.language(key), documents.paths)
    others = [block for block in blocks if not examples.shows(block)]
    return others or blocks


def _largest(blocks: Sequence[Fenced], old: str) -> Fenced:
    """The one block; of several, the one that is a whole file while the others are parts of it."""
    different = list({block.text: block for block in blocks}.values())
    if len(different) > 1:
        # A model that shows the file as it was, and as it is to be, means the latter.
        before = contents(old)
        different = [one for one in different if contents(one.text) != before] or different[:1]
    if len(different) == 1:
        return different[0]
    by_size = sorted(different, key=_size)
    largest, others = by_size[-1], by_size[:-1]
    if exact_text(largest) is None and _size(largest) >= _WHOLE * real_lines(contents(old)):
        lines = set(map(str.strip, contents(largest.text)))
        if all(2 * _size(block) < _size(largest) or _is_part(block, lines) for block in others):
            return largest
    raise unreadable(
        Refusal.AMBIGUOUS,
        f"The reply holds {len(different)} blocks for the same file.",
        "",
        f"The reply holds {len(different)} blocks for the same file: write one, with all of it.",
    )


def _size(block: Fenced) -> int:
    return real_lines(contents(block.text))


def _is_part(block: Fenced, lines: set[str]) -> bool:
    return all(line.strip() in lines for line in contents(block.text))


def _nothing(foreign: dict[str, Fenced], unused: Iterable[Fenced]) -> UnreadableError:
    if foreign:
        return not_given(next(iter(foreign)))
    words = {block.word for block in unused if block.word}
    what = f" in the file's language, only {', '.join(sorted(words))}" if words else ""
    return unreadable(
        Refusal.NO_EDIT,
        f"The reply holds no block{what}.",
        "",
        "Write the whole file in one fenced block in its own language.",
    )
