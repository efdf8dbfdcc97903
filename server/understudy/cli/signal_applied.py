"""`understudy doctor --apply`: write what a signal offers into the user's configuration."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from understudy.editors.files import carry_out
from understudy.engine.signals_fired import planned

if TYPE_CHECKING:
    from understudy.config.settings import Settings


def apply_signal(settings: Settings, signal: str, subject: str | None, *, dry: bool) -> int:
    """Show the evidence and the difference, and write it, unless it is only to be shown.

    Raises:
        BadRequestError: when the signal did not fire, or has nothing to set.
        RefusedError: when the configuration can't be changed; nothing changed then.
    """
    one, made = planned(settings, signal, subject)
    sys.stdout.write(f"{one.evidence}\n\n{made.diff()}")
    if dry:
        return 0
    kept = carry_out(made)
    effect = one.offer.effect if one.offer is not None else ""
    sys.stdout.write(f"\n`{made.path}` says so now. {effect}\n")
    if kept is not None:
        sys.stdout.write(f"What the file said before is in `{kept}`.\n")
    return 0
