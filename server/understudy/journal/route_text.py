"""Why a run asked the models that it asked, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.journal.routes import LeftOut, RouteOfRun

_MOST_NAMED = 4
"""Of which the same is said."""


def route_rows(route: RouteOfRun) -> Iterator[tuple[str, str]]:
    """What is told about, and what is told."""
    yield "models", " \N{RIGHTWARDS ARROW} ".join(route.models) or "none"
    yield "chosen by", route.provenance
    if route.explored:
        yield "asked to learn about it", route.explored
    for one in route.rejected:
        yield "not asked", clause_of(one)


def clause_of(left_out: LeftOut) -> str:
    """Who was left out, and why: `has no key: acme/one, acme/two`."""
    named = [*left_out.models[:_MOST_NAMED]]
    more = len(left_out.models) - len(named)
    return f"{left_out.why}: {', '.join([*named, *([f'{more} more'] if more else [])])}"
