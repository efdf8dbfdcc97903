"""Lessons of others that are taken back, as editors ask for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from understudy.core.plural import plural, verb
from understudy.learning.import_record import sources
from understudy.learning.importing import revoke
from understudy.lsp.lesson_exchanges import LessonSource, LessonSources, RevokedLessons
from understudy.workspace.off_loop import to_its_end

if TYPE_CHECKING:
    from understudy.lsp.lesson_arguments import RevokeLessonsArguments


async def known_sources() -> LessonSources:
    """All imports that were not revoked."""
    found = sorted(await asyncio.to_thread(sources), key=lambda one: one.at_us, reverse=True)
    rows = (
        LessonSource(one.tag, one.hash, one.file, one.at_us // 1000, len(one.lessons))
        for one in found
    )
    return LessonSources([*rows])


async def revoked(asked: RevokeLessonsArguments) -> RevokedLessons:
    """Delete all lessons of a source.

    Raises:
        BadRequestError: nothing was imported from there.
        UnavailableError: a file can't be deleted; what is left can be revoked again.
    """
    known = await asyncio.to_thread(sources)
    name = next((one.tag for one in known if one.is_called(asked.source)), asked.source)
    gone = await to_its_end(revoke, asked.source)
    told = f"{plural(len(gone), 'lesson')} of `{name}` {verb(len(gone), 'is', 'are')} gone."
    return RevokedLessons(told, [*gone])
