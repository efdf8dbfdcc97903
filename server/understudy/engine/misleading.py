"""Text that reads otherwise than it runs: signs that reorder or hide others, and look-alike names.

After "Trojan Source" (CVE-2021-42574 and CVE-2021-42694) and Unicode's Technical Standard 39.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.context.bare_code import blanked
from understudy.core.markup import PROSE
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.engine.evidence import Facts

_REORDERS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile(r"[^\x20-\x7e\t\n\r\f]")
_HIDDEN = frozenset({"Cf", "Cc", "Zl", "Zp"})
"""Unicode's categories of what has no shape."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters that have none either."""
_JOINERS = frozenset("\u200c\u200d")
"""Part of the spelling of some scripts and of emojis."""
_BYTE_ORDER = "\ufeff"
_NAME = re.compile(r"[^\W\d]\w*")
_PART = re.compile(r"[^\W\d_]+")
_ALIKE = str.maketrans(
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
    "\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425\u0406\u0408\u0405"
    "\u03bf\u03bd\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "aceopxyijshdqwABCEHKMOPTXIJSovABEZHIKMNOPTYX",
)
"""Letters of Cyrillic and Greek that look like one of ASCII."""
_NEARLY = str.maketrans(
    "\u0131\u0237\u0251\u0261\u1d04\u1d0f\u1d1c\u1d20\u1d21\u1d22\ua731\u026f\u0578\u0585\u057d\u0570\u0581\u0566",
    "ijagcouvwzswnouhgq",
)
"""Letters of Latin beyond ASCII, and of Armenian, that do."""
_SELECTS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Selectors of how the sign before them is shown."""
_IGNORABLE = re.compile(
    "[\u034f\u17b4\u17b5\u2065\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""Further signs that show nothing (Unicode's Default_Ignorable_Code_Point)."""
_KEYCAPS = frozenset("#*0123456789")
_SPELT = re.compile(r"[\w$]*(?:\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\})[\w$]*)+")
"""A name with signs that are written by their numbers."""
_ESCAPE = re.compile(r"\\u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]{1,6})\})")
_APART = frozenset({"LATIN", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "GEORGIAN"})
"""Scripts of which no word uses two; Greek letters stand beside Latin ones in formulas."""
_SHOWN = 40


def reorders(facts: Facts) -> str:
    """The first new sign that has what follows shown in another order, as `U+202E`; empty for none."""
    return _told(_new(_REORDERS.findall(facts.before.text), _REORDERS.findall(facts.after)))


def misleads(facts: Facts) -> str:
    """That the edit brings a sign that nobody sees, or a name that looks like another, as a clause.

    Empty for neither, and for prose, where such signs have their place.
    """
    before, after, language = facts.before.text, facts.after, facts.before.language
    if language in PROSE:
        return ""
    if unseen := _told(_new(_unseen(before), _unseen(after))):
        return f"The edit brings a character that nobody sees ({unseen})"
    if not (_foreign(after) - _foreign(before)):
        return ""
    name = _odd_name(before, after, language)
    return (
        f"The edit brings the name `{name[:_SHOWN]}`, which reads like another one" if name else ""
    )


def _new(old: Iterable[str], new: Iterable[str]) -> str:
    """The first of what there is more of; empty for nothing."""
    return next(iter(Counter(new) - Counter(old)), "")


def _told(sign: str) -> str:
    return f"U+{ord(sign):04X}" if sign else ""


def _unseen(text: str) -> Iterator[str]:
    body = text.removeprefix(_BYTE_ORDER)
    for found in _SUSPECT.finditer(body):
        sign, above = found.group(), body[found.start() - 1 : found.start()]
        if _SELECTS.match(sign):
            hides = above.isascii() and above not in _KEYCAPS
        elif sign in _JOINERS:
            hides = above.isascii()
        else:
            hides = sign in _FILLERS or unicodedata.category(sign) in _HIDDEN
            hides = hides or _IGNORABLE.match(sign) is not None
        if hides:
            yield sign


def _foreign(text: str) -> set[str]:
    """The lines with anything beyond ASCII, as it is or by its number."""
    if text.isascii() and "\\u" not in text:
        return set()
    return {line for line in text.split("\n") if not line.isascii() or "\\u" in line}


@lru_cache(maxsize=8)
def _odd_name(before: str, after: str, language: str) -> str:
    """The first new name in code with letters of two scripts, or with look-alikes of one that is there.

    Its letters beyond ASCII are told by their numbers.
    """
    bare = blanked(after, grammar_of(language))
    code = after if bare is None else bare
    names = dict.fromkeys(_NAME.findall(code))
    known = set(_NAME.findall(before))
    for name in names:
        if name.isascii() or name in known:
            continue
        alike = _plain(name)
        if any(map(_is_mixed, _PART.findall(name))) or (alike.isascii() and alike in names):
            return "".join(one if one.isascii() else f"\\u{ord(one):04x}" for one in name)
    spelt = (one for one in _SPELT.findall(code) if one not in before)
    return next((one for one in spelt if _plain(_ESCAPE.sub(_sign, one)) in names), "")


def _plain(name: str) -> str:
    """A name in letters of ASCII that look like its own, as far as there are any."""
    return unicodedata.normalize("NFKC", name).translate(_ALIKE).translate(_NEARLY)


def _sign(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= sys.maxunicode else ""


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(one, "").partition(" ")[0] for one in word}
    if len(scripts & _APART) > 1:
        return True
    # In a formula, some Greek letter looks like no Latin one.
    return {"LATIN", "GREEK"} <= scripts and word.translate(_ALIKE).isascii()
