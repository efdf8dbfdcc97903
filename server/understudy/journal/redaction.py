"""Text without paths, addresses and names of persons and machines.

Known names are looked for as they are: the home folder, the user, the machine, the workspace. Besides,
everything that looks like a home folder of any system, a share or an address of mail is masked. Every
pattern is bounded, so that the search is linear.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHORTEST = 4
"""Shorter names are words of every text."""
_COMMON = frozenset(
    {"root", "user", "admin", "home", "localhost", "administrator", "ubuntu", "runner"}
)

_SLASH = r"(?:/|\\{1,4})"
_NAME = r"[^\s/\\\"'<>|:;,()\[\]{}`]{1,255}"
_PATTERNS = (
    (
        re.compile(rf"(?<![\w.])(?:[A-Za-z]:)?{_SLASH}(?:home|Users|Benutzer){_SLASH}{_NAME}"),
        "<home>",
    ),
    (re.compile(rf"(?<![\w:\\])\\{{2,4}}[\w.-]{{1,255}}\\{{1,2}}{_NAME}"), "<share>"),
    (re.compile(r"(?<![\w.])/root(?=/)"), "<home>"),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), "<mail>"),
)


def redacted(text: str, private: Mapping[str, str]) -> str:
    """The text with masks in the place of all that is private.

    Args:
        text: without secrets.
        private: more texts that are, by what is written in their place.
    """
    known = {**_of_machine(), **private}
    for name in sorted(known, key=len, reverse=True):
        text = _mentions(name).sub(known[name].replace("\\", r"\\"), text)
    for pattern, shown in _PATTERNS:
        text = pattern.sub(shown, text)
    return text


@cache
def _of_machine() -> dict[str, str]:
    """What this machine and its user are called."""
    import getpass
    import socket

    found = {}
    # Neither is known everywhere, as in a container that runs under a number.
    with suppress(RuntimeError):
        found[str(Path.home())] = "<home>"
        found[Path.home().as_posix()] = "<home>"
    with suppress(OSError, KeyError, ImportError):
        found[getpass.getuser()] = "<user>"
    found[socket.gethostname()] = "<machine>"
    return {
        name: shown
        for name, shown in found.items()
        if len(name) >= _SHORTEST and name.casefold() not in _COMMON
    }


@cache
def _mentions(name: str) -> re.Pattern[str]:
    """Finds a name where it is no part of another one, however the slashes of a path are written."""
    spelled = _SLASH.join(re.escape(part) for part in re.split(r"[/\\]", name))
    return re.compile(rf"(?<!\w){spelled}(?!\w)", re.IGNORECASE)
