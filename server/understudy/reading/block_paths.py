"""Which path the blocks of a reply are said to have: by their labels, else by the words above them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.reading.exactly import exact_text
from understudy.reading.file_names import attribute_in
from understudy.reading.languages import CODE, fits_path, language_of_word, never_a_file
from understudy.reading.lead_in import label_in
from understudy.reading.named_inside import named_first, named_inside, named_later
from understudy.reading.path_words import named_in
from understudy.reading.piece_files import Piece, path_in_info, paths_of
from understudy.reading.shape import contents
from understudy.reading.targets import plain_path
from understudy.reading.whose import Shown, share_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fenced
    from understudy.reading.targets import Documents

_HEAD = 1_000
"""So many characters of a block may stand above its first line of code."""
_HALF = 0.5
_MARKS = re.compile(r"\s{0,3}#{1,6}\s|")


def block_paths(blocks: Sequence[Fenced], documents: Documents) -> list[str]:
    """The path of each block of a reply, as it is written; empty where nothing names one.

    The only name in the reply is left out where it is made up. Where code has a `home`, only what says nothing but a path names another file, and no sentence.
    A file that is not known must be one of the language that the block is in.
    """
    pieces = (
        Piece(_label(one, documents), _heard(one, documents), Shown(new=contents(one.text)))
        for one in blocks
    )
    paths = paths_of(pieces, documents)
    if _is_made_up(paths, blocks, documents):
        return [""] * len(paths)
    if not documents.home:
        return paths
    return [
        path if _may_be_in(path, block, documents) else ""
        for path, block in zip(paths, blocks, strict=True)
    ]


def _is_made_up(paths: Sequence[str], blocks: Sequence[Fenced], documents: Documents) -> bool:
    """Whether the only name in a reply is made up for a document that the blocks under it show."""
    named = [block for path, block in zip(paths, blocks, strict=True) if path]
    every = {plain_path(path) for path in paths if path}
    if len(every) != 1 or not documents.is_made_up(name := every.pop()):
        return False
    code = ([line for line in contents(block.text) if name not in line] for block in named)
    return any(share_in(lines, documents.own.text) >= _HALF for lines in code)


def other_file_within(block: Fenced, old: str, documents: Documents) -> str:
    """The file whose text begins within a block, below that of another one; empty for none.

    Args:
        block: of a reply.
        old: the text that the block replaces.
        documents: what may be changed.
    """
    if exact_text(block) is not None or documents.own.language not in CODE:
        return ""
    for path in named_later(contents(block.text), set(contents(old)), documents.paths):
        if documents.key(path) is None and fits_path(documents.own.language, path):
            return path
    return ""


def _heard(block: Fenced, documents: Documents) -> list[str]:
    """The lines above a block, without those that only speak of a file, where these may be new ones."""
    if not (documents.home or documents.may_create):
        return list(block.above)
    return [_without_mention(line, block, documents) for line in block.above]


def _without_mention(line: str, block: Fenced, documents: Documents) -> str:
    """A line; of one that only speaks of files, the marks of the heading that it is, if any."""
    named = named_in(line.strip(), documents.paths)
    is_label = label_in(line, documents.paths) or attribute_in(line.strip())
    if not named or is_label:
        return line
    may_be = any(_may_be_in(one.path, block, documents) for one in named)
    found = _MARKS.match(line)
    return line if may_be and not documents.home else found.group() if found else ""


def _may_be_in(path: str, block: Fenced, documents: Documents) -> bool:
    """Whether a path is that of a document, or may be that of a new file with a block's text."""
    return not path or documents.key(path) is not None or fits_path(block.word, path)


def _label(block: Fenced, documents: Documents) -> str:
    """The path that a block itself names; empty for none."""
    known = documents.paths
    if info := path_in_info(block.info, known):
        return info
    if never_a_file(block.word) and not fits_any(block.word, documents):
        return ""
    # A text that is meant to the letter may begin with any comment.
    if exact_text(block) is not None:
        return ""
    lines = contents(block.text[:_HEAD])
    is_code = documents.own.language in CODE
    inside = named_first(lines, known) if is_code else named_inside(lines, known)
    is_known = documents.key(inside.path) is not None
    own = contents(documents.own.text) if inside.path and not is_known else ()
    if not is_known and not fits_path(block.word, inside.path):
        return ""
    return "" if any(inside.path in line and line in own for line in lines[:6]) else inside.path


def fits_any(word: str, documents: Documents) -> bool:
    """Whether a fence's word names the language of a document that may be rewritten."""
    views = (documents.own, *documents.others.values())
    return any(language_of_word(word) == view.language for view in views)
