"""Words and names that belong to everybody: plain ones, the standard library's, tools' codes."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_CODE = re.compile(r"([A-Z]{1,5})-?[0-9]{1,5}")
_SIGNS = frozenset("!?=")
_ENDINGS = (
    ("ies", "y"),
    *((end, "") for end in ("s", "es", "ed", "ing", "ly", "er", "r", "d", "'s")),
)
_WITH_E = ("ing", "ed", "er", "able")


def is_public_code(text: str) -> bool:
    """Whether a tool that everybody can have calls a failure so."""
    found = _CODE.fullmatch(text)
    return text in _listed("=") or (found is not None and found[1] in _listed("?"))


def is_public_name(text: str) -> bool:
    """Whether a name, written just so, is the standard library's or a public package's."""
    # Imported here: few processes ever ask.
    from understudy.context.stdlib import homes, is_here, stdlib_exports

    name = text.removesuffix("()")
    if name in _listed("!"):
        return True
    head, dot, last = name.rpartition(".")
    exports = stdlib_exports()
    is_module = name in exports and is_here(name)
    if not dot:
        return is_module or bool(homes(name)) or name in exports.get("builtins", ())
    return is_module or last in exports.get(head, ())


def is_word(text: str) -> bool:
    """Whether a word in small letters is a plain one, with any of the usual endings."""
    return not text.isupper() and any(one in _listed("") for one in _stems(text))


def _stems(word: str) -> set[str]:
    found = {word}
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + instead
            found.add(stem)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    found |= {word[: -len(end)] + "e" for end in _WITH_E if word.endswith(end)}
    return found


@cache
def _listed(sign: str) -> frozenset[str]:
    """The words of the lines that begin with a sign; without one, the plain words."""
    text = (files("understudy.learning") / "plain_words.txt").read_text("utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("#")]
    if sign:
        return frozenset(w for line in lines if line.startswith(sign) for w in line[1:].split())
    return frozenset(w for line in lines if line[:1] not in _SIGNS for w in line.split())
