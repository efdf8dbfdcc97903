"""Names in all the forms that a reader knows them by: `parser` in `Parsers'`, `reparser` and `orderParser`.

Endings are taken off words as often as they are put to them, and more generously than a grammar would:
a plain word that is masked needlessly costs less than a name that is not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.learning.irregular_forms import first_forms
from understudy.learning.public_names import is_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_PLURALS = (("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"))
_NO_PLURALS = ("ss", "us", "is")
_LATIN_PLURALS = (
    *(("ices", "ex"), ("ices", "ix"), ("es", "is"), ("a", "um"), ("a", "on"), ("i", "us")),
    *(("ae", "a"), ("ata", "a"), ("eaux", "eau")),
)
_LATIN_NOUNS = (
    *(("ication", "y"), ("sion", "d"), ("sion", "de"), ("sion", "t"), ("ssion", "t")),
    *(("ption", "be"), ("mption", "me"), ("eption", "eive"), ("ution", "ve"), ("ction", "ce")),
)
"""Endings that are looked at once, on a whole word: of what is left of others they make any word."""
_WITH_VOWELS = (
    *("ed", "ing", "er", "or", "est", "able", "ible", "ion", "ation"),
    *("al", "ive", "ity", "ize", "ise", "ish", "ance", "ence", "age", "ate", "ure", "en", "y"),
)
"""Endings before which an `e` goes and a consonant is doubled: `cached`, `tagging`."""
_ENDINGS = (
    *_PLURALS,
    *(
        (end, "")
        for end in (
            *(*_WITH_VOWELS, "d", "r", "n", "st", "ren", "ly", "ment", "ness", "less", "ful"),
            "th",
        )
    ),
    *((end, "e") for end in _WITH_VOWELS),
    *((end, "y") for end in ("ied", "ier", "iest", "ily", "iness")),
    ("ying", "ie"),
    *(("ise", "ize"), ("ize", "ise"), ("lyse", "lyze"), ("lyze", "lyse")),
)
_MOST_ENDINGS = 3
_PREFIXES = (
    "un",
    "re",
    "pre",
    "non",
    "sub",
    "de",
    "dis",
    "mis",
    "over",
    "under",
    "out",
    "in",
    "im",
)
_FEWEST = 3
"""Letters that are left of a word when its endings are taken off."""
_IN_COMPOUND, _IN_ANY = 4, 5
"""Letters of a name that is known again beside a plain word in one, and beside whatever else."""
_FIXED = frozenset(
    (
        *("after", "already", "also", "always", "another", "anything", "being", "better"),
        *("both", "does", "during", "either", "ever", "every", "everything", "has", "his"),
        *("however", "into", "its", "later", "less", "need", "neither", "never", "nothing"),
        *("other", "over", "per", "rather", "something", "than", "their", "then", "there"),
        *("this", "thus", "under", "unless", "was", "whatever", "whether", "without", "yes"),
    )
)
"""Words that are no form of any other one, whatever their ends are."""
_OF_THEIR_OWN = frozenset(
    (
        *("bent", "bore", "bound", "fell", "felt", "found", "ground", "lay", "left", "lit"),
        *("lost", "rose", "saw", "shed", "shot", "spent", "spoke", "stuck", "thought", "wound"),
    )
)
"""Words that are no form of another one when they are a name, though they may be in a text."""
_FEWEST_IRREGULAR = 4
"""Letters of an irregular form that is known again behind others, as in `overwritten`."""
_SIGNS, _NO_LETTERS = re.compile(r"[\W_]+"), re.compile(r"[\W_\d]+")
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def known_forms(names: Iterable[str]) -> frozenset[str]:
    """What `tells` knows names by: each name, every word of it, and these in their first form.

    That is the singular of `indices`, and `write` for `written`.

    Args:
        names: in any case.
    """
    found: set[str] = set()
    for name in names:
        found |= set(_words(name.strip()))
    singular = {
        one[: -len(end)] + instead
        for one in found
        for end, instead in (*_PLURALS, *_LATIN_PLURALS)
        if one.endswith(end) and len(one) - len(end) >= _FEWEST
        if instead or not one.endswith(_NO_PLURALS)
    }
    return frozenset(found | singular).union(*map(_regular, found - _OF_THEIR_OWN))


def tells(text: str, names: Collection[str]) -> bool:
    """Whether a text without blanks holds a name, in some form or as a part of it.

    Args:
        text: a word, or several with signs or capital letters between them.
        names: as `known_forms` has them.
    """
    return any(_is_form(word, names) for word in _words(text))


def tells_together(words: Sequence[str], names: Collection[str]) -> bool:
    """Whether words that stand side by side are a name that is written in one, in some form.

    What one of them tells by itself is left to `tells`.

    Args:
        words: without what surrounds them.
        names: as `known_forms` has them.
    """
    bare = [_bare(word) for word in words]
    longest = max(map(len, bare))
    return any(one in names and len(one) > longest for one in _stems("".join(bare)))


def _bare(text: str) -> str:
    """Small letters without accents and signs."""
    return _SIGNS.sub("", _unaccented(text)).casefold()


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(char for char in apart if not unicodedata.combining(char))


def _words(text: str) -> Iterator[str]:
    """The whole as it stands and without its signs, and each word of it; small letters without accents."""
    bare = _unaccented(text)
    apart, lettered = _SIGNS.split(bare), _NO_LETTERS.split(bare)
    humps = [hump for word in lettered for hump in _HUMP.findall(word)]
    for one in (bare, "".join(apart), *apart, *lettered, *humps):
        if len(one) > 1:
            yield one.casefold()


def _is_form(word: str, names: Collection[str]) -> bool:
    if word in names:
        return True
    if word in _FIXED:
        return False
    stems = _stems(word)
    return any(one in names for one in stems) or any(_is_compound(one, names) for one in stems)


def _is_compound(word: str, names: Collection[str]) -> bool:
    """Whether a word begins or ends with a name, as `codebase` and `docstring` do."""
    halves = [(word[:cut], word[cut:]) for cut in range(1, len(word))]
    return any(
        one in names and (len(one) >= _IN_ANY or (len(one) >= _IN_COMPOUND and is_word(rest)))
        for head, tail in halves
        for one, rest in ((head, tail), (tail, head))
    )


@lru_cache(maxsize=4_096)
def _stems(word: str) -> frozenset[str]:
    """All that may be left of a word when endings and a prefix are taken off it."""
    latin, fresh = set(_latin(word)), {word}
    found = {word}
    for _ in range(_MOST_ENDINGS):
        fresh = {stem for one in fresh for stem in _shorter(one)} - found
        found |= fresh
    found |= latin
    for prefix in _PREFIXES:
        found |= {one.removeprefix(prefix) for one in found if one.startswith(prefix)}
    # Of a name of two letters there is no form but its plural.
    return frozenset(one for one in found if len(one) >= _FEWEST or f"{one}s" == word)


def _latin(word: str) -> Iterator[str]:
    """The first forms of a word by its Latin ending, and of its singular: `solve` for `solutions`."""
    for ending, instead in _LATIN_PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)] + instead
    for ending, instead in _LATIN_NOUNS:
        stem = word.removesuffix("s").removesuffix(ending)
        if len(stem) >= _FEWEST and word.removesuffix("s") == stem + ending:
            yield stem + instead


def _shorter(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield stem + instead
            # A consonant that was doubled, and the `k` of `panicked`.
            if len(stem) > _FEWEST and (stem[-1] == stem[-2] or stem.endswith("ck")):
                yield stem[:-1]
    yield from _regular(word)


def _regular(word: str) -> Iterator[str]:
    """The first form of a word that ends with an irregular one: `rewrite` for `rewrote`."""
    for begin in range(len(word)):
        head, form = word[:begin], word[begin:]
        if not head or head in _PREFIXES or len(form) >= _FEWEST_IRREGULAR:
            yield from (head + first for first in first_forms(form))
