"""`understudy context report`: which pieces models were shown, and how those calls ended."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from understudy.core.plural import plural
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from understudy.journal.span_use import SpanUse, Use

_HEADINGS = ("calls", "of use", "edits kept", "failed", "tokens")


def print_report(*, as_json: bool) -> int:
    """Print what the journal knows."""
    from understudy.config.paths import journal_file
    from understudy.journal.span_use import span_use

    found = span_use(journal_file())
    if as_json:
        sys.stdout.write(strict_json(_plain(found), indent=2, ensure_ascii=False) + "\n")
    elif found.calls:
        _print(found)
    else:
        sys.stdout.write("No call that showed anything of a workspace has been recorded yet.\n")
    return 0


def _plain(found: SpanUse) -> dict[str, object]:
    never = [one.what for one in found.tiers if one.is_never_useful]
    return {
        "calls": found.calls,
        "of_use": found.answered,
        "calls_without_context": found.without,
        "of_use_without_context": found.without_answered,
        "prompt_tokens": found.sent,
        "prompt_tokens_cached": found.cached,
        "enough": found.is_telling,
        "tiers": [asdict(one) for one in found.tiers],
        "tiers_never_useful": never,
        "files_never_useful": [asdict(one) for one in found.paths],
    }


def _print(found: SpanUse) -> None:
    from understudy.cli.tables import print_table

    sys.stdout.write(
        f"{plural(found.calls, 'call')} showed something of a workspace; {found.answered} of them"
        f" were of use. {plural(found.without, 'call')} showed nothing of it;"
        f" {found.without_answered} were of use.\n\n"
    )
    if found.sent:
        sys.stdout.write(
            f"Of {found.sent:,} tokens of prompts, providers had {found.cached:,}"
            f" ({found.cached / found.sent:.0%}) in their caches.\n\n"
        )
    print_table(("tier", *_HEADINGS), _rows(found.tiers))
    if not found.is_telling:
        sys.stdout.write("\nThese are too few calls to tell what is of no use.\n")
        return
    never = ", ".join(f"`{one.what}`" for one in found.tiers if one.is_never_useful)
    sys.stdout.write(f"\nTiers that were shown often and never of use: {never or 'none'}.\n")
    if found.paths:
        sys.stdout.write("\nFiles that were shown often and never in a call that was of use:\n\n")
        print_table(("file", *_HEADINGS), _rows(found.paths))


def _rows(uses: Iterable[Use]) -> list[tuple[str, ...]]:
    return [
        (one.what, *map(str, (one.calls, one.answered, one.kept, one.failed, one.tokens)))
        for one in uses
    ]
