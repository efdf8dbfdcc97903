"""Which of the blocks of a reply is the new text of the lines that were asked about."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading import Refusal, Repair, unreadable
from understudy.reading.examples import Examples
from understudy.reading.headings import heading_of
from understudy.reading.import_lines import is_import
from understudy.reading.languages import fits, is_language, language_of_word, never_a_file
from understudy.reading.shape import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.reading.fences import Fenced

_PAIR = 2
_DATA = frozenset({"json", "jsonc", "yaml", "toml", "xml", "ini"})
_CORRECTED = re.compile(
    r"\b(?:correct(?:ed|ion)|wait|oops|scratch that|revised|that(?:'s|\u2019s| is| was) wrong"
    r"|mistake|final (?:version|answer|code)|instead)\b",
    re.IGNORECASE,
)
"""What is said between a draft and the block that takes it back."""


class Wanted(NamedTuple):
    """What blocks are chosen for.

    Attributes:
        language: an LSP language id.
        file: the whole document.
        old: the lines that are replaced, without their ends.
        paths: the whole paths of known files.
    """

    language: str
    file: str
    old: Sequence[str]
    paths: tuple[str, ...] = ()


def chosen(blocks: Sequence[Fenced], wanted: Wanted, repairs: list[Repair]) -> Fenced:
    """The one block; of several, the only one in the document's language.

    Args:
        blocks: of the reply.
        wanted: what they may be the new text of.
        repairs: gets an entry for a draft that was left out.

    Raises:
        UnreadableError: no block is code, or several are.
    """
    language = wanted.language
    own = [block for block in blocks if not _is_foreign(block, language, wanted.file)]
    if not own:
        raise unreadable(Refusal.NO_EDIT, "The reply holds commands or a patch, but no code.")
    if len(own) == 1:
        return own[0]
    fitting = [block for block in own if language_of_word(block.word) == language]
    if not fitting:
        fitting = [block for block in own if block.word and fits(block.word, language)]
    # A model that shows the lines as they were, and as they are to be, means the latter.
    old = list(wanted.old)
    fitting = [block for block in fitting if contents(block.text) != old] or fitting[:1]
    if fitting and all(block.text == fitting[0].text for block in fitting):
        return fitting[0]
    fitting = _without_shown(fitting, wanted)
    if len(fitting) == 1:
        return fitting[0]
    one = _with_imports(fitting, language) or _corrected(fitting, repairs)
    one = one or _with_new(fitting, wanted, repairs)
    if one is not None:
        return one
    raise unreadable(
        Refusal.AMBIGUOUS,
        f"The reply holds {len(own)} fenced blocks, and one was asked for.",
        "",
        f"The reply holds {len(own)} fenced blocks: write exactly one.",
    )


def _is_foreign(block: Fenced, language: str, file: str) -> bool:
    """Whether a block holds commands, or data under the name of another language."""
    word = language_of_word(block.word)
    if never_a_file(word):
        return word not in {language, "plaintext"}
    if word not in _DATA or fits(word, language) or not is_language(language):
        return False
    known = {line.strip() for line in contents(file)} - {""}
    return known.isdisjoint(line.strip() for line in contents(block.text))


def _with_imports(blocks: Sequence[Fenced], language: str) -> Fenced | None:
    """The code below its imports, which stand in a block of their own."""
    imports = [block for block in blocks if _is_imports(block, language)]
    others = [block for block in blocks if not _is_imports(block, language)]
    if len(imports) != 1 or len(others) != 1:
        return None
    head = imports[0].text.rstrip("\r\n")
    return replace(others[0], text=f"{head}\n\n{others[0].text}")


def _is_imports(block: Fenced, language: str) -> bool:
    lines = [line for line in contents(block.text) if line.strip()]
    return bool(lines) and all(is_import(line, language) for line in lines)


def _with_new(blocks: Sequence[Fenced], wanted: Wanted, repairs: list[Repair]) -> Fenced | None:
    """The code with a new definition, which stands in a block of its own and is used by the other."""
    own = next(filter(None, map(heading_of, wanted.old)), "")
    named = [(_name(block), block) for block in blocks]
    if not own or len(blocks) != _PAIR or [name for name, _ in named].count(own) != 1:
        return None
    code = next(block for name, block in named if name == own)
    new, other = next(pair for pair in named if pair[0] != own)
    word = re.compile(rf"(?<!\w){re.escape(new)}(?!\w)")
    if not new or word.search(wanted.file) or not word.search(code.text):
        return None
    repairs.append(Repair("two blocks joined", f"`{new}` and `{own}`", "low"))
    blank = "\n\n" if wanted.language == "python" and not other.text[:1].isspace() else "\n"
    first, second = (one.text for one in blocks)
    stripped = first.rstrip("\r\n")
    return replace(code, text=f"{stripped}\n{blank}{second}")


def _without_shown(blocks: list[Fenced], wanted: Wanted) -> list[Fenced]:
    """The blocks without those that quote the one with the definition, use it or test it."""
    own = next(filter(None, map(heading_of, wanted.old)), "")
    named = [block for block in blocks if _name(block) == own]
    if not own or len(named) != 1:
        return blocks
    examples = Examples(wanted.file, wanted.language, wanted.paths)
    whole = [_real(wanted.old), _real(contents(named[0].text))]
    return [
        block
        for block in blocks
        if block is named[0] or not (_is_quoted(block, whole) or examples.shows(block))
    ]


def _is_quoted(block: Fenced, texts: Sequence[str]) -> bool:
    """Whether a block is a few lines of one of some texts, one after the other."""
    return any(_real(contents(block.text)) in text for text in texts)


def _real(lines: Sequence[str]) -> str:
    return "\n".join(("", *(bare for line in lines if (bare := line.strip())), ""))


def _corrected(blocks: Sequence[Fenced], repairs: list[Repair]) -> Fenced | None:
    """The last block, where the words above it take the others back, which define the same."""
    if not blocks or not _CORRECTED.search(blocks[-1].before):
        return None
    names = {_name(block) for block in blocks}
    if len(names) > 1 or names == {""}:
        return None
    repairs.append(Repair("one of several blocks chosen", blocks[-1].before.strip()[:80], "high"))
    return blocks[-1]


def _name(block: Fenced) -> str:
    return next(filter(None, map(heading_of, contents(block.text))), "")
