"""A short name for a failure that stays the same when only names, numbers and places differ."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.core.failures import FailureCategory

_MAX_TEXT = 2000

_VARYING = re.compile(
    r"""
      (?P<url> [a-z][a-z0-9+.-]{1,15}://[^\s'"`<>)\]]{1,300} )
    | (?P<quoted> (?<![A-Za-z0-9])'[^'\r\n]{0,200}' | "[^"\r\n]{0,200}" | `[^`'\r\n]{0,200}[`'] )
    | (?P<place> (?:[A-Za-z]:)?[\w.@+-]{0,80}[/\\][\w.@+/\\-]{1,300} )
    | (?P<number> (?<![A-Za-z_])[0-9][0-9a-fA-F.,:x-]{0,60} )
    | (?P<name> [A-Za-z_][A-Za-z0-9]{0,80}(?:(?:[_.]|::|[0-9])[A-Za-z0-9_]{1,80}){1,8}
              | [a-z]{1,40}[A-Z][A-Za-z0-9]{1,80} )
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"(?<=: )\w{1,100}$", re.MULTILINE)
_SELF_EXPLAINING = re.compile(
    r"[A-Za-z]{0,6}[0-9]{3,10}|report[A-Z]\w{2,60}|[a-z]{1,20}-[a-z-]{2,60}"
)


def fingerprint(category: FailureCategory, source: str, code: str, text: str) -> str:
    """Sixteen hexadecimal digits, equal for failures that differ in names, numbers and places only.

    Where a tool gave a code of its own, such as `TS2339`, the code alone tells two failures apart.
    """
    told = "" if _SELF_EXPLAINING.fullmatch(code) else template(text)
    key = "\0".join((category.value, source.casefold(), code.casefold(), told))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def template(text: str) -> str:
    """The text with everything that varies from case to case replaced by what kind of thing it is."""
    shown = _VARYING.sub(lambda found: f"<{found.lastgroup}>", text[:_MAX_TEXT])
    shown = _LAST_WORD.sub("<name>", shown)
    return " ".join(shown.split()).casefold()
