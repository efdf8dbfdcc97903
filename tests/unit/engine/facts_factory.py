"""What is known about an edit, for the tests of the gate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from understudy.config.policy import Policy
from understudy.config.settings import GateSettings
from understudy.core.minimise import minimise
from understudy.core.text import Edit, Span
from understudy.engine.evidence import CheckReport, CheckStatus, Comparison, Facts, Verdict
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion
from understudy.workspace.view import View

BEFORE = "import os\n\n\ndef total(prices):\n    result = sum(prices)\n    return reslt\n"
AFTER = BEFORE.replace("reslt", "result")
AT = BEFORE.index("reslt")
TARGET = Diagnostic("ruff", "F821", "Undefined name `reslt`", Span(AT, AT + 5), Severity.ERROR)
NEW_ERROR = Diagnostic("ruff", "F821", "Undefined name `x`", Span(0, 1), Severity.ERROR)
NEW_WARNING = Diagnostic("ruff", "F841", "Unused variable", Span(0, 1), Severity.WARNING)
_FIX = (Edit(Span(AT, AT + 5), "result"),)
SUGGESTED = replace(TARGET, suggestions=(Suggestion("Replace", _FIX, safe=True),))
UNSAFELY_SUGGESTED = replace(TARGET, suggestions=(Suggestion("Replace", _FIX),))
SYNTAX = CheckReport("python_syntax", CheckStatus.DONE)
RUFF = CheckReport("ruff", CheckStatus.DONE)
NO_TYPES = CheckReport("basedpyright", CheckStatus.MISSING, note="`basedpyright` is not installed.")
BOTH = frozenset({"python_syntax", "ruff"})
GONE = Comparison(True, fixed=(TARGET,), target_judged_by="ruff", compared=BOTH)
DEFAULT = GateSettings()
AUTO = GateSettings(auto_apply=True)
ROOT = Path("/somewhere/project")


def facts_of(before: str, after: str, *, name: str = "src/shop.py") -> Facts:
    """A change in which everything speaks for the edit."""
    view = View("file:///x", before, Policy(), path=ROOT / name, root=ROOT)
    return Facts(
        before=view,
        after=after,
        edits=minimise(before, after),
        scope=(Span(0, len(before)),),
        target=TARGET,
        comparison=GONE,
        checks=(SYNTAX, RUFF, NO_TYPES),
        parsed_before=True,
        parses_after=True,
        rule="did_you_mean",
        who=("builtin/rules", "fix", "python"),
    )


GOOD = facts_of(BEFORE, AFTER)
WRITTEN = replace(GOOD, rule="", who=("acme/one", "fix", "python"))
"""The same edit, written by a model of which nothing is known."""

OPTIONAL = '"split" is not a known attribute of "None"'


def edited(
    before: str,
    *pairs: tuple[str, str],
    language: str = "python",
    at: str = "split",
    message: str = OPTIONAL,
) -> Facts:
    """An edit of which the checkers say nothing but good."""
    after = before
    for old, new in pairs:
        assert after.count(old) == 1
        after = after.replace(old, new)
    start = before.index(at)
    span = Span(start, start + len(at))
    target = replace(TARGET, span=span, code="X1", message=message)
    view = replace(WRITTEN.before, text=before, language=language)
    gone = replace(GONE, fixed=(target,))
    edits = minimise(before, after)
    return replace(WRITTEN, before=view, after=after, edits=edits, target=target, comparison=gone)


def compared(gone: bool | None, *new: Diagnostic) -> Comparison:
    judge = "" if gone is None else "ruff"
    return Comparison(gone, new=new, target_judged_by=judge, compared=BOTH)


def evidence(verdict: Verdict) -> str:
    return "\n".join(reason.evidence for reason in verdict.reasons)


def longer(lines: int) -> Facts:
    body = "".join(f"    value_{number} = {number}\n" for number in range(lines))
    other = body.replace(" = ", " = 1 + ")
    return facts_of(f"def f():\n{body}\n" * 1, f"def f():\n{other}\n")
