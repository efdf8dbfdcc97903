"""`--select`: which diagnostics are meant by a code or the beginning of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.failures import BadRequestError
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.workspace.diagnostics import Diagnostic

_SYNTAX = frozenset({"syntax-error", "invalid-syntax"})
_PYLINT = "PL"
"""The beginning of four families of Ruff: `PLC`, `PLE`, `PLR` and `PLW`."""


def selection(codes: Iterable[str]) -> Callable[[Diagnostic], bool]:
    """Whether a diagnostic is selected; everything is when there are no codes.

    As with Ruff, `F` means `F821` but not `FURB101`: what is left out may only be digits. Codes
    that are words, such as `reportOptionalMemberAccess`, count whole. Case does not matter.

    Raises:
        BadRequestError: when codes are given and all of them are empty.
    """
    given = tuple(codes)
    wanted = tuple(code.strip() for text in given for code in text.split(",") if code.strip())

    if given and not wanted:
        raise BadRequestError("`--select` needs a code, such as F401 or F.")

    def wants(diagnostic: Diagnostic) -> bool:
        return not wanted or any(_means(code, diagnostic) for code in wanted)

    return wants


def _means(code: str, diagnostic: Diagnostic) -> bool:
    if is_syntax_error(diagnostic):
        return code.casefold() in _SYNTAX
    whole = diagnostic.code
    if not whole.casefold().startswith(code.casefold()):
        return False
    left = whole[len(code) :]
    family = "[CERW]?" if code.upper() == _PYLINT else ""
    return re.fullmatch(rf"{family}[0-9]*", left) is not None
