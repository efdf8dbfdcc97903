"""Ask every checker of a language about one text, at once and in bounded time."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.checkers import ToolMissingError, all_checkers
from understudy.core.failures import UnavailableError
from understudy.engine.evidence import CheckReport, CheckStatus
from understudy.engine.own_checkers import own_checkers
from understudy.workspace.tools import ToolTimeoutError

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

    from understudy.checkers import Checker
    from understudy.config.settings import CheckerSettings, Settings
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

log = logging.getLogger("understudy.checking")

_MAX_CACHED = 256
_FRESH_S = 10.0
"""How long a report counts. It also depends on configuration and on other files, which not every
client watches; a run's own repetitions come within this time."""

_cache: OrderedDict[Hashable, tuple[float, CheckReport]] = OrderedDict()
_in_time: set[_Look] = set()
"""Looks that go on, as long as nothing beside the texts has changed since they began."""


async def check(
    view: View,
    settings: Settings,
    *,
    only: Collection[str] | None = None,
    deadline_s: float | None = None,
) -> tuple[CheckReport, ...]:
    """What the checkers of the view's language say about its text, by the checkers' ids.

    Args:
        view: the document, or a candidate for it (`View.edited`).
        settings: which checkers are enabled, and their own time limits.
        only: ids of the checkers to ask; None for all of them.
        deadline_s: no checker gets more time than this, whatever its own limit is.
    """
    asked = [
        checker
        for checker in (all_checkers() | own_checkers(settings)).values()
        if view.language in checker.languages
        and settings.checker(checker.id).enabled
        and (only is None or checker.id in only)
        and await _applies(checker, view, settings.checker(checker.id))
    ]
    async with asyncio.TaskGroup() as group:
        reports = [
            group.create_task(_report(look, deadline_s)) for look in _looks(view, settings, asked)
        ]
    return tuple(report.result() for report in reports)


async def _applies(checker: Checker, view: View, settings: CheckerSettings) -> bool:
    if checker.applies is None:
        return True
    return await asyncio.to_thread(checker.applies, view, settings)


async def look_again(
    view: View, reports: tuple[CheckReport, ...], settings: Settings
) -> tuple[CheckReport, ...]:
    """The reports on the view's text, with those checkers asked once more that broke off.

    A text that others are compared with should be known. A tool that is missing stays so.
    """
    lost = {
        report.checker
        for report in reports
        if report.status in {CheckStatus.TIMEOUT, CheckStatus.FAILED}
    }
    if not lost:
        return reports
    again = {report.checker: report for report in await check(view, settings, only=lost)}
    return tuple(again.get(report.checker, report) for report in reports)


async def close_checkers() -> None:
    """End what checkers keep running, and forget what they said."""
    forget_checks()
    async with asyncio.TaskGroup() as group:
        for checker in all_checkers().values():
            if checker.close is not None:
                group.create_task(_close(checker))


def forget_checks() -> None:
    """Drop all cached reports, and those of looks that go on: something beside the texts changed.

    That is configuration or another file, for checkers read what a text imports.
    """
    _cache.clear()
    _in_time.clear()


async def _close(checker: Checker) -> None:
    if checker.close is not None:
        await checker.close()


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """One checker's look at a text, and the key under which its report is kept."""

    checker: Checker
    view: View
    settings: CheckerSettings
    key: Hashable


async def _report(look: _Look, deadline_s: float | None) -> CheckReport:
    checker, view, settings, key = look.checker, look.view, look.settings, look.key
    cached = _cache.get(key)
    if cached is not None and time.monotonic() - cached[0] < _FRESH_S:
        _cache.move_to_end(key)
        return cached[1]
    _in_time.add(look)
    try:
        report = await _ask(checker, view, settings, deadline_s)
    finally:
        is_in_time = look in _in_time
        _in_time.discard(look)
    if report.status is CheckStatus.DONE and is_in_time:
        _cache[key] = (time.monotonic(), report)
        _cache.move_to_end(key)
        while len(_cache) > _MAX_CACHED:
            _cache.popitem(last=False)
    return report


async def _ask(
    checker: Checker, view: View, settings: CheckerSettings, deadline_s: float | None
) -> CheckReport:
    started = time.monotonic()
    limit_s = settings.timeout_s if deadline_s is None else min(settings.timeout_s, deadline_s)
    found: tuple[Diagnostic, ...] = ()
    status, note, is_shallow = CheckStatus.DONE, "", False
    try:
        async with asyncio.timeout(limit_s):
            found = await _run(checker, view, settings)
            if checker.only_parses is not None:
                is_shallow = await checker.only_parses(view, settings)
    except (TimeoutError, ToolTimeoutError):
        status = CheckStatus.TIMEOUT
        note = f"`{checker.id}` did not answer within {limit_s:g} s."
    except ToolMissingError as error:
        status, note = CheckStatus.MISSING, str(error)
    except UnavailableError as error:
        status, note = CheckStatus.FAILED, str(error)
    except Exception as error:  # the plug-ins' door: one broken checker hides no other
        log.exception("The checker %s failed.", checker.id)
        status = CheckStatus.FAILED
        note = f"`{checker.id}` failed inside ({type(error).__name__}). The log tells more."
    if status is not CheckStatus.DONE:
        found = ()
    return CheckReport(checker.id, status, found, note, time.monotonic() - started, is_shallow)


async def _run(checker: Checker, view: View, settings: CheckerSettings) -> tuple[Diagnostic, ...]:
    if not checker.in_process and not view.policy.may_run_tools:
        text = f"The workspace is not trusted, so `{checker.id}` was not run."
        raise ToolMissingError(text)
    return await checker.run(view, settings)


def _looks(view: View, settings: Settings, checkers: Iterable[Checker]) -> list[_Look]:
    """The text is hashed once for all, before any checker's thread competes for the interpreter."""
    text = hashlib.blake2b(view.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    beside = tuple((one.uri, one.version) for one in view.beside)
    place = (view.policy, view.path, view.root, view.uri, view.environment, view.language, beside)
    return [
        _Look(checker, view, own, (checker.id, own, *place, text, view.notebook, view.rules))
        for checker in checkers
        for own in (settings.checker(checker.id),)
    ]
