"""What is told about a model beside its name in a configuration document."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from understudy.core.failures import UnavailableError

if TYPE_CHECKING:
    from understudy.config.settings import Settings


async def with_numbers(settings: Settings, named: str, text: str) -> lsp.Hover | None:
    """What stands there anyway, and above it how the model did that is named there, if it is one."""
    try:
        told = await asyncio.to_thread(_about, settings, named)
    except UnavailableError as failure:
        told = str(failure)
    shown = "\n\n---\n\n".join(part for part in (told, text) if part)
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, shown)) if shown else None


def _about(settings: Settings, named: str) -> str:
    from understudy.lsp.stats_shown import about_model

    return about_model(settings, named)
