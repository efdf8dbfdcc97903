"""A month of simulated work in a journal: one day that the journal itself stores, 30 times over."""

from __future__ import annotations

import random
import time
from contextlib import closing
from typing import TYPE_CHECKING

from understudy.core.clock import DAY_US
from understudy.core.ids import new_id
from understudy.journal.database import open_for_writing, transaction
from understudy.journal.prompt_records import CallFragments, CallSpan
from understudy.journal.records import (
    Attempt,
    Call,
    CallJudged,
    Check,
    Checks,
    EditRow,
    Gate,
    OutcomeRow,
    Run,
    RunEnded,
)
from understudy.journal.route_records import Routed
from understudy.journal.writing import write

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.journal.records import Row, What

DAYS = 30
MODELS = (
    "builtin/rules",
    "ollama/qwen2.5-coder:7b",
    "anthropic/claude-haiku-4-5",
    "openai/gpt-5-mini",
    "mistral/codestral-latest",
    "deepseek/deepseek-chat",
)
TASKS = ("fix", "fix", "fix", "fix", "edit", "explain", "tests", "document", "refactor", "review")
LANGUAGES = ("python", "typescript", "go", "rust", "java")
FAILURES = (
    "type_error",
    "syntax_error",
    "lint_failure",
    "timeout",
    "rate_limit",
    "malformed_output",
    "unknown",
)
WORKSPACES = ("0123456789abcdef", "fedcba9876543210", "00112233445566aa")
SIGNALS = (
    *("target_gone", "parses", "fixed_others", "size", "rule", "scope", "kept", "deletions"),
    *("safe", "check:basedpyright", "check:python_syntax", "check:ruff"),
)
_BATCH = 5_000


def make_month(path: Path, attempts: int) -> int:
    """Write a journal of so many attempts over the 30 days that end now; how many there are."""
    chance = random.Random(7)  # noqa: S311 - the same month every time
    first_us = time.time_ns() // 1_000 - DAYS * DAY_US
    with closing(open_for_writing(path)) as connection:
        connection.execute("PRAGMA cache_size = -200000")
        _store(connection, _day(chance, first_us, attempts // DAYS))
        for number in range(1, DAYS):
            _repeat(connection, number)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(connection.execute("SELECT COUNT(*) FROM attempts").fetchone()[0])


def _store(connection: sqlite3.Connection, rows: Iterator[Row]) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) >= _BATCH:
            write(connection, batch)
            batch = []
    write(connection, batch)


def _day(chance: random.Random, first_us: int, attempts: int) -> Iterator[Row]:
    made = 0
    while made < attempts:
        at_us = first_us + (made * DAY_US) // attempts
        run = _Run(chance, at_us)
        yield from run.rows()
        made += run.attempts


class _Run:
    """One run: the offline model first, as a rule, and then up to three others."""

    def __init__(self, chance: random.Random, at_us: int) -> None:
        self._chance = chance
        self._at_us = at_us
        self._id = new_id()
        self._task = chance.choice(TASKS)
        self._language = chance.choice(LANGUAGES)
        self.attempts = 0

    def rows(self) -> Iterator[Row]:
        chance = self._chance
        yield Run(
            id=self._id,
            started_us=self._at_us,
            workspace=chance.choice(WORKSPACES),
            task=self._task,
            surface="lsp",
            language=self._language,
            path=f"src/shop/module_{chance.randrange(300)}.py",
            line=chance.randrange(1, 900),
            source="ruff",
            code=f"F{chance.randrange(400, 900)}",
            editor="Visual Studio Code",
            job=self._id,
        )
        yield self._routed()
        model, good = MODELS[0], chance.random() < 0.75
        yield from self._attempt(model, "", good)
        while not good and self.attempts < 4:
            model = chance.choice(MODELS[1:])
            good = chance.random() < 0.7
            yield from self._call(model, good)
        status = "offered" if good else "unfixed"
        reason = "" if good else "type_error"
        yield RunEnded(self._id, status, model, 2.5, reason, 0.002, self.attempts)

    def _routed(self) -> Routed:
        """A decision with many models left out, some of them only for the length of this prompt."""
        left_out = [(f"acme/model-{number}", "has no key (ACME_KEY)") for number in range(90)]
        for number in range(self._chance.randrange(4)):
            needed = self._chance.randrange(5_000, 90_000)
            why = f"has a window of 4,096 tokens, and {needed:,} are needed"
            left_out.append((f"small/model-{number}", why))
        models = (MODELS[0], self._chance.choice(MODELS[1:]))
        return Routed(
            self._id, self._at_us, models, tuple(left_out), "`routing.strategy` (learned)"
        )

    def _call(self, model: str, good: bool) -> Iterator[Row]:
        chance = self._chance
        call, provider = new_id(), model.partition("/")[0]
        category = "" if good else chance.choice(FAILURES)
        answered = category not in {"timeout", "rate_limit"}
        yield Call(
            id=call,
            run_id=self._id,
            number=self.attempts,
            at_us=self._at_us + self.attempts * 1_000_000,
            model=model,
            provider=provider,
            how="first" if self.attempts == 1 else "next",
            status="answered" if answered else "failed",
            category="" if answered else category,
            input_tokens=chance.randrange(400, 6_000) if answered else None,
            cached_tokens=chance.randrange(400) if answered else None,
            output_tokens=chance.randrange(20, 900) if answered else None,
            cost_usd=round(chance.random() / 100, 6),
            estimated_usd=0.02,
            first_token_s=chance.lognormvariate(-0.5, 0.5) if answered else None,
            seconds=chance.lognormvariate(1.0, 0.6),
            revision="0123456789",
            edit_format="region",
        )
        parts = ("role.fix", "rules.edit", "format.region", "selection", "problems", "context")
        yield CallFragments(call, tuple((one, 1, "built-in") for one in parts))
        for number in range(4):
            path = f"src/shop/module_{chance.randrange(300)}.py"
            yield CallSpan(call, path, 10 * number + 1, 10 * number + 8, "imports", "full", 60)
        if category and answered:
            yield CallJudged(call, category, "F821", f"{chance.randrange(50):016x}")
        if answered:
            yield from self._attempt(model, category, good)
        else:
            self.attempts += 1

    def _attempt(self, model: str, category: str, good: bool) -> Iterator[Row]:
        chance = self._chance
        self.attempts += 1
        attempt, status = new_id(), "offered" if good else "withheld"
        author = "misspelt_name" if model == MODELS[0] else "region"
        seconds = chance.lognormvariate(-1.0, 0.5)
        yield Attempt(
            attempt, self._id, self.attempts, model, author, status, category or "", seconds
        )
        checks = tuple(
            Check(attempt, checker, "done", 0, 1, 0.1 * chance.random())
            for checker in ("ruff", "basedpyright", "python_syntax")
        )
        yield Checks(attempt, checks)
        reasons = tuple(
            (
                one,
                1.0 if chance.random() < 0.9 else 0.5,
                0.083 + 0.01 * chance.randrange(2) * (n < 4),
            )
            for n, one in enumerate(SIGNALS)
        )
        yield Gate(attempt, chance.random(), "confirm", reasons, (), "rule_fix", 4.97)
        if good:
            yield from self._edit(model, attempt, author)

    def _edit(self, model: str, attempt: str, author: str) -> Iterator[Row]:
        chance = self._chance
        edit = new_id()
        yield EditRow(
            id=edit,
            run_id=self._id,
            attempt_id=attempt,
            model=model,
            author=author,
            task=self._task,
            language=self._language,
            code="F821",
            band="confirm",
            hash=f"{chance.getrandbits(64):016x}",
            lines_removed=1,
            lines_added=1,
            surface="lsp",
        )
        yield OutcomeRow(edit, self._at_us + 5_000_000, "offered")
        if chance.random() < 0.5:
            became: What = chance.choice(("kept", "kept", "kept", "changed", "undone"))
            yield OutcomeRow(edit, self._at_us + 9_000_000, "applied")
            yield OutcomeRow(edit, self._at_us + 600_000_000, became, 1.0)


_TABLES = {
    "runs": ("id", "job"),
    "attempts": ("id", "run_id"),
    "gates": ("attempt_id",),
    "edits": ("id", "run_id", "attempt_id"),
    "outcomes": ("edit_id",),
    "calls": ("id", "run_id"),
    "call_spans": ("call_id",),
}
_TIMES = frozenset({"started_us", "at_us"})
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _repeat(connection: sqlite3.Connection, number: int) -> None:
    """The first day again, so many days later. Ids keep their order: their third digit is the day's."""
    first = connection.execute("SELECT substr(MIN(id), 1, 3) FROM runs").fetchone()[0]
    carry, digit = divmod(_ALPHABET.index(first[2]) + number, len(_ALPHABET))
    own = first[0] + _ALPHABET[_ALPHABET.index(first[1]) + carry] + _ALPHABET[digit]
    with transaction(connection):
        for table, ids in _TABLES.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(_moved(name, ids) for name in names)
            key = ids[0]
            connection.execute(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table}"  # noqa: S608 - names of our own tables
                f" WHERE {key} >= :first AND {key} < :past",
                {
                    "own": own,
                    "first": first,
                    "past": first + "~",
                    "later_us": number * DAY_US,
                },
            )


def _moved(name: str, ids: tuple[str, ...]) -> str:
    if name in ids:
        return f":own || substr({name}, 4)"
    return f"{name} + :later_us" if name in _TIMES else name
