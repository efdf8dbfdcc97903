"""Which signals fired, on what evidence, and what each of them offers. Reads the journal, and blocks."""

from __future__ import annotations

import shlex
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.config.paths import config_file, journal_file
from understudy.config.toml_change import with_setting
from understudy.core.clock import DAY_US
from understudy.core.failures import BadRequestError
from understudy.editors.files import plan
from understudy.engine.finding import Finding, State
from understudy.journal.measuring import measured
from understudy.signals import Counted, all_signals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.config.settings import Settings
    from understudy.editors.files import Plan
    from understudy.signals import Offer, Signal

TOPIC = "signals"
_ALL = "everything"


@dataclass(frozen=True, slots=True)
class Fired:
    """A signal that fired for one subject.

    Attributes:
        offer: None where the setting is as the evidence wants it already.
    """

    signal: Signal
    found: Counted
    offer: Offer | None

    @property
    def setting(self) -> str:
        """The offer as a line of configuration; empty without one."""
        if self.offer is None:
            return ""
        return with_setting("", self.offer.path, self.offer.value).strip().replace("\n", " ")

    @property
    def evidence(self) -> str:
        """What was counted, with the interval and runs to look at, as a sentence."""
        found, signal = self.found, self.signal
        said = signal.about.format(
            good=found.good, total=found.total, subject=f"`{found.subject or _ALL}`"
        )
        words = said[:1].upper() + said[1:]
        if signal.bar != "count":
            low, high = found.interval
            words += f" ({low:.0%} to {high:.0%}; the bar is {signal.threshold:.0%})"
        runs = f" See `understudy runs show {found.examples[0]}`." if found.examples else ""
        return f"{words}.{runs}"


def fired(settings: Settings) -> tuple[Fired, ...]:
    """All signals that fired, in the order of their ids.

    Raises:
        UnavailableError: when the journal can't be read.
    """
    now_us = time.time_ns() // 1_000
    signals = all_signals()
    queries = {one.id: (one.sql, now_us - one.days * DAY_US) for one in signals.values()}
    found = measured(journal_file(), queries)
    return tuple(
        Fired(signals[name], counted, signals[name].offer(counted.subject, settings))
        for name, rows in found.items()
        for counted in sorted((Counted(*row) for row in rows), key=lambda one: -one.good)
        if signals[name].fires(counted)
    )


def signal_findings(settings: Settings) -> Iterator[Finding]:
    """The same for the doctor."""
    for one in fired(settings):
        remedy = ""
        if one.offer is not None:
            remedy = f"`{asking_for(one)}` sets {'.'.join(one.offer.path)}. {one.offer.effect}"
        yield Finding(TOPIC, one.signal.id, State.NOTE, one.evidence, remedy)


def asking_for(one: Fired) -> str:
    """The command that takes an offer."""
    subject = f" --subject {shlex.quote(one.found.subject)}" if one.found.subject else ""
    return f"understudy doctor --apply {one.signal.id}{subject}"


def planned(settings: Settings, signal: str, subject: str | None) -> tuple[Fired, Plan]:
    """What taking a signal's offer does to the user's configuration. Nothing is written.

    Args:
        settings: as they are now.
        signal: its id.
        subject: which one, where it fired for several.

    Raises:
        BadRequestError: when it did not fire, or not for that, or there is nothing to set.
        RefusedError: when the configuration can't be changed; nothing changed then.
    """
    one = _chosen(settings, signal, subject)
    offer = one.offer
    if offer is None:
        raise BadRequestError(f"`{signal}` fired, and what it offers is set already.")
    path: Path = config_file()
    return one, plan(path, lambda text: with_setting(text, offer.path, offer.value))


def _chosen(settings: Settings, signal: str, subject: str | None) -> Fired:
    if signal not in all_signals():
        known = ", ".join(f"`{one}`" for one in sorted(all_signals()))
        raise BadRequestError(f"There is no signal `{signal}`. There are {known}.")
    found = [one for one in fired(settings) if one.signal.id == signal]
    if subject is not None:
        found = [one for one in found if one.found.subject == subject]
    if not found:
        about = f" for `{subject}`" if subject else ""
        raise BadRequestError(f"`{signal}` did not fire{about}, so it offers nothing.")
    subjects = ", ".join(f"`{one.found.subject}`" for one in found)
    # Failures of one kind are many subjects and one offer.
    if len({one.offer for one in found}) > 1:
        raise BadRequestError(f"`{signal}` fired for {subjects}: say which one with `--subject`.")
    return found[0]
