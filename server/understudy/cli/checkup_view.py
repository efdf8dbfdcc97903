"""What the doctor found about models, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.cli.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from understudy.engine.finding import Finding
    from understudy.engine.models_doctor import Checkup


@dataclass(frozen=True, slots=True)
class Examined:
    """What was looked at.

    Attributes:
        silent: about each provider of which no model is known.
    """

    checkups: tuple[Checkup, ...]
    silent: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether all of it can be asked."""
        return not self.silent and all(one.usable for one in self.checkups)


def as_json(examined: Examined, problems: Iterable[str]) -> dict[str, Any]:
    """In JSON's types. `problems` are those of the configuration."""
    return {
        "models": [
            {
                "id": one.model.id,
                "usable": one.usable,
                "findings": [_finding(each) for each in one.findings],
            }
            for one in examined.checkups
        ],
        "providers": [
            {"id": one.subject, "usable": False, "findings": [_finding(one)]}
            for one in examined.silent
        ],
        "problems": list(problems),
    }


def _finding(found: Finding) -> dict[str, str]:
    return {
        "subject": found.subject,
        "state": found.state.value,
        "text": found.text,
        "remedy": found.remedy,
    }


def print_examined(console: Console, examined: Examined) -> None:
    """Print each model, and each provider without one, with what was found below it."""
    from understudy.cli.doctor_view import print_finding

    for checkup in examined.checkups:
        verdict = "can be asked" if checkup.usable else "can't be asked"
        _head(console, f"{checkup.model.id}: {verdict}")
        for finding in checkup.findings:
            print_finding(console, finding)
    for finding in examined.silent:
        _head(console, f"{finding.subject}: has no model that can be asked")
        print_finding(console, finding)


def _head(console: Console, text: str) -> None:
    console.print(printable(text), markup=False, soft_wrap=True)
