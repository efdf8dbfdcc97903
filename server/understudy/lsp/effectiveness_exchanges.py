"""What was done after failed edits, in a run and in sum.

`learning/effectiveness` answers the members of `understudy learning effectiveness --json`.
"""

from __future__ import annotations

import attrs

from understudy.lsp.extensions import described


@attrs.frozen
class StrategyUsed:
    """What was done after a failed edit."""

    strategy: str = described("How it was asked once more, or the edit mended.")
    why: str = described("`measured`, `explored`, `plain`, `repeated` or `free`.")
    model: str = described("Who was asked, or whose edit it was.")
    category: str = described("The failure that was to be cleared.")
    code: str = described("A tool's code for it; empty for none.")
    result: str = described("`cleared`, `changed`, `same`, `worse` or `unanswered`.")
    tokens_added: int = described("By how many tokens the question was longer.")
    seconds: float = described("How long it took.")


@attrs.frozen
class FirstTries:
    """Uses that were the first of their run."""

    attempts: int = described("All of them.")
    successes: int = described("Those after which nothing was wrong any more.")


@attrs.frozen
class StrategyRow:
    """One strategy after failures of one category, of one model, in one language."""

    strategy: str = described("Its id.")
    model: str = described("Who was asked once more, or whose edit was mended.")
    category: str = described("The category of the failures.")
    language: str = described("The document's language.")
    attempts: int = described("How often it was used.")
    successes: int = described("How often nothing was wrong any more.")
    success_rate: float = described("The share of these.")
    ci95: list[float] = described("Between what that share lies (Wilson, 95 %).")
    changed: int = described("How often something else was wrong then.")
    same: int = described("How often the same was.")
    worse: int = described("How often it was farther from an edit than before.")
    solved: int = described("Of how many uses the run ended with something to show.")
    first: FirstTries = described("The uses by which strategies are compared.")
    lift: float | None = described("By how much it cleared more of these than the plain question.")
    expected: float = described("The share that it is expected to clear, by this and like cases.")
    avg_tokens_added: float = described("By how many tokens a question was longer on average.")
    avg_seconds: float = described("How long a use took on average.")
    last_used: str = described("When it was used last.")
    state: str = described("`baseline`, `in_use`, `measured` or `retired`.")


@attrs.frozen
class Effectiveness:
    """How much strategies help."""

    strategies: list[StrategyRow] = described(
        "By model, category and language; in each of these the best first."
    )
