"""What tests said about an edit: with it, compared with what they said without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from understudy.engine.tests_reports import Results

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class RanTests:
    """The tests that belong to an edit.

    Attributes:
        runner: who ran them.
        passed: how many pass with the edit.
        broken: those that passed without it and do not now; with the whole run's name where not
            even one could be started.
        mended: those that failed without it and pass now.
        failing: the others that fail with it: new ones, and those that failed before.
        new_failing: how many of these are new.
        lost: those that passed without it and are not run with it, where the edit changes tests.
        output: what the runner printed on the text with the edit.
    """

    runner: str
    passed: int
    broken: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    new_failing: int = 0
    lost: tuple[str, ...] = ()
    output: str = ""

    @property
    def is_good(self) -> bool:
        """Whether there were tests, and nothing speaks against the edit."""
        against = self.broken or self.new_failing or self.lost
        return self.passed > 0 and not against

    @property
    def told(self) -> str:
        """In one clause: `7 tests passed`."""
        if self.broken:
            return f"{_count(self.broken)} passed before and would not with it: {_few(self.broken)}"
        if self.lost:
            return f"{_count(self.lost)} passed before would not be run with it: {_few(self.lost)}"
        if self.new_failing:
            return f"{self.new_failing} of its own tests would fail: {_few(self.failing)}"
        if not self.passed:
            return "no test passed before or after" if self.failing else "no test was run"
        words = f"{self.passed} {'test' if self.passed == 1 else 'tests'} passed"
        if self.mended:
            words += f", {len(self.mended)} of which failed before"
        if self.failing:
            words += f" ({len(self.failing)} failed before and after)"
        return words


def compared(
    before: Results | None, after: Results, runner: str, *, tests_changed: bool = False
) -> RanTests:
    """What two runs say together.

    A test that passed and is not run any more, because it is skipped or something ends the run
    before it, is as broken as one that fails. Only an edit of tests may rename one or take it away.

    Args:
        before: the run without the edit; None where all tests are new.
        after: the run with it.
        runner: who ran them.
        tests_changed: whether the edit writes in files that hold tests.
    """
    known = before.passed | before.failed if before is not None else frozenset()
    fine = before.passed if before is not None else frozenset()
    broken = after.failed & fine
    lost = fine - after.passed - after.failed
    if not tests_changed:
        broken |= lost
    if after.broken and not (before is not None and before.broken):
        # What can't be imported or built takes its tests along, which are not named then.
        broken |= fine - after.passed or {f"all tests ({runner} could not start them)"}
    new_failing = after.failed - known
    return RanTests(
        runner=runner,
        passed=len(after.passed),
        broken=tuple(sorted(broken)),
        mended=tuple(sorted(after.passed & (before.failed if before is not None else known))),
        failing=tuple(sorted(after.failed - broken)),
        new_failing=len(new_failing) if before is None or not before.broken else 0,
        lost=tuple(sorted(lost - broken)),
        output=after.output,
    )


def sentence(clause: str) -> str:
    """A clause as it begins a sentence."""
    return clause[:1].upper() + clause[1:]


def _count(names: tuple[str, ...]) -> str:
    return f"{len(names)} {'test' if len(names) == 1 else 'tests'} that"


def _few(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
