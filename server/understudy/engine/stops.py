"""What no score outweighs: facts that make an edit not to be offered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.core.lines import real_lines
from understudy.engine.evidence import Reason
from understudy.engine.hunks import hunks_of
from understudy.engine.misleading import reorders
from understudy.engine.ran_tests import sentence
from understudy.engine.unused import unused_lines
from understudy.failures.elision import left_out
from understudy.workspace.diagnostics import Severity
from understudy.workspace.paths import place_by_name
from understudy.workspace.secrets import find_masks, find_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from understudy.config.settings import GateSettings
    from understudy.engine.evidence import Facts
    from understudy.workspace.paths import Place

    Stop = Callable[[Facts, GateSettings], str | None]

_FEW = 5
"""Deleting up to so many lines is never called a mass deletion: small files have few lines."""

_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_CONFLICT_LINE = re.compile(r"(?:<{7}|>{7}|\|{7}|={7})(?:[ \r\n]|\Z)")


def hard_stops(facts: Facts, settings: GateSettings) -> tuple[Reason, ...]:
    """Every reason to block the edit, as a full sentence, with value 0 and without weight."""
    found = ((name, stop(facts, settings)) for name, stop in _STOPS)
    return tuple(Reason(name, 0.0, 0.0, evidence) for name, evidence in found if evidence)


def place_of(facts: Facts) -> Place:
    """Where the document lies: as the disk told, else as the names tell."""
    if facts.place is not None:
        return facts.place
    return place_by_name(facts.before.path, facts.before.root)


def _no_change(facts: Facts, _: GateSettings) -> str | None:
    return "The edit changes nothing." if facts.after == facts.before.text else None


def _outside(facts: Facts, _: GateSettings) -> str | None:
    if place_of(facts).inside:
        return None
    return f"`{facts.before.name}` lies outside the workspace folder."


def _own_configuration(facts: Facts, _: GateSettings) -> str | None:
    if not place_of(facts).own:
        return None
    return f"`{facts.before.name}` is Understudy's own configuration, which only you change."


def _broken(facts: Facts, _: GateSettings) -> str | None:
    if facts.parses_after is not False or facts.parsed_before is False:
        return None
    return "The file parses now, and would not parse with this edit."


def _target_remains(facts: Facts, _: GateSettings) -> str | None:
    if facts.target is None or facts.comparison.target_gone is not False:
        return None
    judge = facts.comparison.target_judged_by
    return f"{facts.target.label} would still be there{f', {judge} says' if judge else ''}."


def _new_error(facts: Facts, _: GateSettings) -> str | None:
    errors = [one for one in facts.comparison.new if one.severity is Severity.ERROR]
    if not errors:
        return None
    more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"The edit brings a new error, {errors[0].label}{more}."


def _new_problem(facts: Facts, _: GateSettings) -> str | None:
    """Any finding that is the edit's fault: one problem is not given for another.

    What a tool puts right by itself, such as the order of imports, and what an edit only brought
    to light is not among the new ones.
    """
    new = [one for one in facts.comparison.new if one.severity is not Severity.ERROR]
    if not new or len(new) < len(facts.comparison.new):
        return None
    more = f" and {len(new) - 1} more" if len(new) > 1 else ""
    return f"The edit leaves a new problem, {new[0].label or new[0].message}{more}."


def _flawed(facts: Facts, _: GateSettings) -> str | None:
    return facts.flaw or None


def _secret(facts: Facts, _: GateSettings) -> str | None:
    after = find_secrets(facts.after)
    if not after:
        return None
    known = {secret.span.of(facts.before.text) for secret in find_secrets(facts.before.text)}
    added = [secret.kind for secret in after if secret.span.of(facts.after) not in known]
    return f"The edit writes a secret ({added[0]}) into the file." if added else None


def _mask(facts: Facts, _: GateSettings) -> str | None:
    lost = set(find_masks(facts.after)).difference(find_masks(facts.before.text))
    return "The edit leaves a mask where a secret belongs." if lost else None


def _conflict(facts: Facts, _: GateSettings) -> str | None:
    if (
        "<<<<<<<" not in facts.after
        and ">>>>>>>" not in facts.after
        and "|||||||" not in facts.after
    ):
        return None
    added = len(_CONFLICT.findall(facts.after)) - len(_CONFLICT.findall(facts.before.text))
    return "The edit adds conflict markers." if added > 0 else None


def _placeholder(facts: Facts, _: GateSettings) -> str | None:
    if any(left_out(hunk.old, hunk.new) for hunk in hunks_of(facts.before.index, facts.edits)):
        return "The edit replaces code by a comment that stands for it."
    return None


def _reordered(facts: Facts, _: GateSettings) -> str | None:
    sign = reorders(facts)
    if not sign:
        return None
    return f"The edit brings a sign by which code is shown in another order than it runs ({sign})."


def _tests_failed(facts: Facts, _: GateSettings) -> str | None:
    if facts.tests is None or not facts.tests.broken:
        return None
    return f"{sentence(facts.tests.told)}."


def _mass_deletion(facts: Facts, settings: GateSettings) -> str | None:
    deleted, total = deletions(facts)
    if deleted <= _FEW or deleted <= settings.max_deleted_share * total:
        return None
    return f"The edit deletes {deleted} of {total} lines, which nobody asked for."


def deletions(facts: Facts) -> tuple[int, int]:
    """How many lines go away unasked, of how many.

    Blank lines and conflict markers don't count, nor do the lines that the diagnostics mark, nor those
    of definitions that they call unused. Where
    a change of some lines was wished, it may do with fewer of them, even if they are all there are.
    """
    index = facts.before.index
    targets = (*filter(None, (facts.target,)), *facts.besides)
    asked = {line for one in targets for line in index.lines_of(one.span)}
    asked |= {line for span in facts.wished for line in index.lines_of(span)}
    asked |= unused_lines(facts)
    if not targets:
        wished = (index.lines_of(span) for span in facts.scope)
        asked |= {line for lines in wished if len(lines) < len(index) - 1 for line in lines}
    deleted = 0
    for hunk in hunks_of(index, facts.edits):
        gone = [
            line
            for number, line in enumerate(hunk.old, hunk.first)
            if number not in asked and not _CONFLICT_LINE.match(line)
        ]
        deleted += max(0, real_lines(gone) - real_lines(hunk.new))
    return deleted, real_lines(index.lines)


_STOPS: tuple[tuple[str, Stop], ...] = (
    ("no_change", _no_change),
    ("outside_workspace", _outside),
    ("own_configuration", _own_configuration),
    ("broken_syntax", _broken),
    ("target_remains", _target_remains),
    ("new_error", _new_error),
    ("new_problem", _new_problem),
    ("flawed_reply", _flawed),
    ("secret_added", _secret),
    ("mask_left", _mask),
    ("conflict_marker", _conflict),
    ("code_left_out", _placeholder),
    ("reordered_text", _reordered),
    ("mass_deletion", _mass_deletion),
    ("tests_failed", _tests_failed),
)
