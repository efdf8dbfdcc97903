"""Servers on this machine are asked for their models before a command looks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.config.settings import Settings
    from understudy.engine.discovery import Discovery
    from understudy.engine.setup import Setup


def ask_local_servers(setups: Iterable[Setup]) -> tuple[Discovery, ...]:
    """Ask those that settings name and that told nothing lately; what came of it.

    Nobody is asked for a folder that the user does not trust. All are asked at the same time, and
    folders with the same providers ask them once.
    """
    import asyncio

    wanted: list[Settings] = []
    for one in (each.settings for each in setups if each.policy.may_ask_models):
        if one.providers and all(one.providers != other.providers for other in wanted):
            wanted.append(one)
    return asyncio.run(_ask(wanted)) if wanted else ()


async def _ask(wanted: Iterable[Settings]) -> tuple[Discovery, ...]:
    import asyncio

    from understudy.engine.discovery import refresh_local
    from understudy.wire.transport import close

    try:
        found = await asyncio.gather(*(refresh_local(one) for one in wanted))
        return tuple([one for each in found for one in each])
    finally:
        await close()
