"""Named situations and the bands that the gate gives them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tests.unit.engine.facts_factory import (
    AFTER,
    BEFORE,
    GOOD,
    NEW_ERROR,
    NEW_WARNING,
    RUFF,
    SUGGESTED,
    SYNTAX,
    UNSAFELY_SUGGESTED,
    WRITTEN,
    compared,
    facts_of,
    longer,
)
from understudy.engine.evidence import Band, CheckStatus, Facts
from understudy.reading import Match
from understudy.workspace.paths import Place


@dataclass(frozen=True)
class Case:
    """A named situation and the bands that it gets with automatic applying off and on."""

    name: str
    facts: Facts
    band: Band
    auto: Band
    stops: tuple[str, ...] = field(default=())


TEN = "".join(f"line_{number} = {number}\n" for number in range(20))
CASES = [
    Case("a proved one-line fix", GOOD, Band.CONFIRM, Band.AUTO),
    Case("three changed lines", longer(3), Band.CONFIRM, Band.AUTO),
    Case("ten changed lines", longer(10), Band.CONFIRM, Band.CONFIRM),
    Case(
        "a fix that may change the meaning", replace(GOOD, safe=False), Band.CONFIRM, Band.CONFIRM
    ),
    Case("a rival that was proved too", replace(GOOD, rivals=1), Band.CONFIRM, Band.CONFIRM),
    Case(
        "edits of a kind that users undo", replace(GOOD, kept=(2, 60)), Band.CONFIRM, Band.CONFIRM
    ),
    Case(
        "edits of a kind that users always undo",
        replace(WRITTEN, kept=(0, 40)),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case("edits of a kind that users keep", replace(GOOD, kept=(58, 60)), Band.CONFIRM, Band.AUTO),
    Case("a model's edit of which nothing is known", WRITTEN, Band.CONFIRM, Band.CONFIRM),
    Case(
        "an edit that a second model wrote too",
        replace(WRITTEN, agrees=True),
        Band.CONFIRM,
        Band.AUTO,
    ),
    Case(
        "an edit that a second model wrote otherwise",
        replace(WRITTEN, agrees=False),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case("a tool's own fix", replace(WRITTEN, target=SUGGESTED), Band.CONFIRM, Band.AUTO),
    Case(
        "a tool's own fix that it calls unsafe",
        replace(WRITTEN, target=UNSAFELY_SUGGESTED),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "a kind that earned it",
        replace(WRITTEN, labels=(True,) * 80),
        Band.CONFIRM,
        Band.AUTO,
    ),
    Case(
        "a kind that lost it",
        replace(GOOD, labels=(False,) * 12),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "a place that had to be guessed",
        replace(WRITTEN, match=Match.SIMILAR),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case("a reply that had to be guessed", replace(GOOD, risk="high"), Band.REVIEW, Band.REVIEW),
    Case(
        "a reply that was cut off",
        replace(GOOD, flaw="The reply ends within a word."),
        Band.BLOCK,
        Band.BLOCK,
        ("flawed_reply",),
    ),
    Case(
        "a hesitant model",
        replace(WRITTEN, prose="I think so. It might work."),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "a new warning",
        replace(GOOD, comparison=compared(True, NEW_WARNING)),
        Band.BLOCK,
        Band.BLOCK,
        ("new_problem",),
    ),
    Case("only the syntax checked", replace(GOOD, checks=(SYNTAX,)), Band.CONFIRM, Band.CONFIRM),
    Case(
        "one that looks deeper elsewhere",
        replace(GOOD, checks=(SYNTAX, replace(RUFF, is_shallow=True))),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case("only ruff", replace(GOOD, checks=(RUFF,), parses_after=None), Band.CONFIRM, Band.CONFIRM),
    Case(
        "a target that nobody could judge",
        replace(GOOD, comparison=compared(None)),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "no checker for the language",
        replace(GOOD, comparison=compared(None), checks=(), parsed_before=None, parses_after=None),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "checkers that did not answer",
        replace(
            GOOD, comparison=compared(None), checks=(replace(RUFF, status=CheckStatus.TIMEOUT),)
        ),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "no single target, all checked",
        replace(GOOD, target=None, comparison=compared(None)),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "no single target, only syntax",
        replace(GOOD, target=None, comparison=compared(None), checks=(SYNTAX,)),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case(
        "one of two syntax errors fixed",
        replace(GOOD, parsed_before=False, parses_after=False),
        Band.REVIEW,
        Band.REVIEW,
    ),
    Case("a Makefile", facts_of(BEFORE, AFTER, name="Makefile"), Band.CONFIRM, Band.CONFIRM),
    Case(
        "a workflow",
        facts_of(BEFORE, AFTER, name=".github/workflows/x.yml"),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case(
        "a link to a protected file",
        replace(GOOD, place=Place(protected="`x` is run by make.")),
        Band.CONFIRM,
        Band.CONFIRM,
    ),
    Case("no change", facts_of(BEFORE, BEFORE), Band.BLOCK, Band.BLOCK, ("no_change",)),
    Case(
        "broken syntax",
        replace(GOOD, parses_after=False),
        Band.BLOCK,
        Band.BLOCK,
        ("broken_syntax",),
    ),
    Case(
        "the target still there",
        replace(GOOD, comparison=compared(False)),
        Band.BLOCK,
        Band.BLOCK,
        ("target_remains",),
    ),
    Case(
        "a new error",
        replace(GOOD, comparison=compared(True, NEW_WARNING, NEW_ERROR)),
        Band.BLOCK,
        Band.BLOCK,
        ("new_error",),
    ),
    Case(
        "a new secret",
        facts_of(BEFORE, AFTER + 'key = "gh' + 'p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"\n'),
        Band.BLOCK,
        Band.BLOCK,
        ("secret_added",),
    ),
    Case(
        "a mask left in the text",
        facts_of(BEFORE, AFTER + 'key = "<secret:aws:ab12>"\n'),
        Band.BLOCK,
        Band.BLOCK,
        ("mask_left",),
    ),
    Case(
        "conflict markers",
        facts_of(BEFORE, BEFORE + "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> b\n"),
        Band.BLOCK,
        Band.BLOCK,
        ("conflict_marker",),
    ),
    Case(
        "code left out",
        facts_of(TEN, TEN[: TEN.index("line_16")] + "# ... rest of the file unchanged\n"),
        Band.BLOCK,
        Band.BLOCK,
        ("code_left_out",),
    ),
    Case(
        "code that is shown in another order",
        facts_of(BEFORE, AFTER + "# \u202e } begin\n"),
        Band.BLOCK,
        Band.BLOCK,
        ("reordered_text",),
    ),
    Case(
        "most of the file deleted",
        facts_of(TEN, TEN[: TEN.index("line_8")]),
        Band.BLOCK,
        Band.BLOCK,
        ("mass_deletion",),
    ),
    Case(
        "our own configuration",
        facts_of(BEFORE, AFTER, name=".understudy/config.toml"),
        Band.BLOCK,
        Band.BLOCK,
        ("own_configuration",),
    ),
    Case(
        "a file outside the folder",
        facts_of(BEFORE, AFTER, name="../other/a.py"),
        Band.BLOCK,
        Band.BLOCK,
        ("outside_workspace",),
    ),
    Case(
        "a link that leaves the folder",
        replace(GOOD, place=Place(inside=False)),
        Band.BLOCK,
        Band.BLOCK,
        ("outside_workspace",),
    ),
]
