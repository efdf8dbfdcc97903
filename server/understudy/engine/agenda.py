"""What a walk over a document has still to do. Plain computing, made to run in a thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.core.minimise import minimise
from understudy.engine.evidence import CheckStatus
from understudy.engine.identity import identity
from understudy.engine.known import Alike, is_compiler
from understudy.engine.matching import Carrier, Change, match
from understudy.engine.problems import merged, problems
from understudy.workspace.diagnostics import is_syntax_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from understudy.core.lines import LineIndex
    from understudy.core.text import Edit, Span
    from understudy.engine.evidence import CheckReport
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

    Reports = tuple[CheckReport, ...]

MAX_GIVEN = 1_000
"""Diagnostics from elsewhere that one walk takes along; it could not work on more of them."""


_BROKEN_OFF = frozenset({CheckStatus.TIMEOUT, CheckStatus.FAILED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a walk is about.

    Attributes:
        wanted: which of the checkers' findings are worked on.
        region: only diagnostics that touch it, in code points; None for all.
        given: diagnostics from elsewhere, worked on besides the checkers' own.
        only_given: work on nothing but what `given` says, whoever else sees it too.
    """

    wanted: Callable[[Diagnostic], bool]
    region: Span | None = None
    given: tuple[Diagnostic, ...] = ()
    only_given: bool = False

    def carried(self, carry: Carrier) -> Asked:
        """The same in another text."""
        region = carry(self.region) if self.region is not None else None
        given = tuple(_carried(one, carry) for one in self.given)
        return replace(self, region=region, given=given)


class Agenda:
    """Which diagnostics of the current text are left to work on, and which were worked on.

    Everything that is told by place moves along with each edit. One thread at a time may use it.

    Attributes:
        view: the current text.
        left_out: how many given diagnostics are not taken along, because they are too many.
    """

    def __init__(self, view: View, asked: Asked) -> None:
        self.view = view
        self.left_out = max(0, len(asked.given) - MAX_GIVEN)
        self._asked = replace(asked, given=asked.given[:MAX_GIVEN])
        self._seen: list[Diagnostic] = []
        self._confirmed: frozenset[Diagnostic] = frozenset()

    @property
    def seen(self) -> tuple[Diagnostic, ...]:
        """What was worked on, in order, where it stands or would stand in the current text."""
        return tuple(self._seen)

    def left(self, reports: Reports) -> list[Diagnostic]:
        """What is to be done, when the checkers say this about the current text."""
        asked, index = self._asked, self.view.index
        found = problems(reports, asked.wanted, index)
        self._forget_what_went(reports, found)
        if asked.only_given:
            own = Alike(found, index)
            # Of two that say the same ours is taken: our checkers can tell whether it is gone.
            pool = (*(one for one in self._asked.given if not own.says(one)), *found)
        else:
            found = found if asked.region is not None else _without_guesses(found)
            pool = merged(self._asked.given, found, index)
        done = {_key(one) for one in self._seen}
        return [one for one in self._fitting(pool, self._asked, index) if _key(one) not in done]

    def fits(self, diagnostic: Diagnostic, view: View) -> bool:
        """Whether to work on a diagnostic of `view`: our text, or a trial that starts from it."""
        asked = self._asked
        if view.text != self.view.text:
            edits = minimise(self.view.text, view.text)
            asked = asked.carried(Carrier(Change.of(self.view.index, edits)))
        return bool(self._fitting((diagnostic,), asked, view.index))

    def see(self, diagnostic: Diagnostic) -> None:
        """Note that a diagnostic of the current text was worked on."""
        self._seen.append(diagnostic)
        done = Alike((diagnostic,), self.view.index)
        given = tuple(one for one in self._asked.given if not done.says(one))
        self._asked = replace(self._asked, given=given)

    def see_from(self, view: View, diagnostic: Diagnostic) -> None:
        """The same for a diagnostic of a text from which the current one came about."""
        carry = Carrier(Change.of(view.index, minimise(view.text, self.view.text)))
        self.see(_carried(diagnostic, carry))

    def go_on(self, view: View, edits: tuple[Edit, ...], reports: tuple[Reports, Reports]) -> None:
        """Make `view` the current text: the one so far with these edits.

        Args:
            view: the edited text.
            edits: in code points of the current text.
            reports: what the checkers say about the current text, and about the edited one.
        """
        before = problems(reports[0], self._asked.wanted, self.view.index)
        self._forget_what_went(reports[0], before)
        change = Change.of(self.view.index, edits)
        carry = Carrier(change)
        same = _same_in(*reports, change)
        # Our checkers tell where their own findings went, whatever the edit made of the lines.
        self._seen = [same.get(_key(one)) or _carried(one, carry) for one in self._seen]
        self._confirmed = frozenset(_carried(one, carry) for one in self._confirmed)
        self._asked = self._asked.carried(carry)
        self.view = view

    def forget_errors(self) -> None:
        """Drop the given syntax errors: the text parses."""
        given = tuple(one for one in self._asked.given if not is_syntax_error(one))
        self._asked = replace(self._asked, given=given)

    def went(self, reports: Reports) -> list[bool]:
        """For each of `seen`, whether nothing like it is left, wherever in the text."""
        left = {_name(one) for one in problems(reports, index=self.view.index)}
        return [_name(one) not in left for one in self._seen]

    def _forget_what_went(self, reports: Reports, found: tuple[Diagnostic, ...]) -> None:
        """Drop the given diagnostics that our checkers found as well and find no more."""
        if any(report.status in _BROKEN_OFF for report in reports):
            return
        own = Alike(found, self.view.index)
        told = frozenset(one for one in self._asked.given if own.says(one))
        given = tuple(one for one in self._asked.given if one in told or one not in self._confirmed)
        self._asked, self._confirmed = replace(self._asked, given=given), told

    @staticmethod
    def _fitting(pool: Iterable[Diagnostic], asked: Asked, index: LineIndex) -> list[Diagnostic]:
        """Those that are wanted, in the region, and asked for."""
        given = Alike(asked.given, index) if asked.only_given else None
        return [
            one
            for one in pool
            if asked.wanted(one)
            and (asked.region is None or one.span.touches(asked.region))
            and (given is None or _is_given(one, given))
        ]


def _is_given(diagnostic: Diagnostic, given: Alike) -> bool:
    """Whether to work on a diagnostic when only what is given counts.

    Nothing on a line can be put right before the line can be read.
    """
    if given.says(diagnostic):
        return True
    return (
        is_syntax_error(diagnostic)
        and is_compiler(diagnostic.source)
        and given.marks_line_of(diagnostic)
    )


def _same_in(before: Reports, after: Reports, change: Change) -> dict[object, Diagnostic]:
    """The findings before, by their keys, as the same checkers report them after."""
    later = {report.checker: report.diagnostics for report in after}
    return {
        _key(old): new
        for report in before
        for old, new in match(report.diagnostics, later.get(report.checker, ()), change).pairs
    }


def _without_guesses(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """What is worth working on unasked.

    Other parsers than the compiler go on behind the first error, and guess what may be wrong there.
    """
    broken = {one: is_compiler(one.source) for one in found if is_syntax_error(one)}
    return tuple(one for one in found if broken.get(one, True)) if any(broken.values()) else found


def _name(diagnostic: Diagnostic) -> tuple[str, str, str]:
    return diagnostic.source, *identity(diagnostic)


def _key(diagnostic: Diagnostic) -> tuple[str, str, str, int]:
    return *_name(diagnostic), diagnostic.span.start


def _carried(diagnostic: Diagnostic, carry: Carrier) -> Diagnostic:
    return replace(diagnostic, span=carry(diagnostic.span), suggestions=(), related=())
