"""About how many tokens a text has, told from its runs of letters, digits, marks and blanks.

Tokenizers cut texts where the kind of character changes and long words into pieces. So the number of
tokens is nearly a sum over such changes, each with its weight. The weights are those with the least
relative error, none negative, on 1,300 files in some 25 languages, counted with the vocabulary
`o200k_base`. On 1,300 other files half of the counts were off by less than 3.6 %, nine tenths by less
than 12 %; a quarter of the characters is off by 12.7 % and 30 %. An emoji's weight is the mean over
848 of them.

Every character counts with the one before it, and the first as if it followed the end of a line. So
the counts of whole lines add up to that of their text.
"""

from __future__ import annotations

import math

_LOWER, _UPPER, _DIGIT, _MARK, _BLANK, _TAB, _END = "a", "A", "0", "p", " ", "t", "n"
_KINDS = "aA0p tn23yjk4c"
"""Beside these: bytes that begin a character of Latin and other small scripts (`2`), of Greek and
Cyrillic (`y`), of Chinese and Japanese (`j`), of Korean (`k`), of other scripts (`3`), of emoji (`4`),
and bytes that go on with one (`c`)."""

_STARTS: tuple[tuple[str, float], ...] = (
    (_UPPER, 1.0),
    (_MARK, 0.49),
    (_DIGIT, 1.68),
    (_END, 0.43),
    (_TAB, 1.05),
)
"""What the beginning of a run counts."""
_PIECES: tuple[tuple[bytes, float], ...] = (
    (b"AAa", 1.3),
    (b"AAA", 0.08),
    (b"aaaaaa", 0.08),
    (b"aaaaaaaaaaaa", 1.53),
    (b"ppp", 0.54),
    (b"000", 0.53),
    (b" p", 0.52),
    (b"tp", 0.49),
    (b"2", 0.79),
    (b"y", 0.32),
    (b"3", 1.15),
    (b"j", 0.76),
    (b"k", 0.79),
    (b"4", 2.2),
)
"""What each of these pieces counts, wherever it stands."""
_WORD = 1.1
"""A run of small letters that does not go on with a capital."""
_INDENTATION = 0.85
"""A run of two and more blanks."""


def _kind(byte: int) -> str:
    """The kind of a byte of UTF-8."""
    if byte >= 0x80:
        return _kind_beyond_ascii(byte)
    character = chr(byte)
    if character.isalpha():
        return _LOWER if character.islower() else _UPPER
    if character.isdigit():
        return _DIGIT
    return {"\n": _END, "\r": _END, " ": _BLANK, "\t": _TAB}.get(character, _MARK)


def _kind_beyond_ascii(byte: int) -> str:
    first = ((0xF0, "4"), (0xEE, "3"), (0xEA, "k"), (0xE3, "j"), (0xE0, "3"), (0xD4, "2"))
    return next((kind for least, kind in (*first, (0xCE, "y"), (0xC2, "2")) if byte >= least), "c")


_TABLE = "".join(map(_kind, range(256))).encode()


def _pairs() -> tuple[tuple[bytes, float], ...]:
    starts = [
        (f"{before}{kind}", weight)
        for kind, weight in _STARTS
        for before in _KINDS
        if before != kind
    ]
    words = [(f"{before}{_LOWER}", _WORD) for before in _KINDS if before not in "aA"]
    indentations = [(f"{before}  ", _INDENTATION) for before in _KINDS if before != _BLANK]
    return tuple((pair.encode(), weight) for pair, weight in (*starts, *words, *indentations))


_ALL = (*_pairs(), *_PIECES)


def estimated(text: str) -> int:
    """About how many tokens of `o200k_base` a text has; 0 for an empty one. Linear time."""
    if not text:
        return 0
    kinds = b"n" + text.encode("utf-8", "surrogatepass").translate(_TABLE)
    # Half a thousandth is added, so that what adds up to a whole number is not rounded up.
    return max(math.ceil(sum(kinds.count(piece) * weight for piece, weight in _ALL) - 0.0005), 1)
