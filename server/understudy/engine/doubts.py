"""When a problem is better explained by another one, so that nothing should be done about it alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.context.nearness import near
from understudy.context.stdlib import stdlib_exports
from understudy.context.subject import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.engine.evidence import CheckReport
    from understudy.workspace.diagnostics import Diagnostic

_UNUSED = re.compile(r"\b(?:unused|never used|not used|is not accessed)\b", re.IGNORECASE)
_UNDEFINED = re.compile(r"\bundefined (?:name|variable)\b|\bis not defined\b", re.IGNORECASE)


def meant_elsewhere(target: Diagnostic, reports: Iterable[CheckReport]) -> str:
    """Why an unused name should stay: an undefined one is nearly spelt like it. Else empty.

    To remove the assignment of `entries` because somebody read `entrise` would be the wrong way
    to make the checkers silent.
    """
    if not _UNUSED.search(target.message):
        return ""
    unused = [part.split(".")[-1] for part in quoted(target)[:1]]
    for undefined in _undefined_names(reports):
        if unused and undefined in stdlib_exports().get(unused[0], ()):
            return (
                f"`{unused[0]}` may be meant where `{undefined}` stands, which is not defined: it "
                "has one. So it is not removed."
            )
        if unused and near(undefined, unused):
            return (
                f"`{unused[0]}` may be what is meant where `{undefined}` stands, which is not "
                "defined, so it is not removed."
            )
    return ""


def _undefined_names(reports: Iterable[CheckReport]) -> Iterator[str]:
    for report in reports:
        for diagnostic in report.diagnostics:
            if _UNDEFINED.search(diagnostic.message):
                yield from quoted(diagnostic)[:1]
