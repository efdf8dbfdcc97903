"""Which block of a reply is the new text of which file (JC-12)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.core.lines import real_lines
from understudy.reading import Refusal, Repair, UnreadableError, unreadable
from understudy.reading.exactly import exact_text
from understudy.reading.file_names import (
    path_alone,
    path_in_comment,
    path_in_info,
    words_like_paths,
)
from understudy.reading.languages import fits, language_of_word, never_a_file
from understudy.reading.shape import contents
from understudy.reading.targets import OWN, not_given, plain_path, unsafe
from understudy.workspace.paths import is_safe_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from understudy.reading.fences import Fenced
    from understudy.reading.targets import Documents

_WHOLE = 0.6
"""A block with this share of a file's lines may be all of it."""


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

    Blocks without a path are the document, or its `home` where it has one.

    Raises:
        UnreadableError: a block names a file that was not given, or two blocks may be the same one.
    """
    by_key: dict[str, list[Fenced]] = {}
    by_path: dict[str, list[Fenced]] = {}
    nameless: list[Fenced] = []
    foreign: dict[str, Fenced] = {}
    for block in blocks:
        key, path = _file_of(block, documents)
        if key is not None:
            by_key.setdefault(key, []).append(block)
        elif not path:
            nameless.append(block)
        elif documents.may_create:
            by_path.setdefault(path, []).append(block)
        else:
            foreign[path] = block
    language = documents.own.language
    unused = [block for block in nameless if not _may_be(block, language)]
    mine = _not_quoted([block for block in nameless if _may_be(block, language)], documents)
    if mine and not (documents.home and (by_key or by_path)) and OWN not in by_key:
        key = documents.find(documents.home)
        there = by_path if key is None else by_key
        there[documents.home if key is None else key] = _in_language(mine, language)
    if foreign and not _are_shown(foreign.values()):
        # All of the reply or nothing: without its other files, this one may be half of an edit.
        raise not_given(next(iter(foreign)))
    if not by_key and not by_path:
        raise _nothing(foreign, unused)
    known = {key: _largest(found, documents.text(key)) for key, found in by_key.items()}
    new = {path: _largest(found, "") for path, found in by_path.items()}
    used = {id(block) for block in (*known.values(), *new.values())}
    return Assigned(known, new, tuple(block for block in blocks if id(block) not in used))


def names_file(blocks: Iterable[Fenced], documents: Documents) -> bool:
    """Whether a block names a document that may be rewritten or a file that may be made, or needs not."""
    for block in blocks:
        try:
            key, path = _file_of(block, documents)
        except UnreadableError:
            continue
        if key is not None or (path and documents.may_create):
            return True
        if not path and documents.home and _may_be(block, documents.own.language):
            return True
    return False


def _not_quoted(blocks: list[Fenced], documents: Documents) -> list[Fenced]:
    """The blocks without those that only show the document, where another file is meant."""
    if not documents.home:
        return blocks
    lines = set(map(str.strip, contents(documents.own.text)))
    return [block for block in blocks if not _is_part(block, lines)]


def refuse_other_file(blocks: Iterable[Fenced], documents: Documents) -> None:
    """Refuse blocks that are to take the place of lines, and name another file by its whole path.

    A bare name may be one that the model made up for the lines.

    Raises:
        UnreadableError: a block names such a file.
    """
    for block in blocks:
        key, path = _file_of(block, documents)
        folders, _, name = path.rpartition("/")
        if key is None and folders and "." in name:
            raise not_given(path)


def without_own_name(lines: list[str], documents: Documents, repairs: list[Repair]) -> list[str]:
    """The lines of a block without a comment above them that names the document."""
    path = path_in_comment(lines[0]) if lines else ""
    if not path or lines[0] in contents(documents.own.text) or _known(path, documents) != OWN:
        return lines
    repairs.append(Repair("file named inside the block", lines[0][:80]))
    return lines[1:]


def _are_shown(blocks: Iterable[Fenced]) -> bool:
    """Whether blocks are only shown: commands, output, and what they are not the text of."""
    return all(never_a_file(block.word) for block in blocks)


def _file_of(block: Fenced, documents: Documents) -> tuple[str | None, str]:
    """The key of the document that a block names, or the path of another file; else neither."""
    info = path_in_info(block)
    if info:
        return _found(info, documents)
    if never_a_file(block.word) and not fits_any(block.word, documents):
        return None, ""
    first = next(iter(contents(block.text[:400])), "")
    # A text that is meant to the letter may begin with any comment.
    if exact_text(block) is None and (comment := path_in_comment(first)):
        key = _known(comment, documents)
        if key is not None or first not in contents(documents.own.text):
            return (key, "") if key is not None else _found(comment, documents)
    return _file_above(block, documents)


def _file_above(block: Fenced, documents: Documents) -> tuple[str | None, str]:
    """The same, by the line above the block."""
    if heading := path_alone(block.before):
        return _found(heading, documents)
    words = list(words_like_paths(block.before))
    keys = {_known(word, documents) for word in words} - {None}
    if not keys and (namesake := next((w for w in words if _is_namesake(w, documents)), "")):
        return _found(namesake, documents)
    return (keys.pop() if len(keys) == 1 else None), ""


def _is_namesake(path: str, documents: Documents) -> bool:
    """Whether a path with folders has the name of the file that was asked about."""
    folders, _, name = plain_path(path).rpartition("/")
    own = documents.own.name.rpartition("/")[-1]
    return bool(folders) and name.casefold() == own.casefold()


def fits_any(word: str, documents: Documents) -> bool:
    """Whether a fence's word names the language of a document that may be rewritten."""
    views = (documents.own, *documents.others.values())
    return any(language_of_word(word) == view.language for view in views)


def _found(path: str, documents: Documents) -> tuple[str | None, str]:
    key = documents.find(path)
    if key is not None:
        return key, ""
    plain = plain_path(path)
    if not is_safe_below(plain):
        raise unsafe(path)
    return None, plain


def _known(path: str, documents: Documents) -> str | None:
    try:
        return documents.find(path)
    except UnreadableError:
        return None


def _may_be(block: Fenced, language: str) -> bool:
    if never_a_file(block.word) and language_of_word(block.word) != language:
        return language_of_word(block.word) == "plaintext"
    return fits(block.word, language)


def _in_language(blocks: list[Fenced], language: str) -> list[Fenced]:
    return [block for block in blocks if language_of_word(block.word) == language] or blocks


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
