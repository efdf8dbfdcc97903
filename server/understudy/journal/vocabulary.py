"""What a text of the journal may be: an id, a word, a relative path. Anything else becomes `?`."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, get_args

from understudy.journal import records

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = "?"

_WORD = re.compile(r"[\w@.:/+#-]{1,128}", re.ASCII)
_MODEL = re.compile(r"[\w@.:/+#-](?:[\w@.:/+# -]{0,126}[\w@.:/+#-])?", re.ASCII)
"""An id may hold spaces, but neither begin nor end with one."""
_LONGEST_PATH = 512
_MOST_WORDS = 200
_MOST_CLAUSE = 200
_ASIDE = re.compile(r"\((?![a-z_]+\))[^()]*\)")
"""Something in brackets that is more than a word: an amount, what to do about it, the name of a key."""
_FIGURES = re.compile(r"(?<!\S)\d(?:[\d.,:-]*\d)?(?: \d(?:[\d.,:-]*\d)?)*")
_ABSOLUTE = re.compile(r"[/\\~]|[A-Za-z][A-Za-z0-9+.-]*:")
"""How a path from elsewhere begins: a root, a home, a drive or a URI's scheme."""


def clean(field: str, text: str) -> str:
    """The text as the journal may hold it in `field`."""
    return _CLEANERS.get(field, word)(text)


def word(text: str) -> str:
    """An id, a code or a name: up to 128 characters without spaces, quotes, brackets, operators."""
    return text if not text or _WORD.fullmatch(text) else UNKNOWN


def _model(text: str) -> str:
    """A model's or provider's id; one that is no word by a digest, so that two are never mixed up."""
    if not text or _MODEL.fullmatch(text):
        return text
    return f"{UNKNOWN}{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _slug(text: str) -> str:
    """A name that people read, as one word."""
    return word("-".join(text.split()))


def _path(text: str) -> str:
    """A path below the workspace; of any other path only the last part, as it may name a person."""
    parts = PurePosixPath(text.replace("\\", "/")).parts
    if _ABSOLUTE.match(text) or ".." in parts:
        text = parts[-1]
    return text if text.isprintable() and len(text) <= _LONGEST_PATH else UNKNOWN


def _words(text: str) -> str:
    """One line of a few words."""
    return text if text.isprintable() and len(text) <= _MOST_WORDS else UNKNOWN


def _clause(text: str) -> str:
    """What is said against a model, with neither figures nor asides: it is the same for many runs."""
    said = " ".join(_ASIDE.sub("", text).split())
    said = _FIGURES.sub("\N{HORIZONTAL ELLIPSIS}", said)
    return said if said.isprintable() and len(said) <= _MOST_CLAUSE else UNKNOWN


def _one_of(choices: object) -> Callable[[str], str]:
    allowed = frozenset(get_args(choices))
    return lambda text: text if text in allowed else UNKNOWN


_CLEANERS: dict[str, Callable[[str], str]] = {
    "path": _path,
    "model": _model,
    "provider": _model,
    "stratum": _model,
    "how": _one_of(records.CallHow),
    "editor": _slug,
    "surface": _one_of(records.Surface),
    "band": _one_of(records.Band),
    "what": _one_of(records.What),
    "words": _words,
    "provenance": _words,
    "clause": _clause,
}
