"""Mutated replies, read in every format: nothing but the reader's own failure may be raised."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.reply_cases import ReplyCase, reply_cases, seen
from tests.reply_mutations import mutated
from understudy.edit_formats import all_edit_formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutated reply to one case, and the format that it is read in; empty to be found."""

    number: int
    case: ReplyCase
    reply: str
    edit_format: str

    def read(self) -> str:
        """What comes of it, the outcome's name; it is looked at while it is written as well."""
        region = self.case.region()
        one = all_edit_formats().get(self.edit_format)
        if one is not None:
            one.watch(self.reply, region)
        return seen(self.reply, region, self.edit_format).outcome


def mutants(count: int) -> Iterator[Mutant]:
    """The first so many mutants, which are the same in every run."""
    cases, formats = reply_cases(), ("", *all_edit_formats())
    replies = [case.reply for case in cases]
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - the same mutants in every run
        case = cases[number % len(cases)]
        reply = mutated(case.reply, replies, chance)
        edit_format = case.edit_format if chance.random() < 0.5 else chance.choice(formats)
        yield Mutant(number, case, reply, edit_format)


@dataclass
class Fuzzed:
    """What a run found.

    Attributes:
        outcomes: how often each came.
        raised: the mutants that raised something else, and what.
        times: in seconds, with the mutants' numbers.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    raised: list[tuple[Mutant, Exception]] = field(default_factory=list)
    times: list[tuple[float, int]] = field(default_factory=list)


def fuzzed(some: Iterable[Mutant]) -> Fuzzed:
    """Read the mutants."""
    found = Fuzzed()
    for mutant in some:
        started = time.perf_counter()
        try:
            found.outcomes[mutant.read()] += 1
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            found.raised.append((mutant, error))
        found.times.append((time.perf_counter() - started, mutant.number))
    return found
