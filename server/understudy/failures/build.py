"""Turn what was recognised into the record that everything else reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.core.failures import Evidence, Failure
from understudy.failures.defaults import advice_for, blame_for
from understudy.failures.fingerprint import fingerprint
from understudy.failures.wording import sentence
from understudy.workspace.secrets import mask

if TYPE_CHECKING:
    from understudy.core.failures import Advice, Blame, FailureCategory, Phase

MAX_EVIDENCE = 500
_READ = 4000
"""As much of a text is looked at for its secrets; what is kept is far shorter."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was recognised, before it has words and a fingerprint.

    Attributes:
        advice: where it differs from what the category asks for; the same for `blame`.
    """

    category: FailureCategory
    code: str = ""
    confidence: float = 1.0
    secondary: tuple[FailureCategory, ...] = ()
    advice: Advice | None = None
    blame: Blame | None = None
    after_s: float | None = None
    limit: int | None = None
    parameter: str = ""


def build(finding: Finding, source: str, text: str, phase: Phase) -> Failure:
    """The record. `text` is the evidence: it is cut, and its secrets are masked."""
    evidence = Evidence(source, redacted(text))
    category = finding.category
    failure = Failure(
        category=category,
        phase=phase,
        blame=finding.blame or blame_for(category, phase),
        message="",
        code=redacted(finding.code)[:80],
        confidence=finding.confidence,
        evidence=evidence,
        secondary=tuple(each for each in finding.secondary if each is not category),
        advice=finding.advice or advice_for(category, phase),
        after_s=finding.after_s,
        fingerprint=fingerprint(category, source, finding.code, evidence.text),
        limit=finding.limit,
        parameter=redacted(finding.parameter),
    )
    return with_sentence(failure)


def with_sentence(failure: Failure) -> Failure:
    """The record with its sentence for people."""
    from dataclasses import replace

    return replace(failure, message=sentence(failure))


def redacted(text: str) -> str:
    """The text without secrets, on at most 500 characters."""
    shown = mask(text.strip()[:_READ]).text
    return shown if len(shown) <= MAX_EVIDENCE else shown[: MAX_EVIDENCE - 1] + "\u2026"
