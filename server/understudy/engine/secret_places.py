"""Whether an edit puts secrets where they did not stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.engine.hunks import hunks_of
from understudy.workspace.secrets import find_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from understudy.engine.evidence import Facts

    Place = tuple[str, str]

_LONGEST = 200
"""So many characters before a secret tell its place; a longer line is not read to its beginning for
each of its secrets."""
_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans("'`", '""')


def secret_moved(facts: Facts) -> str:
    """That a secret stands elsewhere than before, or more often, as a clause; empty if none does.

    Masks are turned back wherever a model writes them, so it can make two secrets change places, or
    put one into a message, without having seen it. A secret's place is what stands before it on its
    line, among the secrets of the lines that change with it, and among those of the document.
    """
    before, after = facts.before.text, facts.after
    kinds = {secret.span.of(before): secret.kind for secret in find_secrets(before)}
    if not kinds:
        return ""
    hunks = hunks_of(facts.before.index, facts.edits)
    texts = [("".join(hunk.old), "".join(hunk.new)) for hunk in hunks]
    # A hunk may hold only a part of a secret of many lines.
    for old, new in (*texts, (before, after)):
        value = _displaced(_places(old, kinds), _places(new, kinds))
        if value is not None:
            kind = kinds.get(value)
            secret = f"A secret ({kind})" if kind else "A secret"
            if after.count(value) > before.count(value):
                return f"{secret} stands there more often than before"
            return f"{secret} stands at another place than before"
    return ""


def _displaced(old: Iterator[Place], new: Iterator[Place]) -> str | None:
    """The first secret whose place is none of the old ones, in their order."""
    # Looking for a place uses up those before it.
    return next((place[1] for place in new if place not in old), None)


def _places(text: str, kinds: Mapping[str, str]) -> Iterator[Place]:
    """What stands before each secret on its line, however it is indented and quoted; and the secret."""
    for secret in find_secrets(text, kinds):
        start = secret.span.start
        lead = text[max(start - _LONGEST, 0) : start].replace("\r", "\n").rpartition("\n")[2]
        yield _SPACE.sub("", lead).translate(_QUOTES), secret.span.of(text)
