"""Declared types that an edit gives up or makes wider, so that a checker has nothing to say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.context.annotations import (
    MEMBERS,
    RESULT,
    Declared,
    python_types,
    script_types,
)
from understudy.languages import grammar_of

if TYPE_CHECKING:
    from understudy.context.annotations import Path
    from understudy.engine.evidence import Facts
    from understudy.workspace.diagnostics import Diagnostic

_MEANT = re.compile(
    r"infer|redundan|redefin|redeclar|already (?:declared|defined)|obscured|unnecessar|\bunused\b|implicit"
    r"|never (?:used|read)|type annotation|invalid-type|unsupported",
    re.IGNORECASE,
)
"""What tools say of types that are to go."""
_ANYTHING = re.compile(r"\b(?:Any|any)\b")
_SOMETHING = re.compile(r"\b(?:Any|any|unknown|object)\b")
"""What says nothing of a result. A parameter of such a type is what others may be given for."""
_NOTHING = re.compile(r"\b(?:None|Optional|null|undefined)\b")
_NO_VALUE = re.compile(
    r"(?:(?:readonly\s+)?(?:Array\s*<\s*)?never\b|(?:\w+\.)*(?:Never|NoReturn)\b)"
)
"""A type without values, or a list of such."""
_UNREACHABLE = re.compile(r"never|unreachable|exhaust", re.IGNORECASE)
_MAYBE_NONE = re.compile(
    r"^(?:reportOptional\w+|union-attr|possibly-unbound-attribute|possibly-missing-attribute"
    r"|(?:TS)?(?:2531|2532|2533|18047|18048|18049))$"
)
"""Codes that say that something may be nothing."""
_LACKS = re.compile(r"^(?:TS)?(?:2739|2740|2741)$")
"""Codes that say that an object lacks something that its type asks for."""
_DEMANDS = re.compile(r"\b(?:Required|NonNullable)\s*<")
_WIDER = re.compile(r"\b(?:Partial|Pick|Omit)\s*<")
_LANGUAGES = frozenset({"python", "typescript", "typescriptreact"})


def loosened(facts: Facts) -> str:
    """The first name whose declared type says less, so that the marked code fits; empty for none.

    A type that was too much may go, and so may the line that declares it.
    """
    target, language = facts.target, facts.before.language
    if language not in _LANGUAGES:
        return ""
    old, new = _types(facts.before.text, language), _types(facts.after, language)
    if old is None or new is None or old is new:
        return ""
    if target is None:
        return _wider(old, new, None)
    found = _closed(old, new)
    if not found and not _MEANT.search(f"{target.code} {target.message}"[:2_000]):
        found = _wider(old, new, target) or _opened(old, new)
    return found


def _wider(old: dict[Path, Declared], new: dict[Path, Declared], target: Diagnostic | None) -> str:
    for path, was in old.items():
        now = new.get(path)
        if now is None or now[:2] == was[:2]:
            continue
        if path[-1] == RESULT:
            if was.type and _SOMETHING.search(now.type) and not _SOMETHING.search(was.type):
                return ".".join(path[-2:-1])
        elif _says_less(was, now, target):
            return path[-1]
    return ""


def _closed(old: dict[Path, Declared], new: dict[Path, Declared]) -> str:
    """The first parameter or field that nothing can be given for any more; empty for none."""
    return next(
        (
            path[-1]
            for path, now in new.items()
            if path in old
            and path[-1] != RESULT
            and not now.value
            and _NO_VALUE.match(now.type)
            and not _NO_VALUE.match(old[path].type)
            and not _is_unreachable(path, old)
        ),
        "",
    )


def _is_unreachable(path: Path, old: dict[Path, Declared]) -> bool:
    """Whether a parameter is that of a function that is there for what can't be, and never returns."""
    result = old.get((*path[:-1], RESULT))
    is_so = result is not None and _NO_VALUE.match(result.type) is not None
    return is_so and _UNREACHABLE.search(".".join(path[-2:-1])) is not None


def _opened(old: dict[Path, Declared], new: dict[Path, Declared]) -> str:
    """The first type that has members of any name now; empty for none."""
    known = {path[:-1] for path in old}
    return next(
        (
            now.type
            for path, now in new.items()
            if path[-1] == MEMBERS and path not in old and path[:-1] in known
        ),
        "",
    )


@lru_cache(maxsize=4)
def _types(text: str, language: str) -> dict[Path, Declared] | None:
    if language == "python":
        return python_types(text)
    return script_types(text, grammar_of(language))


def _says_less(was: Declared, now: Declared, target: Diagnostic | None) -> bool:
    if was.type and not now.type:
        # A variable may have its type by its value: by another one, or where nothing was found.
        return was.value == now.value and (target is not None or not was.value)
    if not was.type:
        return _is_wider(was, now, target)
    if _ANYTHING.search(now.type) and not _ANYTHING.search(was.type):
        # Arguments of a type that had none say more than before.
        return not now.type.startswith(f"{was.type}[")
    return _is_wider(was, now, target)


def _is_wider(was: Declared, now: Declared, target: Diagnostic | None) -> bool:
    """Whether what is declared was changed to suit the code that a diagnostic marks."""
    code = "" if target is None else target.code
    if _MAYBE_NONE.match(code):
        lost = _NOTHING.search(was.type) and not _NOTHING.search(now.type)
        lost = lost or (_DEMANDS.search(now.type) and not _DEMANDS.search(was.type))
        return bool(was.type and now.type and lost) or (was.optional and not now.optional)
    if _LACKS.match(code):
        wider = _WIDER.search(now.type) is not None and not _WIDER.search(was.type)
        return wider or (now.optional and not was.optional)
    return False
