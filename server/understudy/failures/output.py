"""What the output of compilers, checkers, test runners and programs means.

A code that a tool gave counts first, then codes inside the text, then words. Every rule looks at
every line; of all that hold, the weight decides and then a fixed order of the categories, so that
neither the order of the rules nor that of the files matters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category
from understudy.failures.build import Finding, build
from understudy.failures.codes import coded_category, of_family
from understudy.failures.log import readable_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from understudy.core.failures import Failure, Phase
    from understudy.failures.line_rules import LineRule

_ORDER = (
    *(Category.SYNTAX_ERROR, Category.IMPORT_ERROR, Category.TYPE_ERROR, Category.TIMEOUT),
    *(Category.TEST_FAILURE, Category.RUNTIME_ERROR, Category.EDIT_APPLY_FAILED),
    *(Category.QUOTA_EXHAUSTED, Category.CONTEXT_OVERFLOW, Category.CAPABILITY_MISMATCH),
    *(Category.AUTH_ERROR, Category.RATE_LIMIT, Category.PROVIDER_UNAVAILABLE),
    *(Category.LINT_FAILURE, Category.CANCELLED),
)
"""What hides what: code that does not parse can't be resolved, and what is not found has no type."""

_OF_PROVIDERS = frozenset(
    {
        *(Category.QUOTA_EXHAUSTED, Category.CONTEXT_OVERFLOW, Category.CAPABILITY_MISMATCH),
        *(Category.AUTH_ERROR, Category.RATE_LIMIT, Category.PROVIDER_UNAVAILABLE),
    }
)

_SPEAK_TO_MODELS = frozenset(
    {
        *(
            "agent",
            "aider",
            "amp",
            "claude",
            "claude-code",
            "cline",
            "codex",
            "continue",
            "copilot",
        ),
        *("crush", "cursor", "cursor-agent", "gemini", "gemini-cli", "goose", "kilo", "kilocode"),
        *("litellm", "llama-server", "llm", "mods", "ollama", "opencode", "openhands", "qwen"),
        *("qwen-code", "roo", "sgpt", "understudy", "windsurf", "zed"),
    }
)
"""Programs whose own errors are those of the models that they ask. No other program is believed:
services turn away package managers and browsers, too, and linters quote what they read."""

_TEST_RUNNERS = frozenset(
    {
        *("jest", "vitest", "mocha", "ava", "playwright", "cypress", "pytest", "unittest", "rspec"),
        *("minitest", "junit", "phpunit", "ctest", "nextest"),
    }
)
"""Programs that run nothing but tests."""

_ASKED_A_MODEL = re.compile(
    r"(?:openai|anthropic|groq|mistralai|cohere|litellm|ollama|google\.genai)"
    r"(?:\.\w{1,40}){0,3}\.\w{1,60}Error: "
)
"""The errors of the libraries through which programs speak to models."""

_BY_PHASE: Mapping[Phase, Category] = MappingProxyType(
    {
        "parse": Category.PARSE_ERROR,
        "apply": Category.EDIT_APPLY_FAILED,
        "test": Category.TEST_FAILURE,
        "run": Category.RUNTIME_ERROR,
    }
)
"""What a text that nobody knows means where something of this kind was under way."""

_UNSURE = 0.4
_LINT = 0.54


@dataclass(frozen=True, slots=True)
class _Hit:
    """A line that a rule knows."""

    category: Category
    weight: float
    line: str
    at: int
    code: str = ""

    @property
    def order(self) -> tuple[float, int, int, str]:
        # Any failure outweighs a breach of a rule, however surely that one was recognised.
        weight = min(self.weight, _LINT) if self.category is Category.LINT_FAILURE else self.weight
        return (-weight, _ORDER.index(self.category), self.at, self.code)


def classify_output(
    source: str,
    text: str,
    *,
    code: str = "",
    phase: Phase = "check",
) -> Failure:
    """The failure that a tool's message or log stands for.

    Args:
        source: the tool, as it calls itself in diagnostics.
        text: one message, or a whole log of any length.
        code: the diagnostic's own code.
        phase: what was under way; it decides where the text tells nothing.
    """
    lines = readable_lines(text)
    hits = find_hits(lines, _all_rules())
    by_code = coded_category(source, code, text)
    if by_code is not None:
        return build(Finding(by_code, code), source, "\n".join(lines), phase)
    return _from_text(source, lines, hits, code=code, phase=phase)


def find_hits(lines: Sequence[str], rules: Iterable[LineRule]) -> list[_Hit]:
    """For each rule and category the first line that it knows, the best first."""
    different = tuple(dict.fromkeys(lines))
    whole = "\n".join(different)
    known = (rule for rule in rules if rule.needle in whole)
    found = {hit for rule in known for hit in _first_lines(rule, different)}
    return sorted(found, key=lambda hit: hit.order)


def _from_text(
    source: str, lines: Sequence[str], hits: list[_Hit], *, code: str, phase: Phase
) -> Failure:
    others = tuple(dict.fromkeys(hit.category for hit in hits))
    # What some other service said is no word about our models.
    counting = [hit for hit in hits if _counts(hit, source, phase)]
    # That a library's error is an error tells less than what it says.
    best = min(counting, key=_is_only_an_error, default=None)
    if best is not None:
        finding = Finding(best.category, code or best.code, best.weight, others)
        return build(finding, source, best.line, phase)
    category = _expected(source, phase) if any(lines) else Category.UNKNOWN
    if hits:
        return build(Finding(category, code, 0.6, others), source, hits[0].line, phase)
    sure = 0.1 if category is Category.UNKNOWN else _UNSURE
    return build(Finding(category, code, sure), source, "\n".join(lines), phase)


def _counts(hit: _Hit, source: str, phase: Phase) -> bool:
    if hit.category not in _OF_PROVIDERS:
        return True
    if phase in ("test", "run"):
        return False
    return _named_in(source, _SPEAK_TO_MODELS) or _asked_a_model(hit)


def _is_only_an_error(hit: _Hit) -> bool:
    return hit.category is Category.RUNTIME_ERROR and _asked_a_model(hit)


def _asked_a_model(hit: _Hit) -> bool:
    return _ASKED_A_MODEL.match(hit.line.strip()) is not None


def _expected(source: str, phase: Phase) -> Category:
    """What a failure is whose words tell nothing."""
    if phase == "check" and _named_in(source, _TEST_RUNNERS):
        return Category.TEST_FAILURE
    return _BY_PHASE.get(phase, Category.UNKNOWN)


def _named_in(source: str, programs: frozenset[str]) -> bool:
    """Whether a program is meant, whatever it was told to do."""
    words = source.casefold().split()
    return bool(words) and words[0] in programs


def _first_lines(rule: LineRule, lines: Sequence[str]) -> Iterator[_Hit]:
    """The first line that a rule knows; of a rule about codes, the first for each category."""
    seen: set[Category] = set()
    for at, line in enumerate(lines):
        if rule.needle not in line or (found := rule.pattern.search(line)) is None:
            continue
        code = found.groupdict().get("code") or ""
        category = rule.category or of_family(rule.family, code)
        if category is None or category in seen:
            continue
        seen.add(category)
        yield _Hit(category, rule.weight, line, at, code)
        if rule.category is not None:
            return


@cache
def _all_rules() -> tuple[LineRule, ...]:
    from understudy.core.plugins import load_folder
    from understudy.failures import tools
    from understudy.failures.line_rules import Tools

    return tuple(
        rule for each in load_folder(tools, "TOOLS", Tools).values() for rule in each.rules
    )
