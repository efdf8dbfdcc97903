"""What the journal kept of a verdict, as clauses for people.

It keeps names and numbers, since sentences quote code. So these say less than those beside the edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.plural import plural
from understudy.engine.gate_weights import LINES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from understudy.journal.queries import RunSummary
    from understudy.journal.records import Check, Gate

CHECK = "check:"
"""Begins the signals that repeat what a checker said."""
_WEAK = 0.5
_SILENT = {"missing": "not available", "timeout": "no answer in time", "failed": "could not tell"}


@dataclass(frozen=True, slots=True)
class Words:
    """A signal by its value: all for the edit, anything less, or not known."""

    good: str
    bad: str = ""
    unknown: str = ""


def check_told(check: Check, run: RunSummary, gate: Gate | None) -> str:
    """`ruff: F821 gone, nothing new`."""
    if check.status != "done":
        return f"{check.checker}: {_SILENT.get(check.status, check.status)}"
    new = f"{check.new_count} new" if check.new_count else "nothing new"
    return f"{check.checker}: {', '.join((*_gone(check, run, gate), new))}"


def _gone(check: Check, run: RunSummary, gate: Gate | None) -> Iterator[str]:
    if not check.fixed_count:
        return
    signals = {name: value for name, value, _ in gate.reasons} if gate is not None else {}
    if run.code and run.source.lower() == check.checker and signals.get("target_gone") == 1:
        others = check.fixed_count - 1
        yield f"{run.code} and {plural(others, 'other')} gone" if others else f"{run.code} gone"
    else:
        yield f"{plural(check.fixed_count, 'problem')} gone"


def stop_told(name: str) -> str:
    """What stopped an edit, behind `stopped by`."""
    return STOPS.get(name, name.replace("_", " "))


def signal_told(name: str, value: float | None) -> str:
    """One signal as a clause that begins with a capital letter."""
    graded = GRADED.get(name)
    if graded is not None and value is not None:
        return graded(value)
    words = WORDS.get(name)
    if words is None:
        number = "unknown" if value is None else f"{value:g}"
        return f"{name.replace('_', ' ').capitalize()}: {number}"
    if value is None:
        return words.unknown or words.good
    return words.good if value == 1 or not words.bad else words.bad


def _size(value: float) -> str:
    """The gate takes this share from the number of lines (`engine.traits.size`)."""
    lines = round(float(LINES ** (1 - value)))
    return f"{plural(lines, 'line')} changed" + (" or more" if lines >= LINES else "")


def _attempt(value: float) -> str:
    return f"The model needed {plural(round(1 / max(value, 0.01)), 'attempt')}"


def _rivals(value: float) -> str:
    others = round(1 / max(value, 0.01)) - 1
    return f"{plural(others, 'other edit')} proved just as well" if others else _NO_RIVAL


def _share(words: str) -> Callable[[float], str]:
    return lambda value: f"{words}: {value:.0%}"


def _scope(value: float) -> str:
    if value == 1:
        return "Only the lines asked about and imports are touched"
    return f"{1 - value:.0%} of the places lie outside the lines asked about"


def _words(value: float) -> str:
    return "The model sounds confident" if value > _WEAK else "The model sounds unsure"


_NO_RIVAL = "No other edit was proved as well"

GRADED: dict[str, Callable[[float], str]] = {
    "size": _size,
    "attempt": _attempt,
    "rivals": _rivals,
    "kept": _share("Edits of this kind that are kept"),
    "match": _share("How surely its place was found"),
    "margin": _share("How sure the model was of each word"),
    "scope": _scope,
    "words": _words,
}

WORDS: dict[str, Words] = {
    "target_gone": Words(
        "The problem is gone",
        "The problem is still there",
        "No checker could tell whether the problem is gone",
    ),
    "parses": Words(
        "The file parses",
        "The file does not parse",
        "Nothing could tell whether the file parses",
    ),
    "fixed_others": Words("Other problems are gone as well"),
    "nothing_new": Words("Nothing is new", "There is a new problem"),
    "tests": Words("Its tests pass", "Its tests fail"),
    "deletions": Words("Nothing is deleted unasked", "Lines are deleted unasked"),
    "tool_fix": Words("A tool's own fix is the same edit"),
    "rule": Words("A built-in rule wrote it"),
    "agreement": Words("A second model wrote the same edit", "A second model wrote another"),
    "repairs": Words("The reply had to be put right before it could be read"),
    "hedged_comment": Words("A new comment hedges"),
    "safe": Words(
        "The meaning of correct code can't change by it", "It may change what the code does"
    ),
    "silenced": Words("It tells a tool to look away"),
    "cut_off": Words("The marked code stands there still and is no longer run or looked at"),
    "hatch": Words("It gets around a check"),
    "only_deleted": Words("The marked code goes away, and nothing takes its place"),
    "near_name": Words("A name becomes one that is spelt nearly like it"),
    "limited_evidence": Words("Limited evidence: too little was looked at"),
    "not_run": Words("Limited evidence: the tests were not run"),
    "protected": Words("The file needs your consent"),
    "not_by_itself": Words("It is not applied by itself"),
    "guessed": Words("The place or the text of the edit had to be guessed"),
    "unheard": Words("What would tell whether the problem is gone was silenced"),
    "new_tests_fail": Words("Tests that it brings fail"),
    "tests_lost": Words("Tests are lost by it"),
    "lost_definition": Words("A definition goes away unasked"),
    "marked_code_goes": Words(
        "The marked code goes away, and nothing or a constant takes its place"
    ),
    "elsewhere": Words("Other files lose something by it"),
    "stray": Words("It changes something that the problem does not need changed"),
    "beyond": Words("It does more than was asked for"),
    "secret_moved": Words("A secret moves to another place"),
    "misleading": Words("It holds text that reads otherwise than it runs"),
    "executes": Words("It runs programs, or texts as code, and nothing there did"),
    "new_file": Words("A new file is empty"),
    "file_gone": Words("A file goes away"),
}

STOPS: dict[str, str] = {
    "no_change": "an edit that changes nothing",
    "outside_workspace": "a file outside the workspace folder",
    "own_configuration": "Understudy's own configuration, which only you change",
    "broken_syntax": "a file that would not parse any more",
    "target_remains": "the problem, which would still be there",
    "new_error": "a new error",
    "new_problem": "a new problem",
    "flawed_reply": "a flaw of the reply",
    "secret_added": "a secret that it writes into the file",
    "mask_left": "a mask where a secret belongs",
    "conflict_marker": "conflict markers that it adds",
    "code_left_out": "a comment that stands for code",
    "reordered_text": "a sign by which code is shown in another order than it runs",
    "mass_deletion": "the deletion of lines that nobody asked for",
    "tests_failed": "tests that it breaks",
}
