"""Failures and models for the ledger, and a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass

from understudy.core.failures import Failure, FailureCategory


@dataclass(frozen=True)
class Named:
    id: str
    provider: str


@dataclass(frozen=True)
class About:
    task: str = "fix"
    scope: str = "file"


@dataclass
class Clock:
    now: float = 1_760_000_000.0

    def __call__(self) -> float:
        return self.now


def failure(
    category: FailureCategory = FailureCategory.TYPE_ERROR,
    *,
    fingerprint: str = "f",
    code: str = "",
    after_s: float | None = None,
) -> Failure:
    return Failure(
        category=category,
        phase="check",
        blame="model",
        message="It failed.",
        code=code,
        after_s=after_s,
        fingerprint=fingerprint,
    )
